import type { RestAnswer } from '../../src/core/contract.js';
import { ACCOUNT, BID, CANCEL, PLACE, STATUS, steps, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const page = '<html><head><title>ERROR: The request could not be satisfied</title></head></html>';
const html = { 'content-type': 'text/html' };

const placed = JSON.stringify({
  symbol: 'BTCUSDT',
  orderId: 1,
  clientOrderId: 'rx-1',
  transactTime: 1_772_600_760_000,
  executedQty: '0.00000000',
  status: 'NEW',
  fills: [],
});

/** Bodies that are no answer, by what they are. */
const bodies: Readonly<Record<string, string>> = {
  'a page': page,
  nothing: '',
  'cut off': placed.slice(0, -20),
  'two answers': placed + placed,
  'a huge page': `<html>${'x'.repeat(10_000_000)}</html>`,
  null: 'null',
  'a list': `[${placed}]`,
  'a number': '7',
  'a text': '"NEW"',
  'another shape': '{"order":{"id":7}}',
  'an error in the place of a success': '{"code":-1000,"msg":"Unknown error."}',
  'a status that is new': placed.replace('"NEW"', '"SOMETHING_NEW"'),
};

const answer = (status: number, body: string): RestAnswer => ({ status, headers: html, body });

const strange = Object.entries(bodies).flatMap(([name, body]) =>
  [200, 202].map((status) => [`${name}, status ${status}`, answer(status, body)] as const),
);
const failing = Object.entries(bodies)
  .filter(([name]) => name !== 'an error in the place of a success')
  .flatMap(([name, body]) =>
    [500, 502, 503, 504, 520].map(
      (status) => [`${name}, status ${status}`, answer(status, body)] as const,
    ),
  );

/** Without the account's own stream, only answers tell. */
const venueWithout = (): VirtualVenue => {
  const venue = createVirtualVenue();
  venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { delay: Infinity });
  return venue;
};

describe.each([
  ['decode', strange],
  ['maintenance', failing],
] as const)('an answer that is none (%s)', (kind, answers) => {
  it.each(answers)('to a placement that took effect: %s; the order is found, once', (_, given) => {
    const venue = venueWithout();
    venue.network.requestFaults.add(({ name }) => name === PLACE, { answer: given });
    const errors = record(venue.exchange.errors$);
    const story = record(venue.exchange.buy(BID));
    venue.advance(5_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
    expect(venue.orders()).toHaveLength(1);
    expect(venue.network.requests(PLACE)).toHaveLength(1);
    expect(errors.values[0]).toMatchObject({ kind, outcome: 'unknown', request: PLACE });
    expect(errors.values[0]?.message).toContain(`HTTP status ${given.status}`);
    expect(errors.values[0]?.message.length).toBeLessThan(1_000);
  });

  it.each(answers)(
    'to a placement that did not arrive: %s; it is certain in the end',
    (_, given) => {
      const venue = venueWithout();
      const fault = { answer: given, requestDelay: Infinity };
      venue.network.requestFaults.add(({ name }) => name === PLACE, fault);
      const story = record(venue.exchange.buy(BID));
      venue.advance(5_000);
      expect(steps(story.values)).toEqual(['pending_create 0']);
      venue.advance(30_000);
      expect(steps(story.values)).toEqual(['pending_create 0', 'failed 0']);
      expect(story.error()).toMatchObject({ kind: 'not_placed' });
      expect(venue.network.requests(PLACE)).toHaveLength(1);
    },
  );
});

describe.each([...strange.slice(0, 8), ...failing.slice(0, 5)])(
  'an answer that is none: %s',
  (_, given) => {
    it('to a cancel that took effect; the order is found to be canceled', () => {
      const venue = venueWithout();
      const story = record(venue.exchange.buy(BID));
      venue.advance(1_000);
      venue.network.requestFaults.add(({ name }) => name === CANCEL, { answer: given });
      const canceled = record(venue.exchange.cancel(story.last()!.clientOrderId));
      venue.advance(30_000);
      expect(story.last()).toMatchObject({ state: 'canceled' });
      expect(canceled.values).toMatchObject([{ outcome: 'canceled' }]);
    });

    it('to a query; the order stays as it is, and is asked after again', () => {
      const venue = venueWithout();
      const story = record(venue.exchange.buy(BID));
      venue.advance(1_000);
      const heal = venue.network.requestFaults.add(({ name }) => name === STATUS, {
        answer: given,
      });
      venue.rival('sell', '60000', '0.01');
      venue.advance(60_000);
      expect(story.last()).toMatchObject({ state: 'open' });
      heal();
      venue.advance(150_000);
      expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    });

    it('to a question for the balances; the next one is believed', () => {
      const venue = venueWithout();
      venue.network.requestFaults.add(({ name }) => name === ACCOUNT, { answer: given, times: 4 });
      const balances = record(venue.exchange.balances$);
      venue.advance(150_000);
      expect(balances.state()).toBe('going on');
      expect(balances.last()?.get('USDT')?.total.toFixed()).toBe('100000');
    });
  },
);

describe('a page of a firewall', () => {
  const blocked = answer(403, page);

  it('refuses no placement: it waits until the exchange says that there is no order', () => {
    const venue = venueWithout();
    const stops = [PLACE, STATUS].map((blockedName) =>
      venue.network.requestFaults.add(({ name }) => name === blockedName, {
        answer: blocked,
        requestDelay: Infinity,
      }),
    );
    const errors = record(venue.exchange.errors$);
    const story = record(venue.exchange.buy(BID));
    venue.advance(600_000);
    expect(steps(story.values)).toEqual(['pending_create 0']);
    const told = errors.values.filter(({ request }) => request === STATUS);
    expect(told.length).toBeGreaterThan(10);
    expect(told.at(-1)).toMatchObject({ kind: 'banned' });
    stops.forEach((stop) => stop());
    venue.advance(60_000);
    expect(story.error()).toMatchObject({ kind: 'not_placed' });
    expect((story.error() as Error).message).toContain('HTTP status 403');
    expect(venue.network.requests(PLACE)).toHaveLength(1);
  });

  it('refuses no cancel: the order is found to be canceled', () => {
    const venue = venueWithout();
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.network.requestFaults.add(({ name }) => name === CANCEL, { answer: blocked });
    const canceled = record(venue.exchange.cancel(story.last()!.clientOrderId));
    venue.advance(30_000);
    expect(canceled.values).toMatchObject([{ outcome: 'canceled' }]);
  });
});

describe('a refusal of keys that were good before', () => {
  const refused = answer(
    401,
    '{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}',
  );

  it('ends the order that it meets, and leaves the others and the next one be', () => {
    const venue = createVirtualVenue();
    const first = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    const fault = { answer: refused, requestDelay: Infinity, times: 1 };
    venue.network.requestFaults.add(({ name }) => name === PLACE, fault);
    const second = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    const third = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(second.error()).toMatchObject({ kind: 'authentication', code: -2015 });
    expect([first.last()?.state, third.last()?.state]).toEqual(['open', 'open']);
  });

  it('of a cancel does not end the order', () => {
    const venue = createVirtualVenue();
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    const fault = { answer: refused, requestDelay: Infinity };
    const heal = venue.network.requestFaults.add(({ name }) => name === CANCEL, fault);
    const clientOrderId = story.last()!.clientOrderId;
    const failed = record(venue.exchange.cancel(clientOrderId));
    venue.advance(10_000);
    expect(story.state()).toBe('going on');
    expect(failed.values).toMatchObject([{ outcome: 'refused' }]);
    heal();
    record(venue.exchange.cancel(clientOrderId));
    venue.advance(1_000);
    expect(story.last()).toMatchObject({ state: 'canceled' });
  });
});

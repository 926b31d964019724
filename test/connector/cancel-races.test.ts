import { BID, CANCEL, PLACE, STATUS, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

/** In which way the exchange confirms. */
const confirmations: Readonly<Record<string, (venue: VirtualVenue) => void>> = {
  'by its answer and then by the account stream': ({ network }) =>
    void network.frameFaults.add(({ path }) => path === USER_STREAM, { delay: 3_000 }),
  'by the account stream and then by its answer': ({ network }) =>
    void network.requestFaults.add(({ name }) => name === CANCEL, { answerDelay: 3_000 }),
  'by its answer alone': ({ network }) =>
    void network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 }),
  'by the account stream alone': ({ network }) =>
    void network.requestFaults.add(({ name }) => name === CANCEL, { answerDelay: Infinity }),
};

/** An order, when it is canceled, and what happens meanwhile. */
interface Race {
  /** How long after it is placed its cancel is asked for, in ms. */
  readonly cancelAt: number;
  readonly before?: (venue: VirtualVenue) => void;
  /** In the moment in which the cancel is asked for, before it. */
  readonly unheard?: (venue: VirtualVenue) => void;
  /** While the cancel is on its way. */
  readonly meanwhile?: (venue: VirtualVenue) => void;
  readonly times?: number;
  readonly outcome: 'canceled' | 'filled';
  readonly sent: number;
}

const fill = (venue: VirtualVenue): void => void venue.rival('sell', '60000', '0.01');

const races: Readonly<Record<string, Race>> = {
  'before its acknowledgement': {
    cancelAt: 100,
    before: ({ network }) =>
      void network.requestFaults.add(({ name }) => name === PLACE, { answerDelay: 1_000 }),
    outcome: 'canceled',
    sent: 1,
  },
  'while a fill is on its way': { cancelAt: 2_000, meanwhile: fill, outcome: 'filled', sent: 1 },
  'after a fill that is not known yet': {
    cancelAt: 2_000,
    unheard: fill,
    outcome: 'filled',
    sent: 1,
  },
  'three times at once': { cancelAt: 2_000, times: 3, outcome: 'canceled', sent: 1 },
  'by a request that does not arrive': {
    cancelAt: 2_000,
    before: ({ network }) =>
      void network.requestFaults.add(({ name }) => name === CANCEL, {
        requestDelay: Infinity,
        answer: 'broken connection',
        times: 1,
      }),
    outcome: 'canceled',
    sent: 2,
  },
};

describe('an order that is canceled', () => {
  const cases = Object.keys(races).flatMap((race) =>
    Object.keys(confirmations).map((confirmation) => [race, confirmation] as const),
  );

  it.each(cases)('%s, which the exchange confirms %s, has one end', (name, confirmation) => {
    const { cancelAt, before, unheard, meanwhile, times = 1, outcome, sent } = races[name]!;
    const venue = createVirtualVenue();
    const connected = record(venue.exchange.connect());
    venue.advance(5_000);
    before?.(venue);
    const updates = record(venue.exchange.orderUpdates$);
    record(venue.exchange.buy(BID));
    venue.advance(cancelAt);
    confirmations[confirmation]!(venue);
    const { clientOrderId } = updates.last()!;
    unheard?.(venue);
    const results = Array.from({ length: times }, () =>
      record(venue.exchange.cancel(clientOrderId)),
    );
    venue.advance(5);
    meanwhile?.(venue);
    venue.advance(60_000);
    for (const result of results) {
      expect(result.values).toMatchObject([{ outcome, order: { fillsComplete: true } }]);
      expect(result.state()).toBe('completed');
    }
    expect(venue.orders()).toMatchObject([{ status: outcome }]);
    const ends = updates.values.filter(({ reason }) => reason !== undefined);
    expect(ends.map(({ state }) => state)).toEqual([outcome]);
    expect(venue.network.requests(CANCEL).length).toBe(sent);
    expect(venue.network.requests(STATUS).length).toBeLessThan(10);
    connected.stop();
    updates.stop();
    venue.advance(10_000);
    expect(venue.pending()).toBe(0);
  });
});

describe('an order that the exchange will not cancel, though it is over', () => {
  it('is asked after, and not canceled for ever', () => {
    const venue = createVirtualVenue();
    const story = record(venue.exchange.buy(BID));
    venue.advance(2_000);
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 });
    fill(venue);
    const { clientOrderId } = story.last()!;
    for (let time = 0; time < 100; time += 1) {
      record(venue.exchange.cancel(clientOrderId));
      venue.advance(1_000);
    }
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(venue.network.requests(CANCEL)).toHaveLength(1);
  });
});

import type { RestAnswer } from '../../src/core/contract.js';
import { OrderFailedError } from '../../src/orders/order-failed-error.js';
import { BID, PLACE, STATUS, steps, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import type { RequestFault } from '../../src/testing/network-faults.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const answer = (status: number, code?: number, msg = 'A message.'): RestAnswer => ({
  status,
  headers: {},
  body: code === undefined ? '<html>no JSON</html>' : JSON.stringify({ code, msg }),
});

/** What may happen to a placement that takes effect. */
const withEffect: Readonly<Record<string, RequestFault>> = {
  'the answer is lost': { answerDelay: Infinity },
  'the connection breaks': { answer: 'broken connection' },
  'a gateway gives up': { answer: answer(504) },
  'the exchange does not know': {
    answer: answer(503, -1006, 'An unexpected response was received. Execution status unknown.'),
  },
  'the backend timed out': { answer: answer(400, -1007, 'Timeout waiting for response.') },
  'an internal error': { answer: answer(500, -1000, 'An unknown error occurred.') },
  'the answer is no JSON': { answer: answer(200) },
  'a firewall answers': { answer: answer(403) },
  'somebody else refuses': { answer: answer(401) },
  'a page says that there were too many requests': { answer: answer(429) },
  'the answer has another shape': { answer: { ...answer(200), body: '{"orderId":"7"}' } },
  'the id was seen before': { answer: answer(400, -2010, 'Duplicate order sent.') },
  'it is late, and the connection breaks': {
    requestDelay: 4_900,
    answer: 'broken connection',
  },
};

/** What may happen to the account's own stream. */
const userStreams: Readonly<Record<string, (venue: VirtualVenue) => void>> = {
  'tells it first': () => undefined,
  'tells it 7 s later': ({ network }) =>
    void network.frameFaults.add(({ path }) => path === USER_STREAM, { delay: 7_000 }),
  'never tells it': ({ network }) =>
    void network.frameFaults.add(({ text }) => text.includes('executionReport'), {
      delay: Infinity,
    }),
  'is down': ({ network }) => network.refuseSockets(true),
};

const onPlacement = (venue: VirtualVenue, fault: RequestFault): void =>
  void venue.network.requestFaults.add(({ name }) => name === PLACE, fault);

describe('a placement with effect and without a sound answer', () => {
  const cases = Object.keys(withEffect).flatMap((fault) =>
    Object.keys(userStreams).map((stream) => [fault, stream] as const),
  );

  it.each(cases)('is one order: %s, and the account stream %s', (fault, stream) => {
    const venue = createVirtualVenue();
    userStreams[stream]!(venue);
    onPlacement(venue, withEffect[fault]!);
    const errors = record(venue.exchange.errors$);
    const story = record(venue.exchange.buy(BID));
    venue.advance(30_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
    expect(story.state()).toBe('going on');
    expect(venue.orders()).toHaveLength(1);
    expect(venue.network.requests(PLACE)).toHaveLength(1);
    expect(errors.values.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(userStreams))(
    'is one order, though REST does not know it for 3 s, and the account stream %s',
    (stream) => {
      const venue = createVirtualVenue();
      userStreams[stream]!(venue);
      onPlacement(venue, { answer: 'broken connection' });
      const known = venue.network.requestFaults.add(({ name }) => name === STATUS, {
        answer: answer(400, -2013, 'Order does not exist.'),
      });
      const story = record(venue.exchange.buy(BID));
      venue.advance(3_000);
      known();
      venue.advance(30_000);
      expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
      expect(venue.orders()).toMatchObject([{ status: 'new' }]);
      expect(venue.network.requests(PLACE)).toHaveLength(1);
    },
  );

  const broken = ['the connection breaks', 'a firewall answers'] as const;
  it.each(broken)('that is filled at once is told with its fills, once: %s', (fault) => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '0.004');
    venue.rival('sell', '59990', '0.006');
    venue.network.refuseSockets(true);
    onPlacement(venue, withEffect[fault]!);
    const fills = record(venue.exchange.fills$);
    const story = record(venue.exchange.buy(BID));
    venue.advance(30_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(fills.values.map(({ amount }) => amount.toFixed())).toEqual(['0.006', '0.004']);
  });

  it('stays unknown while nobody answers, for an hour, and is found then', () => {
    const venue = createVirtualVenue();
    venue.network.refuseSockets(true);
    onPlacement(venue, { answer: 'broken connection' });
    const story = record(venue.exchange.buy(BID));
    venue.advance(50);
    expect(venue.orders()).toHaveLength(1);
    const healed = venue.network.requestFaults.add(() => true, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    venue.advance(3_600_000);
    expect(steps(story.values)).toEqual(['pending_create 0']);
    healed();
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
  });
});

describe('a placement without effect and without a sound answer', () => {
  const lost: Readonly<Record<string, RequestFault>> = {
    'the connection breaks': { requestDelay: Infinity, answer: 'broken connection' },
    'a gateway gives up': { requestDelay: Infinity, answer: answer(502) },
    'nobody answers': { requestDelay: Infinity },
    'a firewall answers': { requestDelay: Infinity, answer: answer(403) },
    'it arrives too late': { requestDelay: 6_000, answer: 'broken connection' },
  };
  /** How long a placement may still take effect, on Binance, and the margin on top of it, in ms. */
  const certainAfter = 10_000;

  it.each(Object.entries(lost))('fails when that is certain, not before: %s', (_, fault) => {
    const venue = createVirtualVenue();
    onPlacement(venue, fault);
    const story = record(venue.exchange.buy(BID));
    venue.advance(100);
    const sentAt = venue.network.requests(PLACE)[0]!.at;
    while (venue.now() < sentAt + certainAfter) {
      expect(steps(story.values)).toEqual(['pending_create 0']);
      venue.advance(100);
    }
    venue.advance(30_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'failed 0']);
    expect(story.last()).toMatchObject({ reason: 'not_placed' });
    expect(story.error()).toBeInstanceOf(OrderFailedError);
    expect(story.error()).toMatchObject({ kind: 'not_placed' });
    expect(venue.orders()).toEqual([]);
    expect(venue.network.requests(PLACE)).toHaveLength(1);
  });

  it('that the exchange refused, unheard, is not given up before that is certain', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '59000', '1');
    onPlacement(venue, { answer: 'broken connection' });
    const story = record(venue.exchange.buy({ ...BID, type: 'limit_maker' }));
    venue.advance(certainAfter);
    expect(steps(story.values)).toEqual(['pending_create 0']);
    venue.advance(30_000);
    expect(story.error()).toMatchObject({ kind: 'not_placed' });
    expect(venue.network.requests(PLACE)).toHaveLength(1);
  });

  it('is looked up 0.5, 1, 2, 4 and 8 s later, and no more', () => {
    const venue = createVirtualVenue();
    venue.network.refuseSockets(true);
    onPlacement(venue, lost['the connection breaks']!);
    record(venue.exchange.buy(BID));
    venue.advance(120_000);
    const [placement] = venue.network.requests(PLACE);
    const failedAt = placement!.at + 20;
    const times = venue.network.requests(STATUS).map(({ at }) => at - failedAt);
    expect(times).toEqual([500, 1_520, 3_540, 7_560, 15_580]);
  });

  it('is not given up for lookups that fail: only the exchange can say that there is no order', () => {
    const venue = createVirtualVenue();
    onPlacement(venue, lost['the connection breaks']!);
    const healed = venue.network.requestFaults.add(({ name }) => name === STATUS, {
      answer: answer(503),
    });
    const story = record(venue.exchange.buy(BID));
    venue.advance(600_000);
    expect(steps(story.values)).toEqual(['pending_create 0']);
    healed();
    venue.advance(60_000);
    expect(story.error()).toMatchObject({ kind: 'not_placed' });
  });

  it('counts the exchange’s own clock, however wrong ours is', () => {
    const venue = createVirtualVenue();
    venue.control.clockAhead(-3_600_000);
    onPlacement(venue, lost['the connection breaks']!);
    const story = record(venue.exchange.buy(BID));
    venue.advance(certainAfter);
    expect(steps(story.values)).toEqual(['pending_create 0']);
    venue.advance(30_000);
    expect(story.error()).toMatchObject({ kind: 'not_placed' });
  });
});

describe('a placement that is refused', () => {
  it.each<[RestAnswer, string]>([
    [answer(400, -1013, 'Filter failure: LOT_SIZE'), 'invalid_order'],
    [answer(400, -2010, 'Order would immediately match and take.'), 'invalid_order'],
    [answer(400, -2010, 'Account has insufficient balance for it.'), 'insufficient_funds'],
    [answer(400, -1022, 'Signature for this request is not valid.'), 'authentication'],
    [answer(401, -2015, 'Invalid API-key, IP, or permissions for action.'), 'authentication'],
    [answer(429, -1015, 'Too many new orders.'), 'rate_limited'],
    [answer(418, -1003, 'Way too many requests.'), 'banned'],
    [answer(403, -2015, 'Invalid API-key, IP, or permissions for action.'), 'authentication'],
    [answer(400, -9999, 'Something new.'), 'exchange'],
  ])('fails at once, and is not looked up: %j', (refusal, kind) => {
    const venue = createVirtualVenue();
    onPlacement(venue, { requestDelay: Infinity, answer: refusal });
    const story = record(venue.exchange.buy(BID));
    venue.advance(100);
    expect(steps(story.values)).toEqual(['pending_create 0', 'failed 0']);
    expect(story.error()).toMatchObject({ kind, request: PLACE });
    expect(venue.network.requests(PLACE)).toHaveLength(1);
    expect(venue.network.requests(STATUS)).toEqual([]);
  });

  it('for its timestamp is sent once more with the exchange’s time, and is one order', () => {
    const venue = createVirtualVenue();
    const connected = record(venue.exchange.connect());
    venue.advance(5_000);
    venue.control.clockAhead(30_000);
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
    expect(venue.network.requests(PLACE)).toHaveLength(2);
    expect(venue.orders()).toHaveLength(1);
    connected.stop();
  });
});

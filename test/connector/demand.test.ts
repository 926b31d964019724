import type { Observable } from 'rxjs';
import type { Connector } from '../../src/connector/connector.js';
import { BID, MARKET_STREAM, OPEN_ORDERS, PLACE, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const RULES = 'GET /api/v3/exchangeInfo';

const names = ({ network }: VirtualVenue): readonly string[] => [
  ...new Set(network.requests().map(({ name }) => name)),
];

/** Nothing is open, nothing waits, and nothing begins again by itself. */
const expectSilence = (venue: VirtualVenue): void => {
  venue.advance(50);
  expect(venue.network.sockets()).toEqual([]);
  expect(venue.pending()).toBe(0);
  const before = venue.network.requests().length;
  venue.advance(3_600_000);
  expect(venue.network.requests()).toHaveLength(before);
};

/** Each stream, the sockets that it needs, and the calls. */
const streams: readonly [
  name: string,
  open: (exchange: Connector) => Observable<unknown>,
  sockets: readonly string[],
  calls: readonly string[],
][] = [
  ['tradingRules$', ({ tradingRules$ }) => tradingRules$, [], [RULES]],
  ['ruleChanges$', ({ ruleChanges$ }) => ruleChanges$, [], [RULES]],
  [
    'orderBook$',
    ({ orderBook$ }) => orderBook$('BTC-USDT'),
    [MARKET_STREAM],
    [RULES, 'GET /api/v3/depth'],
  ],
  ['trades$', ({ trades$ }) => trades$('BTC-USDT'), [MARKET_STREAM], [RULES]],
  [
    'balances$',
    ({ balances$ }) => balances$,
    [USER_STREAM],
    [RULES, 'GET /api/v3/time', 'GET /api/v3/account'],
  ],
  [
    'orderUpdates$',
    ({ orderUpdates$ }) => orderUpdates$,
    [USER_STREAM],
    [RULES, 'GET /api/v3/time'],
  ],
  ['fills$', ({ fills$ }) => fills$, [USER_STREAM], [RULES, 'GET /api/v3/time']],
  [
    'inFlightOrders$',
    ({ inFlightOrders$ }) => inFlightOrders$,
    [USER_STREAM],
    [RULES, 'GET /api/v3/time'],
  ],
  [
    'externalOrders$',
    ({ externalOrders$ }) => externalOrders$,
    [USER_STREAM],
    [RULES, 'GET /api/v3/time', OPEN_ORDERS],
  ],
  [
    'withGaps.fills$',
    ({ withGaps }) => withGaps.fills$,
    [USER_STREAM],
    [RULES, 'GET /api/v3/time'],
  ],
  [
    'connect()',
    (exchange) => exchange.connect(),
    [USER_STREAM],
    [RULES, 'GET /api/v3/time', 'GET /api/v3/account'],
  ],
  ['status$', ({ status$ }) => status$, [], []],
  ['errors$', ({ errors$ }) => errors$, [], []],
];

describe.each(streams)('%s', (_, open, sockets, calls) => {
  it('opens what it needs when somebody subscribes, and nothing else', () => {
    const venue = createVirtualVenue();
    const stream$ = open(venue.exchange);
    venue.advance(60_000);
    expect(venue.network.requests()).toEqual([]);
    const subscriber = record(stream$);
    venue.advance(3_000);
    expect(venue.network.sockets()).toEqual(sockets);
    expect(new Set(names(venue))).toEqual(new Set(calls));
    subscriber.stop();
    expectSilence(venue);
  });

  it('is shared by its subscribers until the last one leaves, and begins anew after that', () => {
    const venue = createVirtualVenue();
    const subscribers = [record(open(venue.exchange)), record(open(venue.exchange))];
    venue.advance(1_000);
    subscribers.push(record(open(venue.exchange)));
    venue.advance(1_000);
    expect(venue.network.sockets()).toEqual(sockets);
    for (const name of calls.filter((call) => !call.endsWith('time')))
      expect(venue.network.requests(name)).toHaveLength(1);
    subscribers.pop()!.stop();
    subscribers.pop()!.stop();
    venue.advance(1_000);
    expect(venue.network.sockets()).toEqual(sockets);
    subscribers.pop()!.stop();
    expectSilence(venue);
    const again = record(open(venue.exchange));
    venue.advance(1_000);
    expect(venue.network.sockets()).toEqual(sockets);
    again.stop();
    expectSilence(venue);
  });

  it.each([0, 5, 15, 25, 35, 45, 65, 85])('leaves nothing behind after %d ms', (ms) => {
    const venue = createVirtualVenue();
    const subscriber = record(open(venue.exchange));
    venue.advance(ms);
    subscriber.stop();
    expectSilence(venue);
  });

  it('leaves nothing behind during an outage', () => {
    const venue = createVirtualVenue();
    const subscriber = record(open(venue.exchange));
    venue.advance(1_000);
    venue.network.refuseSockets(true);
    venue.network.disconnect();
    const healed = venue.network.requestFaults.add(() => true, { requestDelay: Infinity });
    venue.advance(120_000);
    subscriber.stop();
    healed();
    expectSilence(venue);
  });
});

describe('the account’s side', () => {
  it('stays up for an order without subscribers, and goes down when it is over', () => {
    const venue = createVirtualVenue();
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    story.stop();
    venue.advance(3_600_000);
    expect(venue.network.sockets()).toEqual([USER_STREAM]);
    venue.network.disconnect();
    venue.advance(60_000);
    expect(venue.network.sockets()).toEqual([USER_STREAM]);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expectSilence(venue);
  });

  it('stays up until the last of several orders is over', () => {
    const venue = createVirtualVenue();
    const stories = [record(venue.exchange.buy(BID)), record(venue.exchange.buy(BID))];
    venue.advance(1_000);
    stories.forEach((story) => story.stop());
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(venue.network.sockets()).toEqual([USER_STREAM]);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expectSilence(venue);
  });

  it('goes down after an order that failed', () => {
    const venue = createVirtualVenue();
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    record(venue.exchange.buy(BID));
    venue.advance(60_000);
    expectSilence(venue);
  });

  it('does not hold market data back that needs no keys', () => {
    const venue = createVirtualVenue();
    const exchange = venue.join();
    venue.rival('buy', '60000', '1');
    const book = record(exchange.orderBook$('BTC-USDT'));
    const connected = record(exchange.connect());
    venue.advance(1_000);
    expect(book.last()!.bestBid).toEqual({ price: 60_000, amount: 1 });
    expect(connected.last()).toMatchObject({ ready: true });
    expect(venue.network.sockets()).toEqual([MARKET_STREAM]);
  });
});

describe('connect()', () => {
  it('pins what others come and go with', () => {
    const venue = createVirtualVenue();
    const connected = record(venue.exchange.connect());
    venue.advance(1_000);
    for (let turn = 0; turn < 3; turn += 1) {
      const balances = record(venue.exchange.balances$);
      expect(balances.values).toHaveLength(1);
      venue.advance(1_000);
      balances.stop();
      venue.advance(1_000);
    }
    expect(venue.network.attempts()).toEqual([USER_STREAM]);
    expect(venue.network.requests('GET /api/v3/account')).toHaveLength(1);
    connected.stop();
    expectSilence(venue);
  });
});

describe('two connectors', () => {
  it('share nothing', () => {
    const venue = createVirtualVenue();
    const other = venue.join({ credentials: venue.credentials });
    const ours = record(venue.exchange.orderUpdates$);
    const theirs = record(other.orderUpdates$);
    record(other.buy(BID));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(venue.network.sockets()).toEqual([USER_STREAM, USER_STREAM]);
    expect(theirs.last()).toMatchObject({ state: 'filled' });
    expect(ours.values).toEqual([]);
  });
});

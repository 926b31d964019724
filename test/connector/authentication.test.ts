import type { Observable } from 'rxjs';
import type { BinanceDomain } from '../../src/binance.js';
import type { Connector } from '../../src/connector/connector.js';
import type { ConnectorOptions } from '../../src/connector/create-connector.js';
import { OrderFailedError } from '../../src/orders/order-failed-error.js';
import { ed25519Pair, rsaPair } from '../support/key-pairs.js';
import { kindOf } from '../support/kind-of.js';
import { ACCOUNT, BID, OPEN_ORDERS, PLACE, STATUS, steps, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

const wrong = { apiKey: 'k'.repeat(64), apiSecret: 's'.repeat(64) };

const keys: readonly (readonly [string, ConnectorOptions<BinanceDomain>])[] = [
  ['no keys', {}],
  ['wrong keys', { credentials: wrong }],
];

const accountStreams: readonly (readonly [string, (exchange: Connector) => Observable<unknown>])[] =
  [
    ['balances$', ({ balances$ }) => balances$],
    ['orderUpdates$', ({ orderUpdates$ }) => orderUpdates$],
    ['fills$', ({ fills$ }) => fills$],
    ['inFlightOrders$', ({ inFlightOrders$ }) => inFlightOrders$],
  ];

describe.each(keys)('with %s', (_, options) => {
  it.each(accountStreams)('%s says so, once, and does not ask again', (__, open) => {
    const venue = createVirtualVenue();
    const exchange = venue.join(options);
    const stream = record(open(exchange));
    const errors = record(exchange.errors$);
    venue.advance(3_600_000);
    expect(stream.error()).toMatchObject({ kind: 'authentication' });
    expect(errors.values.length).toBeLessThanOrEqual(1);
    expect(venue.network.attempts().length).toBeLessThanOrEqual(1);
    expect(venue.network.requests().length).toBeLessThan(10);
    expect(venue.network.sockets()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });

  it('an order fails, precisely, and nothing of it is left', () => {
    const venue = createVirtualVenue();
    const exchange = venue.join(options);
    const story = record(exchange.buy(BID));
    venue.advance(60_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'failed 0']);
    expect(story.error()).toBeInstanceOf(OrderFailedError);
    expect(story.error()).toMatchObject({ kind: 'authentication' });
    expect(venue.network.requests(PLACE).length).toBeLessThanOrEqual(1);
    expect(record(exchange.cancelAll()).values).toEqual([[]]);
    expect(venue.pending()).toBe(0);
  });

  it('market data are there all the same', () => {
    const venue = createVirtualVenue();
    const exchange = venue.join(options);
    record(exchange.balances$);
    const book = record(exchange.orderBook$('BTC-USDT'));
    const rules = record(exchange.tradingRules$);
    venue.advance(60_000);
    expect(book.values).toHaveLength(1);
    expect(rules.values).toHaveLength(1);
  });
});

describe.each([
  ['Ed25519', ed25519Pair()],
  ['RSA', rsaPair()],
] as const)('with an %s key', (_, { publicKey, privateKey }) => {
  it('an account trades and hears of it', () => {
    const venue = createVirtualVenue();
    const { apiKey } = venue.control.openAccount({
      publicKey,
      balances: { USDT: 1_000 },
    }).credentials;
    const exchange = venue.join({ credentials: { apiKey, privateKey } });
    venue.rival('sell', '60000', '0.005');
    const balances = record(exchange.balances$);
    const fills = record(exchange.fills$);
    const errors = record(exchange.errors$);
    const story = record(exchange.buy(BID));
    venue.advance(1_000);
    expect(steps(story.values).at(-1)).toBe('partially_filled 0.005');
    venue.rival('sell', '60000', '0.005');
    venue.advance(1_000);
    expect(steps(story.values).at(-1)).toBe('filled 0.01');
    expect(fills.values).toHaveLength(2);
    expect(balances.last()?.get('USDT')?.total.toFixed()).toBe('400');
    expect(errors.values).toEqual([]);
  });
});

it('keys that cannot be keys are refused before anything is sent', () => {
  const venue = createVirtualVenue();
  const credentials = { apiKey: 'k'.repeat(64), privateKey: 'no key' };
  expect(kindOf(() => venue.join({ credentials }))).toBe('authentication');
});

describe('keys that are revoked while an order is alive', () => {
  /** An order whose account stream is refused when it reconnects. */
  const revoked = () => {
    const venue = createVirtualVenue();
    const story = record(venue.exchange.buy(BID));
    const errors = record(venue.exchange.errors$);
    venue.advance(1_000);
    const healed = venue.network.frameFaults.add(({ path }) => path === USER_STREAM, {
      replacement: JSON.stringify({
        id: 1,
        status: 401,
        error: { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' },
      }),
    });
    venue.network.disconnect();
    venue.advance(10_000);
    return { venue, story, errors, healed };
  };

  it('do not end its story: the exchange still holds it', () => {
    const { venue, story, errors } = revoked();
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
    expect(story.state()).toBe('going on');
    expect(errors.values.filter(({ kind }) => kind === 'authentication')).toHaveLength(1);
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
  });

  it('leave it to REST to find out how it ends', () => {
    const { venue, story } = revoked();
    venue.rival('sell', '60000', '0.01');
    venue.advance(10_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(venue.network.requests(STATUS).length).toBeGreaterThan(0);
  });
});

describe('keys that were good, and are refused by everything', () => {
  const refusal = { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' };

  /** The account’s side is up, and loses its socket to a refusal. */
  const blocked = () => {
    const venue = createVirtualVenue();
    const { exchange, network } = venue;
    const balances = record(exchange.balances$);
    const fills = record(exchange.fills$);
    const external = record(exchange.externalOrders$);
    const errors = record(exchange.errors$);
    venue.advance(10_000);
    const stops = [
      network.frameFaults.add(({ path }) => path === USER_STREAM, {
        replacement: JSON.stringify({ id: 1, status: 401, error: refusal }),
      }),
      network.requestFaults.add(({ name }) => [ACCOUNT, OPEN_ORDERS, STATUS].includes(name), {
        answer: { status: 401, headers: {}, body: JSON.stringify(refusal) },
      }),
    ];
    network.disconnect(USER_STREAM);
    const unblock = (): void => stops.forEach((stop) => stop());
    return { venue, balances, fills, external, errors, unblock };
  };

  it('are tried again every 5 min, and no stream ends', () => {
    const { venue, balances, fills, external, errors } = blocked();
    const { network } = venue;
    const sockets = network.attempts().length;
    const requests = network.requests(ACCOUNT).length;
    venue.advance(3_600_000);
    expect(network.attempts().length - sockets).toBeGreaterThan(10);
    expect(network.attempts().length - sockets).toBeLessThan(15);
    expect(network.requests(ACCOUNT).length - requests).toBeLessThan(30);
    expect(errors.values.filter(({ kind }) => kind === 'authentication').length).toBeLessThan(45);
    for (const stream of [balances, fills, external]) expect(stream.state()).toBe('going on');
  });

  it('are good again within 5 min of the time at which they are taken again', () => {
    const { venue, balances, fills, unblock } = blocked();
    const status = record(venue.exchange.status$);
    venue.advance(600_000);
    expect(status.last()).toMatchObject({ ready: false });
    unblock();
    venue.advance(310_000);
    expect(status.last()).toMatchObject({ ready: true });
    record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(fills.values).toHaveLength(1);
    expect(balances.last()!.get('BTC')!.total.toFixed()).toBe(
      venue.balances().get('BTC')!.free.toFixed(),
    );
  });
});

it('an account stream is back soon after it could not measure the clock', () => {
  const venue = createVirtualVenue();
  const { exchange, network } = venue;
  const balances = record(exchange.balances$);
  const status = record(exchange.status$);
  venue.advance(10_000);
  const stops = [
    network.frameFaults.add(({ path }) => path === USER_STREAM, {
      replacement: JSON.stringify({
        id: 1,
        status: 400,
        error: { code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' },
      }),
    }),
    network.requestFaults.add(({ name }) => name === 'GET /api/v3/time', {
      answer: { status: 403, headers: {}, body: '<html>' },
    }),
  ];
  network.disconnect(USER_STREAM);
  venue.advance(60_000);
  expect(status.last()).toMatchObject({ ready: false });
  for (const stop of stops) stop();
  venue.advance(40_000);
  expect(balances.state()).toBe('going on');
  expect(status.last()).toMatchObject({ ready: true });
});

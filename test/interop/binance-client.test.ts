import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import {
  MainClient,
  WebsocketAPIClient,
  WebsocketClient,
  type WSClientConfigurableOptions,
} from 'binance';
import type { Credentials } from '../../src/emulator/binance/security.js';
import { emulator, type EmulatorOptions, type Venue } from '../../src/emulator/index.js';

const venues: Venue[] = [];
const streams: WebsocketClient[] = [];

const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };

afterEach(async () => {
  for (const client of streams.splice(0)) client.closeAll(true);
  await Promise.all(venues.splice(0).map((venue) => venue.close()));
});

const start = async (options: EmulatorOptions = { traders: false }): Promise<Venue> => {
  const venue = await emulator(options).listen();
  venues.push(venue);
  return venue;
};

/** A REST client with the user's keys, or with others. */
const restClient = ({ domain, credentials }: Venue, keys: Credentials = credentials): MainClient =>
  new MainClient({
    api_key: keys.apiKey,
    api_secret: keys.apiSecret,
    baseUrl: domain.rest,
    disableTimeSync: true,
  });

const streamOptions = ({ domain }: Venue): WSClientConfigurableOptions => ({
  wsUrl: domain.stream,
  reconnectTimeout: 50,
});

const streamClient = (venue: Venue): WebsocketClient => {
  const client = new WebsocketClient(streamOptions(venue), quiet);
  streams.push(client);
  return client;
};

const apiClient = (venue: Venue, { apiKey, apiSecret }: Credentials): WebsocketAPIClient => {
  const options = { ...streamOptions(venue), api_key: apiKey, api_secret: apiSecret };
  const client = new WebsocketAPIClient({ ...options, attachEventListeners: false }, quiet);
  streams.push(client.getWSClient());
  return client;
};

/** The client leaves the time of its requests on the WebSocket API to its caller. */
const timed = <T extends object>(params: T) => ({ ...params, timestamp: Date.now() });

/** The user buys at 60,000 if it is not asked for something else. */
const ORDER = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: 0.01,
  price: 60_000,
} as const;

describe('public data', () => {
  it('are read by the client', async () => {
    const venue = await start({ seed: 3 });
    const client = restClient(venue);
    const symbol = 'BTCUSDT';
    await client.testConnectivity();
    // Its own method asks a host that it knows, whatever it was told.
    const { serverTime } = (await client.get('api/v3/time')) as { serverTime: number };
    expect(Math.abs(serverTime - Date.now())).toBeLessThan(1000);
    const info = await client.getExchangeInfo();
    expect(info.symbols.map((one) => one.symbol)).toContain(symbol);
    expect((await client.getExchangeInfo({ symbols: [symbol, 'ETHUSDT'] })).symbols).toHaveLength(
      2,
    );
    const book = await client.getOrderBook({ symbol, limit: 5 });
    expect([book.bids.length, book.asks.length]).toEqual([5, 5]);
    venue.control.trader().market('buy', 0.01);
    expect(await client.getRecentTrades({ symbol, limit: 1 })).toMatchObject([
      { isBuyerMaker: false },
    ]);
    expect(await client.getAggregateTrades({ symbol, limit: 1 })).toHaveLength(1);
    expect(await client.getKlines({ symbol, interval: '1m' })).not.toEqual([]);
    expect(await client.getAvgPrice({ symbol })).toMatchObject({ mins: 5 });
    expect(await client.getSymbolPriceTicker({ symbol })).toMatchObject({ symbol });
    expect(await client.getSymbolOrderBookTicker()).toHaveLength(4);
    expect(await client.get24hrChangeStatistics({ symbol })).toMatchObject({ symbol });
    expect(client.getRateLimitStates()['x-mbx-used-weight-1m']).toBeGreaterThan(50);
  });
});

describe('orders', () => {
  it('are placed, shown and canceled', async () => {
    const venue = await start();
    const client = restClient(venue);
    const newClientOrderId = client.generateNewOrderId();
    const mine = { symbol: 'BTCUSDT', origClientOrderId: newClientOrderId };
    await client.testNewOrder(ORDER);
    const placed = await client.submitNewOrder({ ...ORDER, newClientOrderId });
    expect(placed).toMatchObject({ status: 'NEW', clientOrderId: newClientOrderId });
    expect(await client.getOrder(mine)).toMatchObject({ status: 'NEW', price: '60000.00000000' });
    expect(await client.getOpenOrders()).toHaveLength(1);
    expect(await client.cancelOrder(mine)).toMatchObject({ status: 'CANCELED' });
    expect(await client.getOpenOrders({ symbol: 'BTCUSDT' })).toEqual([]);
    expect(await client.getAllOrders({ symbol: 'BTCUSDT' })).toHaveLength(1);
    await client.submitNewOrder(ORDER);
    expect(await client.cancelAllSymbolOrders({ symbol: 'BTCUSDT' })).toHaveLength(1);
    expect(venue.orders().map(({ status }) => status)).toEqual(['canceled', 'canceled']);
  });

  it('are filled, and the account tells of it', async () => {
    const venue = await start();
    const client = restClient(venue);
    venue.control.trader().limit('sell', 60_000, 1);
    const filled = await client.submitNewOrder({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quoteOrderQty: 600,
    });
    expect(filled).toMatchObject({ status: 'FILLED', executedQty: '0.01000000' });
    const [trade] = await client.getAccountTradeList({ symbol: 'BTCUSDT' });
    expect(trade).toMatchObject({ qty: '0.01000000', commissionAsset: 'BTC', isBuyer: true });
    const { balances } = await client.getAccountInformation();
    expect(balances.find(({ asset }) => asset === 'USDT')?.free).toBe('99400.00000000');
    expect(await client.getOrderRateLimit()).toMatchObject([{ limit: 50 }, { limit: 160_000 }]);
  });

  it('are replaced', async () => {
    const venue = await start();
    const client = restClient(venue);
    const { orderId } = await client.submitNewOrder(ORDER);
    const replaced = await client.replaceOrder({
      ...ORDER,
      price: 59_000,
      cancelReplaceMode: 'STOP_ON_FAILURE',
      cancelOrderId: orderId,
    });
    expect(replaced).toMatchObject({ cancelResult: 'SUCCESS', newOrderResult: 'SUCCESS' });
  });
});

describe('errors', () => {
  it('reach the user with code and text', async () => {
    const venue = await start();
    const client = restClient(venue);
    const attempts: readonly (readonly [() => Promise<unknown>, object])[] = [
      [
        () => client.submitNewOrder({ ...ORDER, quantity: 2 }),
        { code: -2010, message: 'Account has insufficient balance for requested action.' },
      ],
      [
        () => client.submitNewOrder({ ...ORDER, price: 60_000.001 }),
        { code: -1013, message: 'Filter failure: PRICE_FILTER' },
      ],
      [
        () => client.cancelOrder({ symbol: 'BTCUSDT', orderId: 99 }),
        { code: -2011, message: 'Unknown order sent.' },
      ],
      [
        () => client.getOrder({ symbol: 'BTCUSDT', orderId: 99 }),
        { code: -2013, message: 'Order does not exist.' },
      ],
      [() => client.getOrderBook({ symbol: 'NOPE' }), { code: -1121, message: 'Invalid symbol.' }],
    ];
    for (const [attempt, error] of attempts) await expect(attempt()).rejects.toMatchObject(error);
  });

  it('tell of wrong keys and times', async () => {
    const venue = await start();
    const forger = restClient(venue, { ...venue.credentials, apiSecret: 'wrong' });
    await expect(forger.getAccountInformation()).rejects.toMatchObject({ code: -1022 });
    const client = restClient(venue);
    client.setTimeOffset(-10_000);
    await expect(client.getAccountInformation()).rejects.toMatchObject({ code: -1021 });
    client.setTimeOffset(0);
    venue.control.maintenance(true);
    await expect(client.getAccountInformation()).rejects.toMatchObject({ code: -1016 });
  });
});

const pem = {
  publicKey: { type: 'spki', format: 'pem' },
  privateKey: { type: 'pkcs8', format: 'pem' },
} as const;

/** A new account with a key of its client's own. */
const openAccount = ({ control }: Venue, type: 'Ed25519' | 'RSA'): Credentials => {
  const pair =
    type === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export(pem.publicKey).toString();
  const apiSecret = pair.privateKey.export(pem.privateKey).toString();
  const balances = { USDT: 100_000, BTC: 1 };
  const { credentials } = control.openAccount({ publicKey, balances });
  return { ...credentials, apiSecret };
};

it.each(['RSA', 'Ed25519'] as const)('keys of type %s sign requests', async (type) => {
  const venue = await start();
  const client = restClient(venue, openAccount(venue, type));
  await client.submitNewOrder({ ...ORDER, newClientOrderId: client.generateNewOrderId() });
  const { balances } = await client.getAccountInformation({ omitZeroBalances: true });
  expect(balances).toEqual([
    { asset: 'BTC', free: '1.00000000', locked: '0.00000000' },
    { asset: 'USDT', free: '99400.00000000', locked: '600.00000000' },
  ]);
});

/** The next message of a client that fits. */
const next = (client: WebsocketClient, fits: (message: unknown) => boolean): Promise<unknown> =>
  new Promise((resolve) => {
    const listen = (message: unknown) => {
      if (!fits(message)) return;
      client.off('message', listen);
      resolve(message);
    };
    client.on('message', listen);
  });

const dataOf = (message: unknown): object =>
  typeof message === 'object' && message !== null && 'data' in message
    ? (Object(message.data) as object)
    : (Object(message) as object);

const isOf = (type: string) => (message: unknown) => {
  const data = dataOf(message);
  return 'e' in data && data.e === type;
};

describe('market streams', () => {
  it('reach the client', async () => {
    const venue = await start({ seed: 4 });
    const client = streamClient(venue);
    const trade = next(client, isOf('trade'));
    const depth = next(client, isOf('depthUpdate'));
    await client.subscribe(['btcusdt@trade', 'btcusdt@depth@100ms', 'btcusdt@bookTicker'], 'main');
    venue.control.trader().market('buy', 0.01);
    expect(dataOf(await trade)).toMatchObject({ s: 'BTCUSDT' });
    expect(dataOf(await depth)).toMatchObject({ s: 'BTCUSDT' });
  });

  it('come back after a break', async () => {
    const venue = await start();
    const client = streamClient(venue);
    await client.subscribe('btcusdt@trade', 'main');
    const reconnected = once(client, 'reconnected');
    venue.control.disconnect('streams');
    await reconnected;
    const trade = next(client, isOf('trade'));
    const trading = setInterval(() => {
      venue.control.trader().limit('sell', 60_000, 1);
      venue.control.trader().market('buy', 1);
    }, 20);
    expect(dataOf(await trade)).toMatchObject({ s: 'BTCUSDT' });
    clearInterval(trading);
  });
});

describe.each(['HMAC', 'Ed25519'] as const)('the WebSocket API, with a key of type %s', (type) => {
  const open = async () => {
    const venue = await start();
    const keys = type === 'HMAC' ? venue.credentials : openAccount(venue, type);
    return { venue, client: apiClient(venue, keys) };
  };

  it('places, shows and cancels orders', async () => {
    const { client } = await open();
    const placed = await client.submitNewSpotOrder(timed(ORDER));
    expect(placed).toMatchObject({ status: 200, result: { status: 'NEW' } });
    const named = timed({ symbol: 'BTCUSDT', orderId: 1 });
    expect(await client.getSpotOrderStatus(named)).toMatchObject({ result: { status: 'NEW' } });
    expect(await client.cancelSpotOrder(named)).toMatchObject({ result: { status: 'CANCELED' } });
    await expect(client.cancelSpotOrder(named)).rejects.toMatchObject({
      error: { code: -2011, msg: 'Unknown order sent.' },
    });
  });

  it('streams the events of the account', async () => {
    const { client, venue } = await open();
    const ws = client.getWSClient();
    await client.subscribeUserDataStream('mainWSAPI');
    const report = next(ws, isOf('executionReport'));
    await client.submitNewSpotOrder(timed(ORDER));
    expect(dataOf(await report)).toMatchObject({ e: 'executionReport', x: 'NEW', s: 'BTCUSDT' });
    const filled = next(ws, isOf('executionReport'));
    venue.control.trader().market('sell', 0.01);
    expect(dataOf(await filled)).toMatchObject({ x: 'TRADE', X: 'FILLED' });
  });
});

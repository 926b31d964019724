import { once } from 'node:events';
import { USDMClient, WebsocketClient } from 'binance';
import { perpetualEmulator, type PerpetualVenue } from '../../src/emulator/index.js';

const venues: PerpetualVenue[] = [];
const streams: WebsocketClient[] = [];

const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };

afterEach(async () => {
  for (const client of streams.splice(0)) client.closeAll(true);
  await Promise.all(venues.splice(0).map((venue) => venue.close()));
});

const start = async (): Promise<PerpetualVenue> => {
  const venue = await perpetualEmulator({ traders: false }).listen();
  venues.push(venue);
  return venue;
};

const restClient = ({ domain, credentials }: PerpetualVenue): USDMClient =>
  new USDMClient({
    api_key: credentials.apiKey,
    api_secret: credentials.apiSecret,
    baseUrl: domain.rest,
    disableTimeSync: true,
  });

const ORDER = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: 0.01,
  price: 64_000,
} as const;

describe('a futures client of somebody else', () => {
  it('reads the market, trades, and reads its account', async () => {
    const venue = await start();
    const client = restClient(venue);
    const info = await client.getExchangeInfo();
    expect(info.symbols.map(({ symbol }) => symbol)).toContain('BTCUSDT');
    const { orderId } = await client.submitNewOrder(ORDER);
    expect(await client.getAllOpenOrders()).toHaveLength(1);
    expect((await client.getOrderBook({ symbol: 'BTCUSDT', limit: 5 })).bids).toHaveLength(1);
    venue.control.trader().market('sell', 0.004);
    expect(await client.getOrder({ symbol: 'BTCUSDT', orderId })).toMatchObject({
      status: 'PARTIALLY_FILLED',
    });
    await client.cancelOrder({ symbol: 'BTCUSDT', orderId });
    expect(await client.getAccountTrades({ symbol: 'BTCUSDT' })).toMatchObject([{ maker: true }]);
    expect(await client.setLeverage({ symbol: 'BTCUSDT', leverage: 5 })).toMatchObject({
      leverage: 5,
    });
    expect(await client.getCurrentPositionMode()).toEqual({ dualSidePosition: false });
    expect(venue.positions()).toMatchObject([{ symbol: 'BTCUSDT', side: 'both' }]);
  });

  it('places and cancels several orders at once, and reads candles', async () => {
    const venue = await start();
    const client = restClient(venue);
    const order = { ...ORDER, quantity: '0.01', price: '64000' };
    const placed = await client.submitMultipleOrders([order, { ...order, quantity: '0.00001' }]);
    expect(placed).toMatchObject([{ status: 'NEW' }, { code: -1111 }]);
    const orderIdList = venue.orders().map(({ orderId }) => orderId);
    expect(await client.cancelMultipleOrders({ symbol: 'BTCUSDT', orderIdList })).toMatchObject([
      { status: 'CANCELED' },
    ]);
    await client.submitNewOrder(ORDER);
    venue.control.trader().market('sell', 0.01);
    const [candle = []] = await client.getKlines({ symbol: 'BTCUSDT', interval: '1m' });
    expect(Number(candle[4])).toBe(64_000);
  });

  it('hears of the market', async () => {
    const venue = await start();
    const client = new WebsocketClient({ wsUrl: venue.domain.stream, reconnectTimeout: 50 }, quiet);
    streams.push(client);
    const told = once(client, 'message');
    const subscribed = once(client, 'response');
    await client.subscribe(['btcusdt@aggTrade'], 'usdmMarket');
    await subscribed;
    venue.control.trader('maker').limit('sell', 64_000, 1);
    venue.control.trader().market('buy', 0.01);
    const [message] = (await told) as [unknown];
    expect(JSON.stringify(message)).toContain('"e":"aggTrade"');
  });
});

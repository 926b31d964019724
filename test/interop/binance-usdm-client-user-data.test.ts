import { USDMClient, WebsocketClient } from 'binance';
import {
  filter,
  firstValueFrom,
  fromEvent,
  ReplaySubject,
  take,
  toArray,
  type Observable,
} from 'rxjs';
import { perpetualEmulator, type PerpetualVenue } from '../../src/emulator/index.js';

const ends: (() => unknown)[] = [];

// The client's timer that keeps a listen key alive is left behind when the client is closed.
const setTimer = globalThis.setInterval;
beforeEach(() => {
  jest
    .spyOn(globalThis, 'setInterval')
    .mockImplementation((...timer: Parameters<typeof setInterval>) => setTimer(...timer).unref());
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };

/** What the exchange told, as far as the tests look at it. */
interface Told {
  readonly e: string;
  readonly o: Readonly<Record<string, unknown>>;
  readonly a: {
    readonly m: string;
    readonly P: readonly Readonly<Record<string, unknown>>[];
    readonly B: readonly Readonly<Record<string, unknown>>[];
  };
}

/** A client of somebody else, which asks for a listen key and hears of its account. */
const start = async () => {
  const venue: PerpetualVenue = await perpetualEmulator({ traders: false }).listen();
  ends.push(venue.close);
  const { domain, credentials } = venue;
  const keys = { api_key: credentials.apiKey, api_secret: credentials.apiSecret };
  const rest = { baseUrl: domain.rest, disableTimeSync: true };
  const streams = new WebsocketClient(
    { ...keys, wsUrl: domain.stream, restOptions: rest, reconnectTimeout: 20 },
    quiet,
  );
  ends.push(() => streams.closeAll(true));
  const told$ = new ReplaySubject<Told>(Infinity);
  (fromEvent(streams, 'message') as Observable<Told>).subscribe(told$);
  const told = (event: string, count = 1): Promise<Told[]> =>
    firstValueFrom(
      told$.pipe(
        filter(({ e }) => e === event),
        take(count),
        toArray(),
      ),
    );
  await streams.subscribeUsdFuturesUserDataStream();
  return { venue, streams, told, client: new USDMClient({ ...keys, ...rest }) };
};

const ORDER = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: 0.01,
  price: 64_000,
} as const;

describe('the account of a futures client of somebody else', () => {
  it('is told of orders, their trades and what comes of them', async () => {
    const { venue, client, told } = await start();
    const { orderId } = await client.submitNewOrder(ORDER);
    venue.control.trader().market('sell', 0.01);
    const [placed, filled] = await told('ORDER_TRADE_UPDATE', 2);
    expect(placed?.o).toMatchObject({ i: orderId, x: 'NEW', X: 'NEW', S: 'BUY', p: '64000.0' });
    expect(filled?.o).toMatchObject({
      i: orderId,
      x: 'TRADE',
      X: 'FILLED',
      l: '0.010',
      L: '64000.0',
      N: 'USDT',
      n: '0.12800000',
      m: true,
    });
    const [account] = await told('ACCOUNT_UPDATE');
    expect(account?.a).toMatchObject({
      m: 'ORDER',
      P: [{ s: 'BTCUSDT', pa: '0.01', ep: '64000' }],
      B: [{ a: 'USDT', wb: '99999.87200000' }],
    });
  });

  it('is told of funding', async () => {
    const { venue, client, told } = await start();
    await client.submitNewOrder(ORDER);
    venue.control.trader().market('sell', 0.01);
    await told('ACCOUNT_UPDATE');
    venue.control.settleFunding('BTCUSDT');
    const [, funding] = await told('ACCOUNT_UPDATE', 2);
    expect(funding?.a).toMatchObject({ m: 'FUNDING_FEE', B: [{ a: 'USDT', bc: '-0.06400000' }] });
  });

  it('is followed with a new key after the old one has expired', async () => {
    const { venue, client, streams, told } = await start();
    const again = firstValueFrom(fromEvent(streams, 'reconnected'));
    venue.control.expireListenKeys();
    await told('listenKeyExpired');
    await again;
    const { orderId } = await client.submitNewOrder(ORDER);
    expect((await told('ORDER_TRADE_UPDATE'))[0]?.o).toMatchObject({ i: orderId, x: 'NEW' });
  });
});

import { MainClient, WebsocketClient } from 'binance';
import { first, firstValueFrom, interval, lastValueFrom, map, takeWhile } from 'rxjs';
import { binance } from '../../src/binance.js';
import { seededRandom } from '../../src/core/random.js';
import type { OpenedAccount } from '../../src/emulator/index.js';
import { emulator, type Venue } from '../../src/emulator/index.js';
import type { OrderBook } from '../../src/order-book/order-book.js';

const ROUNDS = 60;
const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };
const symbol = 'BTCUSDT';

type Sides = Readonly<
  Record<'bids' | 'asks', readonly (readonly [price: number, amount: number])[]>
>;

interface DepthEvent {
  readonly u: number;
  readonly b: readonly (readonly [string, string])[];
  readonly a: readonly (readonly [string, string])[];
}

/** Somebody with another client: orders by REST, and a book that is kept by its messages. */
const createOther = async ({ domain }: Venue, { credentials }: OpenedAccount) => {
  const rest = new MainClient({
    api_key: credentials.apiKey,
    api_secret: credentials.apiSecret,
    baseUrl: domain.rest,
    disableTimeSync: true,
  });
  const streams = new WebsocketClient({ wsUrl: domain.stream }, quiet);
  const events: DepthEvent[] = [];
  streams.on('message', (message) => {
    const event = message as unknown as DepthEvent & { readonly e?: string };
    if (event.e === 'depthUpdate') events.push(event);
  });
  await streams.subscribe([`${symbol.toLowerCase()}@depth@100ms`], 'main');
  const snapshot = await rest.getOrderBook({ symbol, limit: 1000 });
  const sides = { bids: new Map<number, number>(), asks: new Map<number, number>() };
  const put = (side: Map<number, number>, levels: DepthEvent['b']) => {
    for (const [price, amount] of levels) side.set(Number(price), Number(amount));
  };
  const levels = (side: Map<number, number>, sign: number) =>
    [...side].filter(([, amount]) => amount > 0).sort(([a], [b]) => sign * (a - b));
  return {
    rest,
    book: (): Sides => {
      put(sides.bids, snapshot.bids as DepthEvent['b']);
      put(sides.asks, snapshot.asks as DepthEvent['b']);
      for (const { u, b, a } of events) {
        if (u <= snapshot.lastUpdateId) continue;
        put(sides.bids, b);
        put(sides.asks, a);
      }
      return { bids: levels(sides.bids, -1), asks: levels(sides.asks, 1) };
    },
    close: () => streams.closeAll(true),
  };
};

const truth = ({ engine }: Venue): Sides => {
  const { bids, asks } = engine.depth(symbol, 1000);
  const numbers = (side: typeof bids) =>
    side.map(([price, amount]) => [price.toNumber(), amount.toNumber()] as const);
  return { bids: numbers(bids), asks: numbers(asks) };
};

const levelsOf = (book: OrderBook): Sides => {
  const { bids, asks } = book.snapshot();
  const pairs = (side: typeof bids) => side.map(([price, amount]) => [price, amount] as const);
  return { bids: pairs(bids), asks: pairs(asks) };
};

/** Waits until it is so, and gives up after a while. */
const until = (isSo: () => boolean): Promise<boolean> =>
  firstValueFrom(
    interval(20).pipe(
      map((times) => isSo() || times > 250),
      first((done) => done),
      map(isSo),
    ),
  );

it('two clients of different makers trade with each other, and agree on everything', async () => {
  const balances = { USDT: 1_000_000, BTC: 20 };
  const accounts = [{ accountId: 'other', balances }];
  const venue = await emulator({ traders: false, balances, accounts }).listen();
  const other = await createOther(venue, venue.accounts[0]!);
  const exchange = binance({ domain: venue.domain, credentials: venue.credentials });
  const random = seededRandom(5);
  const books: OrderBook[] = [];
  const fills: string[] = [];
  const errors: unknown[] = [];
  const subscriptions = [
    exchange.orderBook$('BTC-USDT').subscribe((book) => (books[0] = book)),
    exchange.fills$.subscribe(({ tradeId }) => fills.push(tradeId)),
    exchange.errors$.subscribe((error) => errors.push(error)),
  ];
  const price = () => 60_000 + Math.floor(random() * 20);
  const amount = () => (1 + Math.floor(random() * 9)) / 1_000;
  for (let round = 0; round < ROUNDS; round += 1) {
    const isBuy = random() < 0.5;
    if (round % 2 === 0) {
      const order = { pair: 'BTC-USDT', type: 'limit', price: price(), amount: amount() } as const;
      const place = isBuy ? exchange.buy : exchange.sell;
      await lastValueFrom(
        place(order).pipe(takeWhile(({ state }) => state === 'pending_create', true)),
      );
    } else {
      await other.rest.submitNewOrder({
        symbol,
        side: isBuy ? 'BUY' : 'SELL',
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity: amount(),
        price: price(),
      });
    }
  }
  const expected = truth(venue);
  const agrees = (book: Sides) => JSON.stringify(book) === JSON.stringify(expected);
  const ours = await until(() => books[0] !== undefined && agrees(levelsOf(books[0])));
  const theirs = await until(() => agrees(other.book()));
  const mine = venue.trades().map(({ tradeId }) => String(tradeId));
  const heard = await until(() => fills.length >= mine.length);
  const trades = await other.rest.getAccountTradeList({ symbol });
  const between = new Set(trades.map(({ id }) => String(id)));
  // An order that is alive keeps its connector up.
  await lastValueFrom(exchange.cancelAll());
  subscriptions.forEach((subscription) => subscription.unsubscribe());
  other.close();
  await venue.close();

  expect([ours, theirs, heard]).toEqual([true, true, true]);
  expect(fills.toSorted()).toEqual(mine.toSorted());
  // Trades with oneself are told twice; of all others both know.
  const withOther = mine.filter((id) => mine.indexOf(id) === mine.lastIndexOf(id));
  expect(withOther.filter((id) => !between.has(id))).toEqual([]);
  expect(withOther.length).toBeGreaterThan(5);
  expect(expected.bids.length + expected.asks.length).toBeGreaterThan(5);
  expect(errors).toEqual([]);
});

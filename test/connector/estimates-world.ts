import type { Connector } from '../../src/connector/connector.js';
import type { Balances } from '../../src/core/balance.js';
import { Decimal } from '../../src/core/decimal.js';
import type { OrderRequest, Side } from '../../src/core/order.js';
import { seededRandom } from '../../src/core/random.js';
import type { EngineOrder, OrderStatus } from '../../src/emulator/engine/model.js';
import { isDone, type InFlightOrder } from '../../src/orders/in-flight-order.js';
import { memoryStore } from '../../src/store/memory-store.js';
import type { RequestFault, VirtualRequest } from '../../src/testing/network-faults.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { createVirtualProcess } from '../../src/testing/virtual-process.js';
import { ACCOUNT, CANCEL, PLACE, STATUS, USER_STREAM } from '../support/orders.js';

/** What a seed came to. */
export interface Trial {
  /** Estimates that were not what the account had, though every order and fill was known. */
  readonly wrong: readonly string[];
  /** How many moments there were in which every order and fill was known, and nothing was broken. */
  readonly quietMoments: number;
  /** How often each thing was done. */
  readonly done: ReadonlyMap<string, number>;
}

const PRICES = [58_000, 59_000, 60_000, 61_000, 62_000];
const LATENCIES = [0, 5, 20, 60];
const REQUESTS = [PLACE, CANCEL, STATUS, ACCOUNT];
const REQUEST_FAULTS: readonly RequestFault[] = [
  { answer: 'broken connection' },
  { requestDelay: Infinity, answer: 'broken connection' },
  { answerDelay: Infinity },
  { requestDelay: Infinity },
  { requestDelay: 1_500 },
  { answerDelay: 1_500 },
  { answerDelay: 300 },
  { answer: { status: 503, headers: {}, body: '' } },
];

/** How far apart the looks at the balances are, in ms. */
const LOOK = 50;
/** How long an estimate may take to be right once nothing is in transit, beyond the network, in ms. */
const WITHIN = 1_500;
/** How long the connector may take to find out about others' orders, in ms. */
const FOREIGN_WITHIN = 7_000;

const statesOf: Readonly<Record<OrderStatus, string>> = {
  new: 'open',
  partially_filled: 'open',
  filled: 'filled',
  canceled: 'canceled',
  expired: 'canceled',
  expired_in_match: 'canceled',
};

const isOurs = ({ clientOrderId }: EngineOrder): boolean => clientOrderId.startsWith('rx-');

const stateOf = (order: InFlightOrder): string =>
  isDone(order) || order.state === 'pending_create' ? order.state : 'open';

/** Half an hour of trading without events of balances, while everything breaks. */
export const tryEstimates = (seed: number): Trial => {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const latency = pick(LATENCIES);
  const venue = createVirtualVenue({
    seed,
    latency,
    balanceMode: 'estimated',
    balances: { USDT: '3000', BTC: '0.05', BNB: '0.01' },
  });
  const { network, control, scheduler, credentials, engine } = venue;
  const store = memoryStore();
  const done = new Map<string, number>();
  const wrong: string[] = [];
  const begunAt = venue.now();
  let orders = new Map<string, InFlightOrder>();
  let balances: Balances = new Map();
  let exchange: Connector;
  let kill: () => void;
  let lives = 0;
  let foreignIds = 0;
  let quietMoments = 0;
  let knownSince = begunAt;
  let lastAccount = '';
  let lastOthers = '[]';
  let brokenUntil = -Infinity;

  const breakFor = (ms: number): void => {
    brokenUntil = Math.max(brokenUntil, venue.now() + ms);
  };

  const begin = (): void => {
    lives += 1;
    const { http, socket } = network;
    const life = createVirtualProcess({
      scheduler,
      http,
      socket,
      random: seededRandom(seed + lives),
    });
    kill = life.kill;
    exchange = venue.join({ credentials, store, environment: life.environment });
    balances = new Map();
    // What is over was known to an earlier life; what is not has to be restored.
    orders = new Map([...orders].filter(([, order]) => isDone(order)));
    const know = (order: InFlightOrder): unknown => orders.set(order.clientOrderId, order);
    exchange.orderUpdates$.subscribe(know);
    exchange.inFlightOrders$.subscribe((live) => live.forEach(know));
    exchange.balances$.subscribe((told) => (balances = told));
    exchange.connect().subscribe();
  };

  /** Whether the connector knows of each order, and all that was executed of it. */
  const isAllKnown = (): boolean => {
    const placed = venue.orders().filter(isOurs);
    const isKnown = placed.every(({ clientOrderId, status, executedAmount }) => {
      const order = orders.get(clientOrderId);
      return (
        order !== undefined &&
        stateOf(order) === statesOf[status] &&
        order.executedAmount.eq(executedAmount)
      );
    });
    const alive = [...orders.values()].filter((order) => !isDone(order)).length;
    return isKnown && alive === placed.filter(({ status }) => statesOf[status] === 'open').length;
  };

  /** What the estimates say that is not so; what they promise too much of comes first. */
  const faults = (): { readonly any: string | undefined; readonly tooMuch: boolean } => {
    const off = [...venue.balances()].flatMap(([asset, { free, locked }]) => {
      const { available, total } = balances.get(asset) ?? {};
      const isRight = free.eq(available ?? 0) && free.plus(locked).eq(total ?? 0);
      const text = `${available?.toFixed()} of ${total?.toFixed()} ${asset}, not ${free.toFixed()}`;
      return isRight ? [] : [{ text, tooMuch: available?.gt(free) === true }];
    });
    return { any: off[0]?.text, tooMuch: off.some(({ tooMuch }) => tooMuch) };
  };

  const look = (): void => {
    const now = venue.now();
    const account = JSON.stringify([...venue.balances()]);
    const others = JSON.stringify(venue.orders().filter((order) => !isOurs(order)));
    if (others !== lastOthers) breakFor(FOREIGN_WITHIN);
    if (account !== lastAccount || !isAllKnown() || balances.size === 0) knownSince = now;
    [lastAccount, lastOthers] = [account, others];
    const { any, tooMuch } = faults();
    const isQuiet = now >= Math.max(knownSince, brokenUntil) + WITHIN + 4 * latency;
    if (isQuiet) quietMoments += 1;
    const isPromised = tooMuch && now > knownSince + LOOK && now >= brokenUntil;
    if (any !== undefined && (isQuiet || isPromised))
      wrong.push(`seed ${seed}, after ${now - begunAt} ms: ${any}`);
  };

  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += LOOK) {
      venue.advance(LOOK);
      look();
    }
  };

  const requestOf = (side: Side): OrderRequest => {
    const pair = 'BTC-USDT';
    const price = pick(PRICES);
    const amount = (1 + Math.floor(random() * 30)) / 1_000;
    const type = pick(['limit', 'limit', 'limit', 'limit_maker', 'market'] as const);
    if (type === 'market')
      return side === 'buy' && random() < 0.5
        ? { pair, type, quoteAmount: new Decimal(price).times(amount) }
        : { pair, type, amount };
    const timeInForce = type === 'limit' ? pick(['GTC', 'GTC', 'IOC', 'FOK'] as const) : undefined;
    return { pair, type, amount, price, ...(timeInForce && { timeInForce }) };
  };

  const loseFrames = (): void => {
    network.frameFaults.add(({ path }) => path === USER_STREAM, {
      ...pick([{ copies: 0 }, { copies: 2 }, { delay: 200 }, { delay: 2_000 }]),
      times: pick([1, 2, 5]),
    });
  };

  const byHand = (): void => {
    const [side, price] = pick([
      ['buy', 30_000],
      ['sell', 90_000],
    ] as const);
    const amount = new Decimal('0.001');
    const { free } = venue.balances().get(side === 'buy' ? 'USDT' : 'BTC')!;
    if (free.lt(side === 'buy' ? amount.times(price) : amount)) return;
    engine.place('user', {
      symbol: 'BTCUSDT',
      clientOrderId: `by-hand-${(foreignIds += 1)}`,
      side,
      type: 'limit',
      price: new Decimal(price),
      amount,
    });
  };

  const cancelOne = (): void => {
    const live = [...orders.values()].filter((order) => !isDone(order));
    if (live.length > 0) exchange.cancel(pick(live).clientOrderId).subscribe({ error: ignore });
  };

  const breakSockets = (): void => {
    network.disconnect();
    breakFor(2_000);
  };

  const refuseSockets = (): void => {
    const ms = 3_000 + random() * 20_000;
    network.disconnect();
    network.refuseSockets(true);
    scheduler.schedule(() => network.refuseSockets(false), ms);
    breakFor(ms);
  };

  const failRequests = (): void => {
    const name = pick(REQUESTS);
    const meets = (request: VirtualRequest): boolean => {
      if (request.name === name) breakFor(30_000);
      return request.name === name;
    };
    network.requestFaults.add(meets, { ...pick(REQUEST_FAULTS), times: pick([1, 2]) });
  };

  const restart = (): void => {
    kill();
    pass(pick([0, 100, 3_000]));
    begin();
    breakFor(5_000);
  };

  /** Of orders by hand nobody learns whose frames are lost. */
  const isAlone = seed % 3 !== 0;
  const acts: readonly (readonly [name: string, weight: number, act: () => void])[] = [
    ['buy', 20, () => exchange.buy(requestOf('buy')).subscribe({ error: ignore })],
    ['sell', 20, () => exchange.sell(requestOf('sell')).subscribe({ error: ignore })],
    ['bid of others', 15, () => venue.rival('buy', `${pick(PRICES)}`, `0.0${pick([1, 2, 25])}`)],
    ['ask of others', 15, () => venue.rival('sell', `${pick(PRICES)}`, `0.0${pick([1, 2, 25])}`)],
    ['cancel', 10, cancelOne],
    ['cancel all', 2, () => exchange.cancelAll().subscribe()],
    ['events before answers', 1, () => control.userEvents('before', pick([0, 25, 300]))],
    ['events after answers', 1, () => control.userEvents('after', pick([0, 25, 300]))],
    ['fees', 1, () => control.payFeesInBnb('user', pick([true, false]))],
    ['broken sockets', 3, breakSockets],
    ['refused sockets', 1, refuseSockets],
    ['failed requests', 4, failRequests],
    ['restart', 3, restart],
    isAlone ? ['disturbed frames', 3, loseFrames] : ['order by hand', 3, byHand],
  ];
  const drawn = acts.flatMap(([name, weight, act]) =>
    Array.from({ length: weight }, () => [name, act] as const),
  );

  const rates = control.trader('bnb');
  rates.limit('sell', '600', '1', 'BNBUSDT');
  rates.limit('buy', '600', '2', 'BNBUSDT');
  begin();
  pass(2_000);
  for (let turn = 0; turn < 60; turn += 1) {
    const [name, act] = pick(drawn);
    done.set(name, (done.get(name) ?? 0) + 1);
    act();
    pass(pick([0, 0, 50, 50, 200, 1_000, 5_000, 20_000]));
  }
  network.refuseSockets(false);
  breakFor(30_000);
  pass(60_000);
  return { wrong, quietMoments, done };
};

const ignore = (): void => undefined;

import * as t from 'io-ts';
import type {
  Endpoint,
  Failure,
  Params,
  PerpetualExchange,
  UserStreamEvent,
} from '../../src/core/contract.js';
import { Decimal } from '../../src/core/decimal.js';
import { flatFees, type TradeFeeSchema } from '../../src/core/fee.js';
import type { FundingInfo, FundingPayment } from '../../src/core/funding.js';
import type { OrderUpdate } from '../../src/core/order.js';
import {
  positionKey,
  type Position,
  type PositionKey,
  type PositionMode,
  type PositionSide,
} from '../../src/core/position.js';
import type { TradingPair } from '../../src/core/trading-pair.js';
import type { TradingRule } from '../../src/core/trading-rule.js';
import type { Connection, Dialect, HttpRequest, HttpResponse } from '../../src/emulator/dialect.js';

/** Fees are paid in the collateral. */
const fees: TradeFeeSchema = {
  ...flatFees({ maker: '0.0002', taker: '0.0005' }),
  paidFrom: 'quote',
};

const steps = {
  minAmount: new Decimal('0.001'),
  maxAmount: new Decimal(1_000),
  amountStep: new Decimal('0.001'),
  minNotional: new Decimal(5),
  maxNotional: new Decimal(Infinity),
};

const ruleOf = (base: string): TradingRule => ({
  ...steps,
  pair: `${base}-USDT`,
  symbol: `${base}USDT`,
  base,
  quote: 'USDT',
  tradable: true,
  orderTypes: ['limit', 'limit_maker', 'market'],
  minPrice: new Decimal('0.1'),
  maxPrice: new Decimal(1_000_000),
  priceStep: new Decimal('0.1'),
  market: { ...steps, byQuoteAmount: false, quoteAmountStep: new Decimal('0.01') },
  selfTradePrevention: [],
  collateral: { buy: 'USDT', sell: 'USDT' },
});

const rules = [ruleOf('BTC'), ruleOf('ETH')];
const ruleBySymbol = (symbol: string): TradingRule => rules.find((rule) => rule.symbol === symbol)!;

/** The paths of the calls that tests look for. */
export const paths = {
  positions: 'GET /positions',
  payments: 'GET /payments',
  leverage: 'GET /leverage',
  setLeverage: 'POST /leverage',
  mode: 'GET /mode',
  setMode: 'POST /mode',
  place: 'POST /order',
  funding: 'GET /funding',
  balances: 'GET /balances',
};

/** What the exchange refuses a request with. */
type Refusal = Pick<Failure, 'kind' | 'code'>;

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.kind);
  }
}

/** The codes of its refusals. */
export const codes = { alreadySo: -1, open: -2, otherMode: -3 } as const;

const stream = 'wss://venue.test/stream';
const account = 'wss://venue.test/account';

/**
 * An exchange of perpetuals, made up: what it sends are the numbers of values that lie here, so that it needs no
 * codecs. It settles nothing by itself.
 */
export const createPerpetualVenue = (now: () => number) => {
  const values: unknown[] = [];
  const ref = (value: unknown): number => values.push(value) - 1;
  const positions = new Map<PositionKey, Position>();
  const leverage = new Map<string, number>();
  const payments: FundingPayment[] = [];
  const orders: (Params & { readonly exchangeOrderId: string })[] = [];
  const users = new Set<Connection>();
  const followers = new Map<Connection, Set<string>>();
  const world = { mode: 'one_way' as PositionMode, available: new Decimal(1_000) };
  let refusal: Refusal | undefined;
  let info: FundingInfo = {
    pair: 'BTC-USDT',
    indexPrice: new Decimal(60_000),
    markPrice: new Decimal(60_010),
    rate: new Decimal('0.0001'),
    nextFundingTime: now() + 3_600_000,
    time: now(),
  };

  const tell = (...events: readonly UserStreamEvent[]): void => {
    for (const user of users) user.send(JSON.stringify({ ref: ref(events) }));
  };
  const isOpen = (): boolean => positions.size > 0;

  const setMode = (mode: PositionMode): unknown => {
    if (mode === world.mode) throw new Refused({ kind: 'exchange', code: codes.alreadySo });
    if (isOpen()) throw new Refused({ kind: 'position_conflict', code: codes.open });
    world.mode = mode;
    return {};
  };
  const setLeverage = (symbol: string, value: number): number => {
    if (value === leverage.get(symbol))
      throw new Refused({ kind: 'exchange', code: codes.alreadySo });
    if (isOpen() && value < (leverage.get(symbol) ?? 20))
      throw new Refused({ kind: 'position_conflict', code: codes.open });
    leverage.set(symbol, value);
    tell({ kind: 'leverage', pair: ruleBySymbol(symbol).pair, leverage: value, time: now() });
    return value;
  };
  const place = (order: Params): readonly OrderUpdate[] => {
    const isFit = (world.mode === 'one_way') === (order.positionSide === 'net');
    if (!isFit) throw new Refused({ kind: 'invalid_order', code: codes.otherMode });
    const exchangeOrderId = `${orders.length + 1}`;
    orders.push({ ...order, exchangeOrderId });
    const update: OrderUpdate = {
      kind: 'order',
      pair: ruleBySymbol(order.symbol!).pair,
      clientOrderId: order.clientOrderId!,
      exchangeOrderId,
      status: 'open',
      executedAmount: new Decimal(0),
      time: now(),
    };
    return [update];
  };

  const answers: Readonly<Record<string, (params: Params) => unknown>> = {
    'GET /ping': () => ({}),
    'GET /time': () => now(),
    'GET /rules': () => ({ rules, problems: [], limits: {} }),
    'GET /price': () => new Decimal(60_000),
    [paths.funding]: () => ({ ...info, time: now() }),
    [paths.payments]: ({ since }) =>
      payments.filter(({ time }) => time >= Number(since)).slice(0, 3),
    [paths.positions]: () => ({ kind: 'positions', positions: [...positions.values()] }),
    [paths.leverage]: ({ symbol }) => leverage.get(symbol!) ?? 20,
    [paths.setLeverage]: ({ symbol, leverage: value }) => setLeverage(symbol!, Number(value)),
    [paths.mode]: () => world.mode,
    [paths.setMode]: ({ mode }) => setMode(mode as PositionMode),
    [paths.place]: place,
    [paths.balances]: () => ({
      kind: 'balances',
      balances: new Map([['USDT', { total: new Decimal(1_000), available: world.available }]]),
      time: 0,
    }),
    'GET /open': () => [],
    'GET /order': () => [],
    'GET /fills': () => [],
    'GET /fees': () => fees,
  };

  const handle = ({ method, path, query }: HttpRequest): HttpResponse => {
    const answer = (status: number, body: unknown): HttpResponse => ({
      status,
      headers: {},
      body: JSON.stringify(body),
    });
    try {
      if (refusal !== undefined) throw new Refused(refusal);
      const params = Object.fromEntries(new URLSearchParams(query));
      return answer(200, { ref: ref(answers[`${method} ${path}`]!(params)) });
    } catch (error) {
      if (error instanceof Refused) return answer(400, error.refusal);
      throw error;
    }
  };

  const endpoint: Dialect['endpoint'] = (path) => (connection) => ({
    receive: (text) => {
      const frame = JSON.parse(text) as {
        subscribe?: string[];
        unsubscribe?: string[];
        id?: number;
      };
      if (path === '/account') {
        if (frame.id === undefined) users.add(connection);
        connection.send(
          JSON.stringify({ ref: ref(frame.id === undefined ? [{ kind: 'subscribed' }] : []) }),
        );
        return;
      }
      const topics = followers.get(connection) ?? new Set();
      followers.set(connection, topics);
      frame.subscribe?.forEach((topic) => topics.add(topic));
      frame.unsubscribe?.forEach((topic) => topics.delete(topic));
      connection.send(JSON.stringify({ id: frame.id }));
    },
    control: () => undefined,
    closed: () => {
      users.delete(connection);
      followers.delete(connection);
    },
  });

  const decode = <Output>(body: unknown): t.Validation<Output> => {
    const number = (body as { readonly ref?: number }).ref;
    return number === undefined ? t.failure(body, []) : t.success(values[number] as Output);
  };
  const call = <Input, Output>(
    name: string,
    params: (input: Input) => Params = () => ({}),
  ): Endpoint<Input, Output> => {
    const [method = 'GET', path = ''] = name.split(' ');
    return {
      method: method as 'GET',
      path,
      signed: !['/ping', '/time', '/rules', '/price', '/funding'].includes(path),
      priority: 'query',
      weights: { weight: 1 },
      params,
      decode,
    };
  };
  const ofMarket = ({ rule }: { readonly rule: TradingRule }): Params => ({ symbol: rule.symbol });
  const socket = { weights: {}, priority: 'query', lifetime: 24 * 3_600_000 } as const;

  const exchange: PerpetualExchange = {
    name: 'made-up',
    domains: { main: { rest: 'https://venue.test', stream, wsApi: account } },
    limits: { weight: { limit: 1_000, interval: 60_000 } },
    sign: ({ params }) => ({ query: new URLSearchParams(params).toString(), headers: {} }),
    usage: () => ({}),
    failure: ({ body }) => ({ message: 'No.', ...(JSON.parse(body) as Refusal) }),
    ping: call('GET /ping'),
    time: call('GET /time'),
    rules: call('GET /rules'),
    lastPrice: call('GET /price'),
    streams: {
      socket,
      url: (domain) => domain.stream,
      subscribe: (topics, id) => JSON.stringify({ subscribe: topics, id }),
      unsubscribe: (topics, id) => JSON.stringify({ unsubscribe: topics, id }),
      ping: (id) => JSON.stringify({ id }),
      read: (frame) => {
        const { id, topic, data } = frame as { id?: number; topic: string; data: unknown };
        return t.success(
          id === undefined ? { type: 'data', topic, data } : { type: 'acknowledged', id },
        );
      },
      limits: { topicsPerSocket: 200, topicsPerMessage: 100, messagesPerSecond: 5 },
    },
    orderBook: {
      type: 'snapshotAndDiffs',
      snapshot: call('GET /book', ofMarket),
      diffs: { topic: ({ symbol }) => `${symbol}@depth`, decode },
      attach: () => 'next',
      follow: () => 'next',
    },
    trades: {
      channel: { topic: ({ symbol }) => `${symbol}@trade`, decode },
      since: call('GET /trades', ofMarket),
      pageSize: 100,
      follow: () => 'next',
    },
    userStream: {
      type: 'signedRequest',
      socket,
      url: ({ wsApi }) => wsApi,
      subscribe: () => JSON.stringify({ subscribe: true }),
      ping: () => JSON.stringify({ id: 1 }),
      decode,
    },
    orders: {
      place: call(
        paths.place,
        ({ rule, clientOrderId, side, positionSide, reduceOnly, amount }) => ({
          symbol: rule.symbol,
          clientOrderId,
          side,
          positionSide: positionSide ?? '',
          reduceOnly: String(reduceOnly),
          amount: amount?.toFixed() ?? '',
        }),
      ),
      cancel: call('DELETE /order'),
      status: call('GET /order'),
      fills: call('GET /fills'),
      fillsPerAnswer: 100,
      open: call('GET /open'),
      validity: 5_000,
      ruleViolations: new Set(),
      clientOrderId: { maxLength: 36, charset: /^[a-zA-Z0-9-]+$/ },
    },
    balances: call(paths.balances),
    balanceMode: 'asked',
    fees,
    tradeFees: call('GET /fees', ofMarket),
    perpetual: {
      fundingInfo: { topic: ({ symbol }) => `${symbol}@funding`, decode },
      latestFundingInfo: call(paths.funding, ofMarket),
      fundingPayments: call(paths.payments, ({ since }) => ({ since: `${since}` })),
      paymentsPerAnswer: 3,
      positions: call(paths.positions),
      leverage: call(paths.leverage, ofMarket),
      setLeverage: call(paths.setLeverage, ({ rule, leverage: value }) => ({
        symbol: rule.symbol,
        leverage: `${value}`,
      })),
      positionMode: call(paths.mode),
      setPositionMode: call(paths.setMode, ({ mode }) => ({ mode })),
      positionModes: ['one_way', 'hedge'],
      alreadySo: new Set([codes.alreadySo]),
      modeViolations: new Set([codes.otherMode]),
    },
  };

  /** Changes a position; the account's stream tells it unless it is said not to. */
  const hold = (
    amount: string,
    {
      pair = 'BTC-USDT',
      side = 'net',
      isTold = true,
    }: {
      readonly pair?: TradingPair;
      readonly side?: PositionSide;
      readonly isTold?: boolean;
    } = {},
  ): Position => {
    const position: Position = {
      pair,
      side,
      amount: new Decimal(amount),
      entryPrice: new Decimal(60_000),
      unrealizedPnl: new Decimal(0),
      time: now(),
    };
    if (position.amount.isZero()) positions.delete(positionKey(pair, side));
    else positions.set(positionKey(pair, side), position);
    if (isTold) tell({ kind: 'positions', positions: [position] });
    return position;
  };

  /** Pays funding, or takes it; the account's stream tells only that it happened, if at all. */
  const pay = (amount: string, { isTold = false } = {}): FundingPayment => {
    const payment: FundingPayment = {
      id: `${payments.length + 1}`,
      pair: 'BTC-USDT',
      asset: 'USDT',
      amount: new Decimal(amount),
      time: now(),
    };
    payments.push(payment);
    if (isTold) tell({ kind: 'funding', time: now() });
    return payment;
  };

  return {
    exchange,
    dialect: { handle, endpoint } satisfies Dialect,
    world,
    orders,
    leverage,
    tell,
    hold,
    pay,
    /** Tells what holding BTC costs now. */
    quote: (markPrice: number, more: Partial<FundingInfo> = {}) => {
      info = { ...info, markPrice: new Decimal(markPrice), time: now(), ...more };
      for (const [connection, topics] of followers)
        if (topics.has('BTCUSDT@funding'))
          connection.send(JSON.stringify({ topic: 'BTCUSDT@funding', data: { ref: ref(info) } }));
    },
    /** Refuses every request from now on, or none. */
    refuse: (next: Refusal | undefined) => {
      refusal = next;
    },
  };
};

import type { OrderType, Side, TimeInForce } from '../../../src/core/order.js';
import type {
  OrderStatus,
  RejectReason,
  SelfTradeMode,
} from '../../../src/emulator/engine/model.js';

/** Prices in steps of 0.01, amounts in steps of 0.001, so that one of each is worth 1,000 units of 1e-8. */
export const VALUE = 1_000n;
export const BASE = 100_000n;

export interface NaiveRequest {
  readonly accountId: string;
  readonly base: string;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly price: bigint;
  readonly amount: bigint;
  /** In units of 1e-8; for market orders, instead of `amount`. */
  readonly quoteAmount: bigint | undefined;
  readonly selfTrade: SelfTradeMode;
}

export interface NaiveOrder extends Omit<NaiveRequest, 'amount'> {
  readonly orderId: number;
  amount: bigint;
  executed: bigint;
  prevented: bigint;
  status: OrderStatus;
  expiry?: string;
}

export interface NaiveFill {
  readonly maker: NaiveOrder;
  readonly amount: bigint;
}

/** What an order and a maker of the same account lose. */
interface NaiveLoss {
  readonly maker: NaiveOrder;
  readonly ofTaker: bigint;
  readonly ofMaker: bigint;
}

type NaiveStep = NaiveFill | NaiveLoss;

/** In millionths, cut to whole units. */
export interface NaiveFees {
  readonly maker: bigint;
  readonly taker: bigint;
}

const isOpen = ({ status }: NaiveOrder): boolean =>
  status === 'new' || status === 'partially_filled';

const restOf = ({ amount, executed, prevented }: NaiveOrder): bigint =>
  amount - executed - prevented;

const lose = (order: NaiveOrder, amount: bigint): void => {
  order.prevented += amount;
  if (amount > 0n && restOf(order) === 0n) order.status = 'expired_in_match';
};

/**
 * The exchange as slowly and plainly as it can be said: a list of orders and what each account owns.
 * What is locked, the book and its order are worked out anew from the list each time.
 */
export class NaiveExchange {
  readonly orders: NaiveOrder[] = [];
  /** What each account owns, locked or not, in units of 1e-8, by `account asset`. */
  readonly owned = new Map<string, bigint>();

  constructor(private readonly fees: NaiveFees) {}

  own(accountId: string, asset: string, amount: bigint): void {
    const name = `${accountId} ${asset}`;
    this.owned.set(name, (this.owned.get(name) ?? 0n) + amount);
  }

  open(accountId?: string): NaiveOrder[] {
    return this.orders.filter(
      (order) => isOpen(order) && (accountId === undefined || order.accountId === accountId),
    );
  }

  locked(accountId: string, asset: string): bigint {
    return this.open(accountId)
      .map((order) => {
        const rest = restOf(order);
        if (order.side === 'sell') return order.base === asset ? rest * BASE : 0n;
        return asset === 'USDT' ? rest * order.price * VALUE : 0n;
      })
      .reduce((a, b) => a + b, 0n);
  }

  free(accountId: string, asset: string): bigint {
    return (this.owned.get(`${accountId} ${asset}`) ?? 0n) - this.locked(accountId, asset);
  }

  cancel(accountId: string, orderId: number): RejectReason | undefined {
    const order = this.open(accountId).find((candidate) => candidate.orderId === orderId);
    if (!order) return 'unknown_order';
    order.status = 'canceled';
    return undefined;
  }

  place(request: NaiveRequest): RejectReason | { order: NaiveOrder; fills: NaiveFill[] } {
    const { accountId, base, side, type, timeInForce } = request;
    if (this.open(accountId).some((o) => o.clientOrderId === request.clientOrderId)) {
      return 'duplicate_client_order_id';
    }
    const { steps, left } = this.stepsFor(request);
    const fills = steps.flatMap((step) => ('amount' in step ? [step] : []));
    const lost = steps.reduce((a, step) => a + ('ofTaker' in step ? step.ofTaker : 0n), 0n);
    const total = fills.reduce((a, fill) => a + fill.amount, 0n);
    const value = fills.reduce((a, fill) => a + fill.amount * fill.maker.price * VALUE, 0n);
    const amount = request.quoteAmount === undefined ? request.amount : total + lost;
    const buyCost = type === 'market' ? value : amount * request.price * VALUE;
    const [asset, cost] = side === 'buy' ? ['USDT', buyCost] : [base, amount * BASE];
    if (cost > this.free(accountId, asset)) return 'insufficient_balance';
    if (type === 'limit_maker' && steps.length > 0) return 'would_match';

    const orderId = this.orders.length + 1;
    const identity = { orderId, amount, executed: 0n, prevented: 0n, status: 'new' } as const;
    const order: NaiveOrder = { ...request, ...identity };
    this.orders.push(order);
    const tif = type === 'limit' ? timeInForce : 'GTC';
    const killed = tif === 'FOK' && total < amount;
    for (const step of killed ? [] : steps) {
      if ('amount' in step) this.trade(order, step.maker, step.amount);
      else {
        lose(step.maker, step.ofMaker);
        lose(order, step.ofTaker);
      }
    }
    const last = steps.at(-1);
    const isOver = !killed && !left && last !== undefined;
    if (isOver && 'amount' in last) order.status = 'filled';
    if (!isOver) {
      const expiry =
        type === 'market' ? 'no_liquidity' : { GTC: undefined, IOC: 'ioc_rest', FOK: 'fok' }[tif];
      if (expiry) Object.assign(order, { status: 'expired', expiry });
    }
    return { order, fills: killed ? [] : fills };
  }

  /** What an order meets, and whether it wants more. */
  private stepsFor(request: NaiveRequest): { steps: NaiveStep[]; left: boolean } {
    const { accountId, side, type, price, quoteAmount, selfTrade } = request;
    const steps: NaiveStep[] = [];
    let amount = request.amount;
    let funds = quoteAmount;
    for (const maker of this.queue(request)) {
      const worse = side === 'buy' ? maker.price > price : maker.price < price;
      if (type !== 'market' && worse) break;
      const unit = maker.price * VALUE;
      const open = funds === undefined ? amount : funds / unit;
      if (open === 0n) return { steps, left: true };
      const rest = restOf(maker);
      const part = open < rest ? open : rest;
      const isOwn = selfTrade !== 'none' && maker.accountId === accountId;
      const losses = {
        none: [part, part],
        expire_taker: [open, 0n],
        expire_maker: [0n, rest],
        expire_both: [open, rest],
        decrement: [part, part],
        transfer: [part, part],
      } as const;
      const [used, ofMaker] = losses[isOwn ? selfTrade : 'none'];
      steps.push(isOwn ? { maker, ofTaker: used, ofMaker } : { maker, amount: part });
      amount -= used;
      if (funds !== undefined) funds -= used * unit;
      if (funds === undefined ? amount === 0n : funds < unit) return { steps, left: false };
    }
    return { steps, left: true };
  }

  private queue({ base, side }: NaiveRequest): NaiveOrder[] {
    const direction = side === 'buy' ? 1n : -1n;
    return this.open()
      .filter((order) => order.base === base && order.side !== side)
      .sort((a, b) => Number(direction * (a.price - b.price)) || a.orderId - b.orderId);
  }

  private trade(taker: NaiveOrder, maker: NaiveOrder, amount: bigint): void {
    const value = amount * maker.price * VALUE;
    for (const order of [maker, taker]) {
      const rate = order === maker ? this.fees.maker : this.fees.taker;
      const [paid, cost, received, income] =
        order.side === 'buy'
          ? (['USDT', value, order.base, amount * BASE] as const)
          : ([order.base, amount * BASE, 'USDT', value] as const);
      const fee = (income * rate) / 1_000_000n;
      this.own(order.accountId, paid, -cost);
      this.own(order.accountId, received, income - fee);
      this.own('fees', received, fee);
      order.executed += amount;
      order.status = restOf(order) === 0n ? 'filled' : 'partially_filled';
    }
  }
}

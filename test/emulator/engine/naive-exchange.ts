import type { OrderType, Side, TimeInForce } from '../../../src/core/order.js';
import type { OrderStatus, RejectReason } from '../../../src/emulator/engine/model.js';

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
}

export interface NaiveOrder extends Omit<NaiveRequest, 'amount'> {
  readonly orderId: number;
  amount: bigint;
  executed: bigint;
  status: OrderStatus;
  expiry?: string;
}

export interface NaiveFill {
  readonly maker: NaiveOrder;
  readonly amount: bigint;
}

/** In millionths, cut to whole units. */
export interface NaiveFees {
  readonly maker: bigint;
  readonly taker: bigint;
}

const isOpen = ({ status }: NaiveOrder): boolean =>
  status === 'new' || status === 'partially_filled';

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
        const rest = order.amount - order.executed;
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
    const { fills, complete } = this.fillsFor(request);
    const total = fills.reduce((a, fill) => a + fill.amount, 0n);
    const value = fills.reduce((a, fill) => a + fill.amount * fill.maker.price * VALUE, 0n);
    const amount = request.quoteAmount === undefined ? request.amount : total;
    const buyCost = type === 'market' ? value : amount * request.price * VALUE;
    const [asset, cost] = side === 'buy' ? ['USDT', buyCost] : [base, amount * BASE];
    if (cost > this.free(accountId, asset)) return 'insufficient_balance';
    if (type === 'limit_maker' && fills.length > 0) return 'would_match';

    const orderId = this.orders.length + 1;
    const order: NaiveOrder = { ...request, orderId, amount, executed: 0n, status: 'new' };
    this.orders.push(order);
    const killed = type === 'limit' && timeInForce === 'FOK' && !complete;
    const carried = killed ? [] : fills;
    for (const { maker, amount: part } of carried) this.trade(order, maker, part);
    if (complete) order.status = 'filled';
    else {
      const expiry =
        type === 'market'
          ? 'no_liquidity'
          : type === 'limit' && timeInForce !== 'GTC'
            ? { IOC: 'ioc_rest', FOK: 'fok' }[timeInForce]
            : undefined;
      if (expiry) Object.assign(order, { status: 'expired', expiry });
    }
    return { order, fills: carried };
  }

  private fillsFor({ base, side, type, price, amount, quoteAmount }: NaiveRequest) {
    const fills: NaiveFill[] = [];
    let left = amount;
    let funds = quoteAmount;
    let complete = false;
    const makers = this.open()
      .filter((order) => order.base === base && order.side !== side)
      .sort(
        (a, b) =>
          Number(side === 'buy' ? a.price - b.price : b.price - a.price) || a.orderId - b.orderId,
      );
    for (const maker of makers) {
      const worse = side === 'buy' ? maker.price > price : maker.price < price;
      if (complete || (type !== 'market' && worse)) break;
      const open = funds === undefined ? left : funds / (maker.price * VALUE);
      const rest = maker.amount - maker.executed;
      const part = open < rest ? open : rest;
      if (part === 0n) break;
      fills.push({ maker, amount: part });
      left -= part;
      if (funds !== undefined) funds -= part * maker.price * VALUE;
      complete = funds === undefined ? left === 0n : funds < maker.price * VALUE;
    }
    return { fills, complete };
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
      order.status = order.executed === order.amount ? 'filled' : 'partially_filled';
    }
  }
}

import assert from 'node:assert/strict';
import { Decimal, sum, ZERO } from '../../../src/core/decimal.js';
import type { Side } from '../../../src/core/order.js';
import type {
  AccountBalance,
  EngineEvent,
  EngineOrder,
  PreventedMatch,
} from '../../../src/emulator/engine/model.js';

type OrderEvent = Extract<EngineEvent, { type: 'order' }>;

const isOpen = ({ status }: EngineOrder): boolean =>
  status === 'new' || status === 'partially_filled';

const restOf = ({ amount, executedAmount, preventedAmount }: EngineOrder): Decimal =>
  amount.minus(executedAmount).minus(preventedAmount);

/** Rebuilds the exchange from its events alone, and objects to what they may not say. */
export class Auditor {
  readonly orders = new Map<number, EngineOrder>();
  readonly balances = new Map<string, Map<string, AccountBalance>>();
  batches = 0;
  readonly #books = new Map<string, Map<string, Decimal>>();
  readonly #ids = new Map<string, number>();

  take(batch: readonly EngineEvent[]): void {
    this.batches += 1;
    assert.match(
      batch.map(({ type }) => type).join(' '),
      /^((order ?)+(balances ?)*(book ?)*(trade ?)*|transfer( balances)?)$/,
    );
    for (const event of batch) this.#apply(event);
  }

  openOrders(symbol: string, side: Side): EngineOrder[] {
    return [...this.orders.values()].filter(
      (order) => order.symbol === symbol && order.side === side && isOpen(order),
    );
  }

  /** The levels of the replayed book events, best first. */
  levels(symbol: string, side: Side): [string, string][] {
    const levels = [...(this.#books.get(`${symbol} ${side}`) ?? [])];
    const direction = side === 'buy' ? -1 : 1;
    return levels
      .sort(([a], [b]) => direction * new Decimal(a).comparedTo(b)!)
      .map(([price, amount]) => [price, amount.toFixed()]);
  }

  lastId(counter: string): number {
    return this.#ids.get(counter) ?? 0;
  }

  #apply(event: EngineEvent): void {
    switch (event.type) {
      case 'order':
        this.#next(`${event.order.symbol} execution`, event.executionId);
        this.#order(event);
        return;
      case 'transfer':
        return;
      case 'balances':
        for (const [asset, balance] of event.balances) {
          const assets = this.balances.get(event.accountId) ?? new Map<string, AccountBalance>();
          this.balances.set(event.accountId, assets.set(asset, balance));
        }
        return;
      case 'book':
        this.#next(`${event.symbol} update`, event.updateId);
        this.#level(event);
        return;
      case 'trade':
        this.#next(`${event.symbol} trade`, event.tradeId);
    }
  }

  #order(event: OrderEvent): void {
    const { execution, order, trade, prevention } = event;
    const known = this.orders.get(order.orderId);
    assert(Object.isFrozen(order));
    assert.equal(known === undefined, execution === 'new');
    assert.equal(trade !== undefined, execution === 'trade');
    assert.equal(prevention !== undefined, execution === 'prevented');
    if (known) assert(isOpen(known));
    if (known && prevention) this.#prevented(known, order, prevention);
    if (execution === 'replaced') assert(known && order.amount.lt(known.amount));
    else if (known) assert.deepEqual(order.amount, known.amount);
    if (known && trade) {
      assert.deepEqual(order.executedAmount, known.executedAmount.plus(trade.amount));
      assert.deepEqual(order.executedQuote, known.executedQuote.plus(trade.quoteAmount));
      if (trade.isMaker) this.#expectFirst(known, trade.price);
    }
    this.orders.set(order.orderId, order);
  }

  /** The order lost what the match says, and the maker was the first to be met. */
  #prevented(known: EngineOrder, order: EngineOrder, match: PreventedMatch): void {
    const isMaker = order.orderId === match.makerOrderId;
    const lost = isMaker ? match.makerAmount : match.takerAmount;
    assert(lost.gt(ZERO));
    assert.deepEqual(order.preventedAmount, known.preventedAmount.plus(lost));
    if (isMaker) assert.equal(order.status === 'expired_in_match', restOf(order).isZero());
    const maker = this.orders.get(match.makerOrderId);
    if (maker && isOpen(maker) && (isMaker || match.makerAmount.isZero())) {
      this.#expectFirst(maker, match.price);
    }
  }

  /** No fill skips a better or an older order. */
  #expectFirst(maker: EngineOrder, price: Decimal): void {
    assert.deepEqual(price, maker.price);
    const direction = maker.side === 'buy' ? -1 : 1;
    const [first] = this.openOrders(maker.symbol, maker.side)
      .filter(({ workedAt }) => workedAt !== undefined)
      .sort((a, b) => direction * a.price.comparedTo(b.price)! || a.orderId - b.orderId);
    assert.equal(first?.orderId, maker.orderId);
  }

  #level({ symbol, side, price, amount }: Extract<EngineEvent, { type: 'book' }>): void {
    const name = `${symbol} ${side}`;
    const levels = this.#books.get(name) ?? new Map<string, Decimal>();
    const before = levels.get(price.toFixed()) ?? ZERO;
    assert(amount.gte(ZERO));
    assert(!amount.eq(before));
    if (amount.isZero()) levels.delete(price.toFixed());
    else levels.set(price.toFixed(), amount);
    this.#books.set(name, levels);
    const sameLevel = this.openOrders(symbol, side).filter((order) => order.price.eq(price));
    assert.deepEqual(sum(sameLevel.map(restOf)), amount);
  }

  #next(counter: string, id: number): void {
    assert.equal(id, this.lastId(counter) + 1);
    this.#ids.set(counter, id);
  }
}

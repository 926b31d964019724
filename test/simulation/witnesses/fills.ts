import { tap } from 'rxjs';
import type { AccountTrade } from '../../../src/emulator/engine/model.js';
import type { Gapped } from '../../../src/core/gapped.js';
import type { Fill } from '../../../src/orders/fill.js';
import { compare, type Court, type Witness } from '../court.js';
import { isOurs } from '../ours.js';

/** Two orders of one account may share a trade. */
const keyOf = (tradeId: number | string, orderId: number | string): string =>
  `fill ${tradeId} of order ${orderId}`;

const toldAs = (fill: Fill): string =>
  [
    fill.clientOrderId,
    fill.exchangeOrderId,
    fill.side,
    fill.amount.toFixed(),
    fill.price.toFixed(),
    fill.quoteAmount.toFixed(),
    fill.fee.amount.toFixed(),
    fill.fee.asset,
    fill.liquidity,
    fill.realizedPnl?.toFixed() ?? '',
    fill.time,
  ].join(' ');

const happenedAs = (trade: AccountTrade, clientOrderId: string): string =>
  [
    clientOrderId,
    trade.orderId,
    trade.side,
    trade.amount.toFixed(),
    trade.price.toFixed(),
    trade.quoteAmount.toFixed(),
    trade.fee.amount.toFixed(),
    trade.fee.asset,
    trade.isMaker ? 'maker' : 'taker',
    trade.realizedPnl?.toFixed() ?? '',
    trade.time,
  ].join(' ');

/** Hears of gaps: a fill that happened before one was noticed is told when it ends. */
export const gapWitness = ({ venue, check, note }: Court): Witness => {
  const invariant = 'what a gap missed is told before its end';
  const listen = () => {
    const beganAt = venue.trades().length;
    const told = new Set<string>();
    let missable: readonly AccountTrade[] = [];
    return (event: Gapped<Fill>): void => {
      if (event.kind === 'data') {
        told.add(keyOf(event.value.tradeId, event.value.exchangeOrderId));
        return;
      }
      note(event.kind === 'gap' ? 'gap of fills' : `fills resumed, ${event.recovered}`);
      if (event.kind === 'gap') {
        missable = venue.trades().slice(beganAt);
        return;
      }
      if (event.recovered === 'partial') return;
      const ours = new Set(
        venue
          .orders()
          .filter(isOurs)
          .map(({ orderId }) => orderId),
      );
      const missed = missable
        .filter(({ orderId }) => ours.has(orderId))
        .map(({ tradeId, orderId }) => keyOf(tradeId, orderId))
        .filter((key) => !told.has(key));
      check(invariant, missed.length === 0, () => missed.join());
    };
  };
  return {
    invariant,
    watch$: (exchange) => exchange.withGaps.fills$.pipe(tap(listen())),
    differences: () => [],
  };
};

/** Hears every fill, over the lives of all processes. */
export const fillsWitness = ({ venue, check, note }: Court) => {
  const told = new Map<string, string>();
  const diedWith = new Set<string>();
  const invariant = 'every fill is told once, as it was';
  const witness: Witness = {
    invariant,
    watch$: (exchange) =>
      exchange.fills$.pipe(
        tap((fill) => {
          const key = keyOf(fill.tradeId, fill.exchangeOrderId);
          check(invariant, !told.has(key), () => `${key} was told twice`);
          told.set(key, toldAs(fill));
          note(`${key}: ${toldAs(fill)}`);
        }),
      ),
    differences: () => {
      const orders = new Map(venue.orders().map((order) => [order.orderId, order]));
      const happened = venue.trades().flatMap((trade): [string, string][] => {
        const order = orders.get(trade.orderId);
        const key = keyOf(trade.tradeId, trade.orderId);
        if (order === undefined || !isOurs(order) || (diedWith.has(key) && !told.has(key)))
          return [];
        return [[key, happenedAs(trade, order.clientOrderId)]];
      });
      return compare(told, new Map(happened));
    },
    died: (words) => {
      for (const word of words)
        if (word.type === 'learned' && word.evidence.kind === 'trade')
          diedWith.add(keyOf(word.evidence.tradeId, word.evidence.exchangeOrderId));
    },
  };
  return { ...witness, count: () => told.size };
};

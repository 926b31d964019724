import type { Decimal } from '../../core/decimal.js';
import type { EngineEvent } from '../engine/model.js';
import type { PerpetualEngine } from '../engine/margin/model.js';
import { RingBuffer } from '../engine/ring-buffer.js';

/** What money comes and goes by. Source: Binance USD-M Futures API, Get Income History (USER_DATA). */
export const incomeTypes = [
  'TRANSFER',
  'REALIZED_PNL',
  'FUNDING_FEE',
  'COMMISSION',
  'INSURANCE_CLEAR',
] as const;
export type IncomeType = (typeof incomeTypes)[number];

/** One item of what an account gained, or lost where it is negative. */
export interface Income {
  readonly symbol: string;
  readonly type: IncomeType;
  readonly amount: Decimal;
  readonly asset: string;
  readonly time: number;
  /** Rises by one per item. */
  readonly id: number;
  readonly tradeId: string;
}

/** What all accounts gained and lost. */
export interface IncomeBook {
  /** Oldest first. */
  readonly of: (accountId: string) => readonly Income[];
}

type Entry = Omit<Income, 'id'>;

const KEPT = 20_000;

const ofOrder = (
  event: Extract<EngineEvent, { readonly type: 'order' }>,
  quote: string,
): readonly Entry[] => {
  const { trade, order } = event;
  if (!trade) return [];
  const { realizedPnl, fee, time } = trade;
  const common = { symbol: order.symbol, time, tradeId: String(trade.tradeId) };
  const entries: Entry[] = [];
  if (realizedPnl && !realizedPnl.isZero()) {
    entries.push({ ...common, type: 'REALIZED_PNL', amount: realizedPnl, asset: quote });
  }
  const amount = fee.amount.negated();
  return [...entries, { ...common, type: 'COMMISSION', amount, asset: fee.asset }];
};

const ofInsurance = (
  event: Extract<EngineEvent, { readonly type: 'account' }>,
): readonly Entry[] => {
  if (event.reason !== 'insurance') return [];
  const { change: amount, time } = event;
  return Array.from(event.wallets.keys(), (asset): Entry => {
    return { symbol: '', type: 'INSURANCE_CLEAR', amount, asset, time, tradeId: '' };
  });
};

/** Writes down what accounts gain and lose from now on. */
export const createIncomeBook = (engine: PerpetualEngine): IncomeBook => {
  const books = new Map<string, RingBuffer<Income>>();
  let lastId = 0;
  const quoteOf = (symbol: string): string => engine.listings.get(symbol)?.quote ?? '';

  const write = (accountId: string, entries: readonly Entry[]): void => {
    const book = books.get(accountId) ?? new RingBuffer<Income>(KEPT);
    books.set(accountId, book);
    for (const entry of entries) book.push({ ...entry, id: (lastId += 1) });
  };

  engine.listen((events) => {
    for (const event of events) {
      if (event.type === 'order') {
        const { accountId, symbol } = event.order;
        write(accountId, ofOrder(event, quoteOf(symbol)));
      } else if (event.type === 'funding') {
        const { accountId, symbol, payment: amount, time } = event.payment;
        const asset = quoteOf(symbol);
        write(accountId, [{ symbol, type: 'FUNDING_FEE', amount, asset, time, tradeId: '' }]);
      } else if (event.type === 'transfer') {
        const { accountId, asset, amount, time } = event;
        write(accountId, [{ symbol: '', type: 'TRANSFER', amount, asset, time, tradeId: '' }]);
      } else if (event.type === 'account') write(event.accountId, ofInsurance(event));
    }
  });

  return { of: (accountId) => books.get(accountId)?.toArray() ?? [] };
};

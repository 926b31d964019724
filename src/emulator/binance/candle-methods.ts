import { ZERO, type Decimal } from '../../core/decimal.js';
import { refusal, type ApiError } from './api-error.js';
import { requiredMarket } from './markets.js';
import type { PublicMethod } from './method.js';
import { required, type Sent } from './params.js';
import { readRange, within } from './ranges.js';
import type { TapeTrade } from './tape.js';
import { decimalText } from './text.js';
import { withTrade, type TradeSummary } from './trade-summary.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Months are left out, whose lengths differ. */
const lengths: ReadonlyMap<string, number> = new Map([
  ['1s', 1000],
  ...[1, 3, 5, 15, 30].map((count): [string, number] => [`${count}m`, count * MINUTE]),
  ...[1, 2, 4, 6, 8, 12].map((count): [string, number] => [`${count}h`, count * HOUR]),
  ['1d', DAY],
  ['3d', 3 * DAY],
  ['1w', 7 * DAY],
]);

/** Weeks begin on Mondays, the epoch began on a Thursday. */
const offsetOf = (length: number): number => (length === 7 * DAY ? 4 * DAY : 0);

const invalidInterval = (): ApiError => refusal(-1120, 'Invalid interval.');

const readLength = (text: string): number => {
  const length = lengths.get(text);
  if (length === undefined) throw invalidInterval();
  return length;
};

interface Candle {
  readonly openTime: number;
  readonly close: Decimal;
  /** Undefined where there were none. */
  readonly trades: TradeSummary | undefined;
}

/** All candles from the first trade on. */
const candlesOf = (
  trades: readonly TapeTrade[],
  length: number,
  now: number,
): readonly Candle[] => {
  const [first] = trades;
  if (!first) return [];
  const openOf = (at: number) => at - ((at - offsetOf(length)) % length);
  const byOpen = new Map<number, TradeSummary>();
  for (const trade of trades) {
    const openTime = openOf(trade.time);
    byOpen.set(openTime, withTrade(byOpen.get(openTime), trade));
  }
  const found: Candle[] = [];
  let close = first.price;
  for (let openTime = openOf(first.time); openTime <= now; openTime += length) {
    const summary = byOpen.get(openTime);
    close = summary?.last.price ?? close;
    found.push({ openTime, close, trades: summary });
  }
  return found;
};

const candleJson = ({ openTime, close, trades }: Candle, length: number) => [
  openTime,
  decimalText(trades?.first.price ?? close),
  decimalText(trades?.high ?? close),
  decimalText(trades?.low ?? close),
  decimalText(close),
  decimalText(trades?.amount ?? ZERO),
  openTime + length - 1,
  decimalText(trades?.value ?? ZERO),
  trades?.count ?? 0,
  decimalText(trades?.bought ?? ZERO),
  decimalText(trades?.boughtValue ?? ZERO),
  '0',
];

/** What differs between markets of Binance. */
export interface CandleTerms {
  readonly weight: number | ((sent: Sent) => number);
  readonly maxLimit: number;
  /** Whether there are candles of a second. */
  readonly hasSeconds: boolean;
}

/** The candles of a market, as far as its tape goes back. */
export const candlesBy = ({ weight, maxLimit, hasSeconds }: CandleTerms): PublicMethod => ({
  security: 'NONE',
  params: ['symbol', 'interval', 'startTime', 'endTime', 'limit'],
  weight,
  run: (backend, sent) => {
    const { symbol } = requiredMarket(backend, sent);
    const length = required(sent, 'interval', readLength);
    if (length < MINUTE && !hasSeconds) throw invalidInterval();
    const all = candlesOf(backend.tape.trades(symbol), length, backend.now());
    const range = readRange(sent, undefined, maxLimit);
    const shown = within(all, range, ({ openTime }) => ({ id: 0, time: openTime }));
    return shown.map((candle) => candleJson(candle, length));
  },
});

/** Those of spot. Source: Binance Spot API, rest-api.md, Kline/Candlestick data. */
export const candles: PublicMethod = candlesBy({ weight: 2, maxLimit: 1000, hasSeconds: true });

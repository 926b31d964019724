import * as kit from '../../exchange.js';

/**
 * An order's change, and with `x: "TRADE"` its fill.
 *
 * @see Binance Spot API, user-data-stream.md, "Order update"
 */
export const ExecutionReport = kit.message('ExecutionReport', {
  always: { e: 'executionReport' },
  texts: { symbol: 's', clientOrderId: 'c', originalId: 'C', execution: 'x', status: 'X' },
  ids: { exchangeOrderId: 'i', tradeId: 't' },
  ints: { time: 'T', createdAt: 'O' },
  decimals: { executedAmount: 'z', amount: 'l', price: 'L', quoteAmount: 'Y', feeAmount: 'n' },
  codecs: { feeAsset: ['N', kit.TextOrNull], liquidity: ['m', kit.either('maker', 'taker')] },
});
/** {@inheritDoc ExecutionReport} */
export type ExecutionReport = kit.Told<typeof ExecutionReport>;

/** A report with all the fields that there are takes less, in characters. */
const LONGEST = 4_096;

const scanReport = kit.scanner(ExecutionReport, LONGEST, '}');

const beforeEvent = /^\{"subscriptionId":(?:0|[1-9]\d{0,14}),"event":$/;
const BEGINNING = '{"e":"executionReport",';

/**
 * Reads a frame of the account's stream, if it is a report in the form in which Binance sends it; any other is
 * the codec's.
 */
export const scanExecutionReport = (frame: string): ExecutionReport | undefined => {
  const start = frame.indexOf('{', 1);
  return frame.startsWith(BEGINNING, start) && beforeEvent.test(frame.slice(0, start))
    ? scanReport(frame, start)
    : undefined;
};

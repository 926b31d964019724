import * as t from 'io-ts';
import { decimals, fields, ints, texts } from '../../core/codecs.js';
import { FieldReader } from '../../core/field-reader.js';

/**
 * An order's change, and with `x: "TRADE"` its fill.
 *
 * @see Binance Spot API, user-data-stream.md, "Order update"
 */
export const ExecutionReport = fields(
  {
    e: t.literal('executionReport'),
    ...texts('s', 'c', 'C', 'x', 'X'),
    ...ints('i', 'T', 'O', 't'),
    ...decimals('z', 'l', 'L', 'Y', 'n'),
    N: t.union([t.string, t.null]),
    m: t.boolean,
  },
  'ExecutionReport',
);
/** {@inheritDoc ExecutionReport} */
export type ExecutionReport = t.TypeOf<typeof ExecutionReport>;

/** A report with all the fields that there are takes less, in characters. */
const LONGEST = 4_096;

const reader = new FieldReader(LONGEST);

const beforeEvent = /^\{"subscriptionId":(?:0|[1-9]\d{0,14}),"event":$/;
const BEGINNING = '{"e":"executionReport",';

/**
 * Reads a frame of the account's stream, if it is a report in the form in which Binance sends it; any other is
 * the codec's.
 */
export const scanExecutionReport = (frame: string): ExecutionReport | undefined => {
  const start = frame.indexOf('{', 1);
  if (!frame.startsWith(BEGINNING, start) || !beforeEvent.test(frame.slice(0, start)))
    return undefined;
  const end = reader.open(frame, start);
  if (end !== frame.length - 1 || !frame.endsWith('}')) return undefined;
  const e = reader.text('e');
  const s = reader.text('s');
  const c = reader.text('c');
  const C = reader.text('C');
  const x = reader.text('x');
  const X = reader.text('X');
  const i = reader.integer('i');
  const z = reader.decimal('z');
  const l = reader.decimal('l');
  const L = reader.decimal('L');
  const Y = reader.decimal('Y');
  const n = reader.decimal('n');
  const N = reader.isNull('N') ? null : reader.text('N');
  const T = reader.integer('T');
  const O = reader.integer('O');
  const tradeId = reader.integer('t');
  const m = reader.flag('m');
  const hasTexts =
    e === 'executionReport' &&
    s !== undefined &&
    c !== undefined &&
    C !== undefined &&
    x !== undefined &&
    X !== undefined &&
    N !== undefined;
  const hasDecimals =
    z !== undefined && l !== undefined && L !== undefined && Y !== undefined && n !== undefined;
  if (!hasTexts || !hasDecimals || m === undefined || Number.isNaN(i + T + O + tradeId))
    return undefined;
  return { e, s, c, C, x, X, i, z, l, L, Y, n, N, T, O, t: tradeId, m };
};

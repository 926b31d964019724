import { refusal } from './api-error.js';

/** The unit of all times that a client is told. */
export type TimeUnit = 'ms' | 'us';

const units: Readonly<Record<string, TimeUnit>> = {
  MILLISECOND: 'ms',
  millisecond: 'ms',
  MICROSECOND: 'us',
  microsecond: 'us',
};

/** The unit that a header or a URL asks for. Source: Binance Spot API, errors.md, -1194. */
export const readTimeUnit = (text: string | null | undefined): TimeUnit => {
  const unit = units[text ?? 'MILLISECOND'];
  if (unit) return unit;
  throw refusal(-1194, 'Invalid value for time unit; expected either MICROSECOND or MILLISECOND.');
};

/** The fields that are times wherever they stand. */
const timeFields = new Set([
  ...['serverTime', 'time', 'transactTime', 'updateTime', 'workingTime', 'openTime', 'closeTime'],
  ...['authorizedSince', 'connectedSince', 'timestamp'],
  ...['E', 'T', 'O', 'W'],
]);

/** In a candle, the only list that holds numbers: where it begins and where it ends. */
const candleTimes = new Set(['0', '6']);

/** `u` is a time in one kind of event, and an update id elsewhere. */
const isTime = (key: string, parent: unknown): boolean => {
  if (Array.isArray(parent)) return candleTimes.has(key);
  if (key !== 'u') return timeFields.has(key);
  return (
    typeof parent === 'object' &&
    parent !== null &&
    'e' in parent &&
    parent.e === 'outboundAccountPosition'
  );
};

/** JSON text with all times in the unit. */
export const stringify = (value: unknown, unit: TimeUnit): string => {
  if (unit === 'ms') return JSON.stringify(value);
  return JSON.stringify(value, function (this: unknown, key: string, item: unknown): unknown {
    return typeof item === 'number' && isTime(key, this) ? item * 1000 : item;
  });
};

import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Sent } from './params.js';

const Frame = t.intersection([
  t.type({ id: t.union([t.string, t.number, t.null]), method: t.string }),
  t.partial({ params: t.record(t.string, t.unknown) }),
]);

/** A request on the WebSocket API. */
export interface RequestFrame {
  readonly id: string | number | null;
  readonly method: string;
  /** Parameters as text, as a signature covers them. */
  readonly sent: Sent;
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return value === null ? '' : JSON.stringify(value);
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Reads a frame; undefined where it is none.
 *
 * Source: Binance Spot API, web-socket-api.md, Request format.
 */
export const readFrame = (text: string): RequestFrame | undefined => {
  const decoded = Frame.decode(parse(text));
  if (isLeft(decoded)) return undefined;
  const { id, method, params = {} } = decoded.right;
  const sent = new Map(Object.entries(params).map(([name, value]) => [name, textOf(value)]));
  return { id, method: method.replace(/^v3\//, ''), sent };
};

/** What a signature covers: all other parameters by name, the names in alphabetical order. */
export const framePayload = (sent: Sent): string =>
  [...sent]
    .filter(([name]) => name !== 'signature')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

import { isLeft } from 'fp-ts/lib/Either.js';
import type { Validation } from 'io-ts';
import { decodeError } from '../../core/codecs.js';
import { ConnectorError, type ErrorKind } from '../../core/errors.js';
import { Mismatched } from './check.js';
import { difference, type Means } from './means.js';

const failWith = (what: string, expected: unknown, actual: unknown): never => {
  throw new Mismatched({ what, expected, actual });
};

/** Holds a value against what a fixture says of it. */
export const expectMeans = <T>(what: string, actual: T, means: Means<T>): void => {
  const found = difference(actual, means);
  if (found !== undefined)
    failWith(found.path === '' ? what : `${what}, at ${found.path}`, found.expected, found.actual);
};

/** Holds one value against another, part by part. */
export const expectSame = (what: string, actual: unknown, expected: unknown): void => {
  const found = difference(actual, expected);
  if (found !== undefined)
    failWith(found.path === '' ? what : `${what}, at ${found.path}`, found.expected, found.actual);
};

/** Holds what is true against what should be. */
export const expectThat = (
  what: string,
  isSo: boolean,
  { expected, actual }: { readonly expected: unknown; readonly actual: unknown },
): void => {
  if (!isSo) failWith(what, expected, actual);
};

/** What a decoder made of a message. */
export const read = <T>(what: string, decoded: Validation<T>): T =>
  isLeft(decoded)
    ? failWith(what, 'a message that is understood', decodeError(what, decoded.left))
    : decoded.right;

/** What a decoder made of a message, held against what the fixture says. */
export const expectRead = <T>(what: string, decoded: Validation<T>, means: Means<T>): void => {
  expectMeans(what, read(what, decoded), means);
};

/** A decoder has to refuse this, without an exception. */
export const expectUnread = (what: string, decoded: Validation<unknown>): void => {
  if (!isLeft(decoded)) failWith(what, 'a message that is not understood', decoded.right);
};

/** An error has to be of a kind. */
export const expectKind = (what: string, error: unknown, kind: ErrorKind): void => {
  if (!(error instanceof ConnectorError) || error.kind !== kind)
    failWith(what, `a ConnectorError of kind ${kind}`, error);
};

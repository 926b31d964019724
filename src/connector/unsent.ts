import { ConnectorError } from '../core/errors.js';

// Why an order was never sent, apart from what is wrong with it.

/** The rules of its market are not there within so many ms. */
export const rulesMissing = (within: number): ConnectorError =>
  new ConnectorError(
    'not_placed',
    `The trading rules did not load within ${within} ms; nothing was sent.`,
  );

/** The account's position mode is not known within so many ms. */
export const modeMissing = (within: number): ConnectorError =>
  new ConnectorError(
    'not_placed',
    `The position mode was not told within ${within} ms; nothing was sent.`,
  );

/** It was canceled while it waited. */
export const canceledUnsent = (): ConnectorError =>
  new ConnectorError('not_placed', 'The order was canceled before it was sent.');

/** The journal did not take it. */
export const notWritten = (error: unknown): ConnectorError =>
  new ConnectorError('not_placed', 'The order could not be written down, so it was not sent.', {
    cause: error,
  });

/** Another order has the id that a strategy chose. */
export const idTaken = (id: string): ConnectorError =>
  new ConnectorError(
    'duplicate_order_id',
    `An order ${id} is followed already; nothing was sent. An id may be used again half a minute after its order is over.`,
  );

import { ConnectorError } from '../core/errors.js';
import type { InFlightOrder } from './in-flight-order.js';

/** An order that the exchange certainly does not hold, and why. */
export class OrderFailedError extends ConnectorError {
  override readonly name = 'OrderFailedError';

  constructor(
    /** The order, `failed`. */
    readonly order: InFlightOrder,
  ) {
    const { error } = order;
    super(
      error?.kind ?? 'exchange',
      `${order.side} ${order.pair} ${order.clientOrderId} failed: ${error?.message ?? 'the exchange rejected it.'}`,
      {
        cause: error,
        ...(error?.code === undefined ? {} : { code: error.code }),
        ...(error?.request === undefined ? {} : { request: error.request }),
        ...(error?.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
      },
    );
  }
}

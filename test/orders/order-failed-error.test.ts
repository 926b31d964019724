import { ConnectorError } from '../../src/core/errors.js';
import { inFlightOrder } from '../../src/orders/in-flight-order.js';
import { initialFacts, learn } from '../../src/orders/order-facts.js';
import { OrderFailedError } from '../../src/orders/order-failed-error.js';
import { evidenceOf, intent } from './evidence-of.js';

const of = evidenceOf(intent());
const failedBy = (evidence: Parameters<typeof learn>[1]): OrderFailedError =>
  new OrderFailedError(inFlightOrder(learn(initialFacts(intent()), evidence)));

describe('OrderFailedError', () => {
  const cause = new ConnectorError('rate_limited', 'Too many requests.', {
    code: -1003,
    request: 'POST /api/v3/order',
    retryAfter: 7_000,
  });

  it('says which order, and why, with the facts of what refused it', () => {
    const error = failedBy(of.refused(cause));
    expect(error).toBeInstanceOf(ConnectorError);
    expect(error.message).toBe('buy BTC-USDT rx-1 failed: Too many requests.');
    expect(error).toMatchObject({
      name: 'OrderFailedError',
      kind: 'rate_limited',
      retryable: true,
      code: -1003,
      request: 'POST /api/v3/order',
      retryAfter: 7_000,
      outcome: 'refused',
    });
    expect(error.cause).toBe(cause);
    expect(error.order).toMatchObject({ state: 'failed', reason: 'rejected' });
  });

  it('is certain that there is no order, though the request was not', () => {
    const unknown = new ConnectorError('not_placed', 'Timed out.', { outcome: 'unknown' });
    expect(failedBy(of.notPlaced(unknown))).toMatchObject({
      kind: 'not_placed',
      outcome: 'refused',
    });
  });

  it('says so where the exchange gave no reason', () => {
    const error = failedBy(of.ended('rejected'));
    expect(error).toMatchObject({ kind: 'exchange', code: undefined, request: undefined });
    expect(error.message).toBe('buy BTC-USDT rx-1 failed: the exchange rejected it.');
  });
});

import { EMPTY, NEVER, of, throwError } from 'rxjs';
import type { Context } from '../../src/connector/context.js';
import type { LookUpOptions } from '../../src/connector/look-up.js';
import { submit } from '../../src/connector/submit.js';
import type { NewOrder } from '../../src/core/contract.js';
import { ConnectorError } from '../../src/core/errors.js';
import type { Evidence } from '../../src/orders/evidence.js';
import { virtualTime } from '../../src/testing/virtual-time.js';

/** Submits an order whose answer is taken in by `learn`; tells what was reported and looked up. */
const world = (answer: 'an answer' | Error, learn: (evidence: readonly Evidence[]) => void) => {
  const time = virtualTime();
  const errors: ConnectorError[] = [];
  const lookups: string[] = [];
  const options = {
    context: {
      exchange: { orders: { place: {}, validity: 5_000 } },
      environment: { scheduler: time.scheduler },
      clock: { now: time.now },
      rest: { call: () => (answer === 'an answer' ? of([]) : throwError(() => answer)) },
      ruleRefresh: { heed: () => undefined },
      report: (error: ConnectorError) => errors.push(error),
    } as unknown as Context,
    tracking: {
      learn,
      sent: () => undefined,
      story$: () => NEVER,
      order: () => ({ state: 'pending_create' }),
    },
    queries: {
      status: () => {
        lookups.push('status');
        return EMPTY;
      },
    },
  } as unknown as LookUpOptions;
  submit({ clientOrderId: 'rx-1' } as NewOrder, options).subscribe();
  time.advance(1_000);
  return { errors, lookups };
};

describe('submitting an order', () => {
  it('doubts the outcome where whatever it is breaks on the answer: the order may be there', () => {
    const learned: Evidence[] = [];
    const { errors, lookups } = world('an answer', (evidence) => {
      learned.push(...evidence);
      throw new TypeError('A mistake of ours.');
    });
    expect(learned).toEqual([]);
    expect(errors).toMatchObject([{ kind: 'exchange', outcome: 'unknown' }]);
    expect(lookups).toEqual(['status']);
  });

  it('takes a refusal for an end', () => {
    const learned: Evidence[] = [];
    const refusal = new ConnectorError('invalid_order', 'No.');
    const { errors, lookups } = world(refusal, (evidence) => learned.push(...evidence));
    expect(learned).toEqual([{ kind: 'refused', clientOrderId: 'rx-1', error: refusal }]);
    expect(errors).toEqual([]);
    expect(lookups).toEqual([]);
  });
});

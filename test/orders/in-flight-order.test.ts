import fc from 'fast-check';
import { Decimal } from '../../src/core/decimal.js';
import type { OrderState } from '../../src/core/order.js';
import type { Evidence } from '../../src/orders/evidence.js';
import { inFlightOrder, isDone } from '../../src/orders/in-flight-order.js';
import { initialFacts, learn } from '../../src/orders/order-facts.js';
import { byQuoteAmount, evidenceOf, intent, T0 } from './evidence-of.js';

const order = intent({ side: 'sell', timeInForce: 'IOC' });
const of = evidenceOf(order);

describe('isDone', () => {
  const over: Readonly<Record<OrderState, boolean>> = {
    pending_create: false,
    open: false,
    partially_filled: false,
    pending_cancel: false,
    filled: true,
    canceled: true,
    failed: true,
  };
  it.each(Object.entries(over) as [OrderState, boolean][])('%s: %p', (state, done) => {
    expect(isDone({ state })).toBe(done);
  });
});

describe('inFlightOrder', () => {
  it('is what was decided on, before anything is known', () => {
    expect(inFlightOrder(initialFacts(order))).toEqual({
      ...order,
      exchangeOrderId: undefined,
      state: 'pending_create',
      reason: undefined,
      error: undefined,
      executedAmount: new Decimal(0),
      executedQuote: new Decimal(0),
      averagePrice: undefined,
      fills: [],
      fillsComplete: true,
      updatedAt: T0,
    });
  });

  it('has the average price of its fills, weighted by amount', () => {
    const evidence = [
      of.fill('1', '0.5', { price: 90 }),
      of.fill('2', '1.5', { price: 110, time: T0 + 9 }),
    ];
    expect(inFlightOrder(evidence.reduce(learn, initialFacts(order)))).toMatchObject({
      executedAmount: new Decimal(2),
      executedQuote: new Decimal(210),
      averagePrice: new Decimal(105),
      updatedAt: T0 + 9,
    });
  });

  it('takes the exchange’s count of quote, not price times amount', () => {
    const fill = { ...of.fill('1', 1), quoteAmount: new Decimal('99.99') };
    expect(inFlightOrder(learn(initialFacts(order), fill)).executedQuote.toFixed()).toBe('99.99');
  });

  it('has exact sums, however many fills', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1 }), (sizes) => {
        const facts = sizes.reduce(
          (known, size, index) =>
            learn(known, of.fill(`${index}`, new Decimal(size).shiftedBy(-8))),
          initialFacts(order),
        );
        const units = sizes.reduce((total, size) => total + BigInt(size), 0n);
        const { executedAmount } = inFlightOrder(facts);
        expect(executedAmount.shiftedBy(8).toFixed()).toBe(units.toString());
      }),
    );
  });

  it('is a new value at each change, and never changes itself', () => {
    const one = learn(initialFacts(order), of.fill('1', 1));
    const before = inFlightOrder(one);
    const kept = JSON.stringify(before);
    const after = inFlightOrder(learn(learn(one, of.fill('2', 1)), of.cancelRequested()));
    expect(after.fills).toHaveLength(2);
    expect(JSON.stringify(before)).toBe(kept);
  });
});

describe('an order by quote amount', () => {
  const after = (...evidence: readonly Evidence[]) =>
    inFlightOrder(evidence.reduce(learn, initialFacts(byQuoteAmount)));
  const tell = evidenceOf(byQuoteAmount);

  it('is not filled by fills alone, however many', () => {
    expect(after(tell.open(), tell.fill('1', 1), tell.fill('2', 1))).toMatchObject({
      state: 'partially_filled',
      amount: undefined,
      quoteAmount: new Decimal(200),
    });
    expect(after(tell.open())).toMatchObject({ state: 'open' });
  });

  it('is filled once the exchange says so and its fills are here, and then has an amount', () => {
    const filled = tell.filled('1.5');
    expect(after(filled)).toMatchObject({ state: 'open', amount: undefined });
    expect(after(filled, tell.fill('1', '1.5'))).toMatchObject({
      state: 'filled',
      amount: new Decimal('1.5'),
    });
    expect(after(filled, { kind: 'fills_unavailable', clientOrderId: 'rx-1' })).toMatchObject({
      state: 'filled',
      amount: new Decimal('1.5'),
    });
  });

  it('has no amount where it ended before it was filled', () => {
    expect(after(tell.fill('1', 1), tell.ended('expired', 1))).toMatchObject({
      state: 'canceled',
      amount: undefined,
      executedAmount: new Decimal(1),
    });
  });
});

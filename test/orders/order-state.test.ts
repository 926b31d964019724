import { Decimal } from '../../src/core/decimal.js';
import type { OrderState } from '../../src/core/order.js';
import type { Evidence } from '../../src/orders/evidence.js';
import { initialFacts, learn, type OrderFacts } from '../../src/orders/order-facts.js';
import { orderState, orderStateRules } from '../../src/orders/order-state.js';
import { evidenceOf, intent } from './evidence-of.js';
import { transitions } from './transitions.js';

/** An order for 3. */
const order = intent({ amount: new Decimal(3) });
const of = evidenceOf(order);

const after = (...evidence: readonly Evidence[]): OrderFacts =>
  evidence.reduce(learn, initialFacts(order));

describe('orderStateRules', () => {
  it('name every state once, the last of them without a condition', () => {
    const states = orderStateRules.map(({ state }) => state);
    expect([...states].sort()).toEqual(Object.keys(transitions).sort());
    expect(orderStateRules.at(-1)?.holds(after())).toBe(true);
  });

  it.each<[row: OrderState, by: string, evidence: readonly Evidence[]]>([
    ['filled', 'its fills', [of.fill('1', 2), of.fill('2', 1)]],
    ['filled', 'more than its amount in fills', [of.fill('1', 4)]],
    ['filled', 'the exchange’s word, its fills here', [of.fill('1', 2), of.filled(2)]],
    ['filled', 'the exchange’s word, its fills given up', [of.filled(3), of.fillsUnavailable()]],
    ['filled', 'a cancel that came too late', [of.ended('canceled', 3), of.fill('1', 3)]],
    ['canceled', 'a cancel', [of.ended('canceled')]],
    ['canceled', 'an ending without a reason', [of.ended(undefined)]],
    ['canceled', 'its expiry', [of.ended('expired')]],
    ['canceled', 'its expiry in part filled', [of.fill('1', 1), of.ended('expired', 1)]],
    ['canceled', 'the prevention of a self trade', [of.ended('self_trade_prevented')]],
    ['canceled', 'a cancel, its fills given up', [of.ended('canceled', 1), of.fillsUnavailable()]],
    ['failed', 'a refusal', [of.refused()]],
    ['failed', 'proven absence', [of.notPlaced()]],
    ['failed', 'the exchange’s rejection', [of.ended('rejected')]],
    ['failed', 'a refusal while a cancel is under way', [of.cancelRequested(), of.refused()]],
    ['pending_cancel', 'a cancel asked for', [of.cancelRequested()]],
    [
      'pending_cancel',
      'a second cancel',
      [of.cancelRequested(1), of.cancelAnswered(1), of.cancelRequested(2)],
    ],
    [
      'pending_cancel',
      'a cancel of what is partly filled',
      [of.fill('1', 1), of.cancelRequested()],
    ],
    ['partially_filled', 'a fill', [of.fill('1', 1)]],
    [
      'partially_filled',
      'an ending whose fills are not all here',
      [of.fill('1', 1), of.ended('canceled', 2)],
    ],
    [
      'partially_filled',
      'an answered cancel',
      [of.fill('1', 1), of.cancelRequested(), of.cancelAnswered()],
    ],
    ['open', 'an acknowledgement', [of.open()]],
    ['open', 'an amount counted without a fill', [of.open(1)]],
    ['open', 'a filled order without its fills', [of.filled(3)]],
    ['open', 'an acknowledgement after a refusal', [of.refused(), of.open()]],
    ['pending_create', 'nothing', []],
    ['pending_create', 'an answered cancel', [of.cancelRequested(), of.cancelAnswered()]],
    ['pending_create', 'the answer of a cancel not seen', [of.cancelAnswered()]],
    ['pending_create', 'fills given up', [of.fillsUnavailable()]],
  ])('%s: by %s', (row, _, evidence) => {
    expect(orderState(after(...evidence))).toBe(row);
  });
});

import fc from 'fast-check';
import { Decimal } from '../../src/core/decimal.js';
import type { OrderUpdate } from '../../src/core/order.js';
import { ExternalOrders } from '../../src/orders/external-orders.js';

const update = (id: string, status: OrderUpdate['status'] = 'open'): OrderUpdate => ({
  kind: 'order',
  pair: 'BTC-USDT',
  clientOrderId: `by hand ${id}`,
  exchangeOrderId: id,
  status,
  executedAmount: new Decimal(0),
  time: 1,
});

const ids = ({ open }: ExternalOrders): readonly string[] =>
  open.map(({ exchangeOrderId }) => exchangeOrderId);

describe('external orders', () => {
  it('are those of the list, and those that were told of since', () => {
    const orders = new ExternalOrders();
    orders.listed([update('1'), update('2')], 10);
    orders.told(update('3'), 20);
    orders.told(update('1', 'ended'), 30);
    expect(ids(orders)).toEqual(['2', '3']);
  });

  it('are not brought back by a list that was asked for before their end', () => {
    const orders = new ExternalOrders();
    orders.listed([update('1')], 10);
    orders.told(update('1', 'filled'), 20);
    orders.told(update('2'), 21);
    orders.listed([update('1')], 15);
    expect(ids(orders)).toEqual(['2']);
  });

  it('that a later list does not show are open no more', () => {
    const orders = new ExternalOrders();
    orders.told(update('1'), 10);
    orders.listed([], 20);
    expect(ids(orders)).toEqual([]);
  });

  it('of two markets may have the same id', () => {
    const orders = new ExternalOrders();
    orders.listed([update('1'), { ...update('1'), pair: 'ETH-USDT' }], 10);
    expect(ids(orders)).toEqual(['1', '1']);
  });

  it('are the truth at any time, though each list was asked for before the last event', () => {
    const event = fc.record({
      id: fc.constantFrom('1', '2', '3'),
      status: fc.constantFrom<OrderUpdate['status']>('open', 'filled', 'ended'),
      listed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const orders = new ExternalOrders();
        const truth = new Map<string, OrderUpdate>();
        const open = (): OrderUpdate[] =>
          [...truth.values()].filter(({ status }) => status === 'open');
        events.forEach(({ id, status, listed }, at) => {
          const asked = open();
          truth.set(id, update(id, status));
          orders.told(update(id, status), at);
          if (listed) orders.listed(asked, at);
          expect([...ids(orders)].sort()).toEqual(
            open()
              .map(({ exchangeOrderId }) => exchangeOrderId)
              .sort(),
          );
        });
      }),
    );
  });
});

import type { Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectKind, expectMeans, expectSame, expectThat } from './expect.js';
import type { Refusal } from './failure-fixtures.js';
import { createWorld, ok, refusalOf, type World } from './world.js';

const proving = advising(
  'mend `failure`: that there is no such order has the kind `order_not_found`, and is certain',
);

/** What proves that there is no such order, in the three places where an exchange may say so. */
export const absenceChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule } = bench;
  const { failures, orders, account } = fixtures;
  const { clientOrderId, price, amount } = orders.order;
  const notFound = refusalOf(failures.queryNotFound);
  const request = { pair: rule.pair, type: 'limit', price, amount, clientOrderId } as const;
  const absent = (refusal: Refusal): void => {
    const { kind, outcome = 'refused', code } = exchange.failure(refusalOf(refusal));
    expectMeans(
      'the failure',
      { kind, outcome, code },
      { kind: 'order_not_found', outcome: 'refused', code: refusal.code },
    );
  };
  const placed = (prepare: (world: World) => void = () => undefined) => {
    const world = createWorld(bench);
    world.answer('fills', ok(orders.fills.none));
    world.answer('open', ok(orders.open.none));
    prepare(world);
    const told = world.record(world.connector.buy(request));
    world.advance(2_000);
    return { world, told };
  };

  return [
    proving.check('9.01 a query of an order that there is not says so', () =>
      absent(failures.queryNotFound),
    ),
    proving.check('9.02 a cancel of an order that there is not says so', () =>
      absent(failures.cancelNotFound),
    ),
    proving.check('9.03 an order that is not found failed, once it cannot come any more', () => {
      const { world, told } = placed((each) => {
        each.answer('place', 'broken');
        each.answer('status', notFound);
      });
      world.advance(orders.validity + 1_000);
      expectSame('its error while it may still come', told.error(), undefined);
      world.advance(60_000);
      expectKind('its error', told.error(), 'not_placed');
    }),
    proving.check('9.04 after a cancel of an order that is gone its status is asked for', () => {
      const { world } = placed();
      world.answer('cancel', refusalOf(failures.cancelNotFound));
      world.answer('status', ok(orders.canceled.raw));
      const before = world.requests('status').length;
      world.record(world.connector.cancel(clientOrderId));
      world.advance(1_000);
      expectThat('the questions after its status', world.requests('status').length > before, {
        expected: 'one more',
        actual: world.requests('status').length,
      });
    }),
    proving.check('9.05 an order that is missing in the list of open ones is asked after', () => {
      const { world, told } = placed();
      world.send('account', account.stream.opened.raw);
      world.answer('status', ok(orders.found.raw));
      world.sockets('account').forEach(({ drop }) => drop());
      world.advance(30_000);
      expectThat('the lists of open orders', world.requests('open').length > 0, {
        expected: 'some',
        actual: 0,
      });
      expectThat('the questions after the order', world.requests('status').length > 0, {
        expected: 'some',
        actual: 0,
      });
      expectSame('its error', told.error(), undefined);
    }),
    proving.check(
      '9.06 an order that stays absent is lost, not before it was asked after often',
      () => {
        const { world, told } = placed();
        world.answer('status', notFound);
        world.sockets('account').forEach(({ drop }) => drop());
        world.advance(6_000);
        expectSame('its error after one answer', told.error(), undefined);
        world.advance(5 * 60_000);
        expectKind('its error', told.error(), 'lost');
      },
    ),
    advising('let `failure` leave what is not explained unknown').check(
      '9.07 an outage proves no absence',
      () => {
        const { world, told } = placed();
        world.answer('status', { status: 503, headers: {}, body: '' });
        world.answer('open', 'broken');
        world.sockets('account').forEach(({ drop }) => drop());
        world.advance(60_000);
        expectSame('its error', told.error(), undefined);
      },
    ),
  ];
};

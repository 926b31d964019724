import type { OrderTerms } from '../../core/order.js';
import type { Bench } from './bench.js';
import { advising, isNotApplicable, type ConformanceCheck } from './check.js';
import { expectKind, expectSame, expectThat } from './expect.js';
import type { RequestFixture } from './fixtures.js';
import type { PerpetualFixtures } from './perpetual-fixtures.js';
import { expectSent } from './requests.js';
import { createWorld, ok, refusalOf, type World } from './world.js';

const ordering = advising(
  'mend `orders.place.params`, or the fixture where the pages say otherwise',
);
const following = advising('mend `modeViolations`');

/** What leaves for an order that is to do something to a position. */
export const perpetualOrderChecks = (
  bench: Bench,
  said: PerpetualFixtures,
): readonly ConformanceCheck[] => {
  const { fixtures, rule } = bench;
  const { pair } = rule;
  const { positionMode } = said;
  const { order, place } = fixtures.orders;
  const limit = {
    pair,
    type: 'limit',
    price: order.price,
    amount: order.amount,
    clientOrderId: order.clientOrderId,
  } as const;
  const quiet = (): World => {
    const world = createWorld(bench);
    world.answer('payments', ok(said.noPayments));
    return world;
  };
  const expectOrder = (
    hedge: boolean,
    asked: {
      readonly side: 'buy' | 'sell';
      readonly positionAction: OrderTerms['positionAction'] & string;
    },
    params: RequestFixture['params'],
  ): void => {
    const world = quiet();
    const { side, positionAction } = asked;
    if (hedge && !isNotApplicable(positionMode.hedge))
      world.answer('positionMode', ok(positionMode.hedge));
    const { error } = world.record(world.connector[side]({ ...limit, positionAction }));
    world.advance(2_000);
    expectSame('why nothing was sent', error(), undefined);
    expectSent('the order', bench, world.requests('place')[0], { ...place, params: { ...params } });
  };

  return [
    ordering.check('13.70 an order that closes in one-way mode only reduces', () =>
      expectOrder(false, { side: 'sell', positionAction: 'close' }, said.orders.reduce),
    ),
    ordering.given(
      '13.71 in hedge mode a buy opens a long position',
      said.orders.openLong,
      (params) => expectOrder(true, { side: 'buy', positionAction: 'open' }, params),
    ),
    ordering.given(
      '13.72 in hedge mode a sell closes a long position',
      said.orders.closeLong,
      (params) => expectOrder(true, { side: 'sell', positionAction: 'close' }, params),
    ),
    ordering.given(
      '13.73 in hedge mode a sell opens a short position',
      said.orders.openShort,
      (params) => expectOrder(true, { side: 'sell', positionAction: 'open' }, params),
    ),
    ordering.given(
      '13.74 in hedge mode a buy closes a short position',
      said.orders.closeShort,
      (params) => expectOrder(true, { side: 'buy', positionAction: 'close' }, params),
    ),
    ordering.given(
      '13.75 in hedge mode an order without an action is not sent',
      positionMode.hedge,
      (raw) => {
        const world = quiet();
        world.answer('positionMode', ok(raw));
        const { error } = world.record(world.connector.buy(limit));
        world.advance(2_000);
        expectKind('the error', error(), 'invalid_order');
        expectSame('the placements', world.requests('place').length, 0);
      },
    ),
    following.given(
      '13.76 after an order of the wrong mode the mode is asked for anew',
      said.modeViolation,
      (refusal) => {
        const world = quiet();
        world.answer('place', refusalOf(refusal));
        world.record(world.connector.buy(limit));
        world.advance(2_000);
        const before = world.requests('positionMode').length;
        world.record(
          world.connector.buy({
            ...limit,
            clientOrderId: fixtures.orders.ids.valid.find((id) => id !== limit.clientOrderId) ?? '',
          }),
        );
        world.advance(2_000);
        expectThat('the questions', world.requests('positionMode').length > before, {
          expected: `more than ${before}`,
          actual: before,
        });
      },
    ),
  ];
};

import type { InFlightOrder } from '../../orders/in-flight-order.js';
import type { Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectKind, expectMeans, expectSame, expectThat } from './expect.js';
import type { Raw } from './fixtures.js';
import { createWorld, ok, refusalOf, type Recorded, type World } from './world.js';

const living = advising('see the checks of the messages of orders, 6.01 to 6.43 and 7.01 to 7.20');
const doubting = advising(
  'let `failure` leave the outcome unknown where the exchange does not say that it refused',
);

/** An order is sent and answered by then, and not looked up yet, in ms. */
const SENT_WITHIN = 400;

/** What becomes of an order, over all its messages. */
export const orderLifeChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { fixtures, rule } = bench;
  const { failures, orders, account } = fixtures;
  const { clientOrderId, price, amount } = orders.order;
  const { stream } = account;
  const request = { pair: rule.pair, type: 'limit', price, amount, clientOrderId } as const;

  const place = (prepare: (world: World) => void = () => undefined) => {
    const world = createWorld(bench);
    world.answer('fills', ok(orders.fills.none));
    world.answer('open', ok(orders.open.none));
    prepare(world);
    const fills = world.record(world.connector.fills$);
    const told = world.record(world.connector.buy(request));
    world.advance(SENT_WITHIN);
    return { world, told, fills };
  };
  const states = ({ values }: Recorded<InFlightOrder>) => values.map(({ state }) => state);
  const tell = (world: World, ...events: readonly { readonly raw: Raw }[]): void =>
    events.forEach(({ raw }) => world.send('account', raw));
  const tradeIds = [stream.partlyFilled, stream.filled].flatMap(({ means }) =>
    means.flatMap((event) => (event.kind === 'trade' ? [event.tradeId] : [])),
  );
  const found = (prepare: (world: World) => void): void => {
    const { world, told } = place(prepare);
    expectSame('its states before it was looked up', states(told), ['pending_create']);
    world.advance(12_000);
    expectSame('the placements that were sent', world.requests('place').length, 1);
    expectThat('the look-ups', world.requests('status').length > 0, {
      expected: 'some',
      actual: 0,
    });
    expectSame('the error', told.error(), undefined);
    expectSame(
      'its exchange id',
      told.values.at(-1)?.exchangeOrderId,
      orders.order.exchangeOrderId,
    );
  };

  return [
    living.check('8.01 nothing is sent before somebody subscribes', () => {
      const world = createWorld(bench);
      void world.connector.buy(request);
      void world.connector.cancel(clientOrderId);
      world.advance(10_000);
      expectSame('the requests', world.requests().length, 0);
    }),
    living.check('8.02 an order is sent once, however many subscribe', () => {
      const world = createWorld(bench);
      const order$ = world.connector.buy(request);
      const all = [world.record(order$), world.record(order$)];
      world.advance(1_000);
      all.push(world.record(order$));
      world.advance(1_000);
      expectSame('the placements', world.requests('place').length, 1);
      for (const told of all)
        expectSame('the states', states(told).slice(0, 2), ['pending_create', 'open']);
    }),
    living.check('8.03 an order goes on when its subscriber leaves', () => {
      const { world, told } = place();
      told.leave();
      world.advance(1_000);
      tell(world, stream.partlyFilled);
      expectSame('the cancels', world.requests('cancel').length, 0);
      const live = world.record(world.connector.inFlightOrders$);
      expectSame('its state', live.values.at(-1)?.get(clientOrderId)?.state, 'partially_filled');
    }),
    living.check('8.04 an order is placed, filled in part, filled', () => {
      const { world, told, fills } = place();
      tell(world, stream.opened, stream.partlyFilled, stream.filled);
      expectSame('the states', states(told), [
        'pending_create',
        'open',
        'partially_filled',
        'filled',
      ]);
      expectSame(
        'the fills',
        fills.values.map(({ tradeId }) => tradeId),
        tradeIds,
      );
      expectMeans('what was executed', told.values.at(-1)?.executedAmount, amount);
      expectSame('whether it is complete', told.isComplete(), true);
    }),
    living.check('8.05 events that come twice count once', () => {
      const { world, fills } = place();
      const events = [
        stream.opened,
        stream.partlyFilled,
        stream.partlyFilled,
        stream.filled,
        stream.filled,
      ];
      tell(world, ...events, ...events);
      expectSame(
        'the fills',
        fills.values.map(({ tradeId }) => tradeId),
        tradeIds,
      );
    }),
    living.check('8.06 events in the wrong order end the same', () => {
      const { world, told, fills } = place();
      tell(world, stream.filled, stream.partlyFilled, stream.opened);
      expectSame('the last state', states(told).at(-1), 'filled');
      expectSame(
        'the fills',
        fills.values.map(({ tradeId }) => tradeId).sort(),
        [...tradeIds].sort(),
      );
    }),
    living.check('8.07 a fill has its price, amount, fee and side', () => {
      const { world, fills } = place();
      tell(world, stream.partlyFilled);
      const [trade] = stream.partlyFilled.means.filter((event) => event.kind === 'trade');
      expectSame('the number of fills', fills.values.length, 1);
      for (const name of ['tradeId', 'price', 'amount', 'quoteAmount', 'fee', 'liquidity'] as const)
        expectMeans(`its ${name}`, fills.values[0]?.[name] as unknown, trade?.[name]);
      expectSame('its side', fills.values[0]?.side, 'buy');
    }),
    living.check('8.08 a cancel ends an order, after its fills are here', () => {
      const { world, told } = place();
      tell(world, stream.partlyFilled);
      const canceled = world.record(world.connector.cancel(clientOrderId));
      world.advance(1_000);
      tell(world, stream.canceled);
      expectSame(
        'what it came to',
        canceled.values.map(({ outcome }) => outcome),
        ['canceled'],
      );
      expectSame('its last state', states(told).at(-1), 'canceled');
    }),
    living.given(
      '8.09 an order that expires is canceled, and says that it expired',
      stream.expired,
      (expired) => {
        const { world, told } = place();
        tell(world, stream.partlyFilled, expired);
        const last = told.values.at(-1);
        expectSame(
          'how it ended',
          { state: last?.state, reason: last?.reason },
          { state: 'canceled', reason: 'expired' },
        );
      },
    ),
    living.given('8.10 an order that the engine rejects failed', stream.rejected, (rejected) => {
      const { world, told } = place();
      tell(world, rejected);
      expectSame('its last state', states(told).at(-1), 'failed');
    }),
    doubting.check('8.11 an order whose answer is lost is looked up, and found', () =>
      found((world) => world.answer('place', 'broken')),
    ),
    doubting.check('8.12 an order whose answer does not come is looked up, and found', () =>
      found((world) => {
        world.answer('place', 'silence');
        world.answer('status', ok(orders.found.raw));
      }),
    ),
    doubting.check('8.13 an order answered with a page is looked up, and found', () =>
      found((world) =>
        world.answer('place', { status: 502, headers: {}, body: '<html>Bad gateway</html>' }),
      ),
    ),
    doubting.check(
      '8.14 an order answered with a page and status 200 is looked up, and found',
      () =>
        found((world) =>
          world.answer('place', { status: 200, headers: {}, body: '<html>Sign in</html>' }),
        ),
    ),
    doubting.check('8.15 an order with an uncertain refusal is looked up, and found', () => {
      for (const refusal of failures.uncertain)
        found((world) => world.answer('place', refusalOf(refusal)));
    }),
    advising('mend `failure`').given(
      '8.16 an order that is refused for good failed, and is not looked up',
      failures.insufficient_funds,
      (refusal) => {
        const { world, told } = place((each) => each.answer('place', refusalOf(refusal)));
        world.advance(20_000);
        expectKind('the error', told.error(), 'insufficient_funds');
        expectSame('the look-ups', world.requests('status').length, 0);
        expectSame('the placements', world.requests('place').length, 1);
      },
    ),
    advising('mend `failure`').given(
      '8.17 an order refused for its timestamp is sent once more, by a new clock',
      failures.clock_skew,
      (refusal) => {
        const { world, told } = place((each) =>
          each.answer('place', () =>
            each.requests('place').length === 1 ? refusalOf(refusal) : ok(orders.resting.raw),
          ),
        );
        world.advance(5_000);
        expectSame('the placements', world.requests('place').length, 2);
        expectSame('the states', states(told).slice(0, 2), ['pending_create', 'open']);
      },
    ),
    living.check('8.18 orders of somebody else are told apart', () => {
      const world = createWorld(bench);
      world.answer('open', ok(orders.open.none));
      const others = world.record(world.connector.externalOrders$);
      const fills = world.record(world.connector.fills$);
      world.advance(2_000);
      tell(world, stream.opened);
      expectSame(
        'the external orders',
        others.values.at(-1)?.map((other) => other.clientOrderId),
        [clientOrderId],
      );
      expectSame('the fills', fills.values, []);
    }),
  ];
};

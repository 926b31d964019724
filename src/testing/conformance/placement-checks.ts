import { Decimal } from '../../core/decimal.js';
import type { OrderRequest } from '../../core/order.js';
import type { Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectKind, expectSame, expectThat } from './expect.js';
import type { RequestFixture } from './fixtures.js';
import { expectSent } from './requests.js';
import { createWorld } from './world.js';

const asking = advising('mend `orders.place.params`, or the fixture where the pages say otherwise');
/** How many orders are placed at once. */
const MANY = 20;

const forming = advising('mend `orders.clientOrderId`');

/** What leaves for an order that a strategy asks for. */
export const placementChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { fixtures, rule, exchange } = bench;
  const { order, place, params, ids } = fixtures.orders;
  const { clientOrderId } = order;
  const { pair } = rule;
  const limit = {
    pair,
    type: 'limit',
    price: order.price,
    amount: order.amount,
    clientOrderId,
  } as const;
  const market = { pair, type: 'market', amount: order.amount, clientOrderId } as const;

  const send = (side: 'buy' | 'sell', asked: OrderRequest) => {
    const world = createWorld(bench);
    const { error } = world.record(world.connector[side](asked));
    world.advance(5_000);
    return { sent: world.requests('place'), error, world };
  };
  const expectOrder = (
    side: 'buy' | 'sell',
    asked: OrderRequest,
    sentParams: RequestFixture['params'],
  ): void => {
    const { sent, error } = send(side, asked);
    expectSame('why nothing was sent', error(), undefined);
    expectSent('the order', bench, sent[0], { ...place, params: { ...sentParams } });
  };
  const refused = (asked: OrderRequest): void => {
    const { sent, error } = send('buy', asked);
    expectKind('the error', error(), 'invalid_order');
    expectSame('the placements that were sent', sent.length, 0);
  };
  const half = (text: string, step: Decimal): Decimal => new Decimal(text).plus(step.times('0.4'));

  return [
    asking.check('6.30 a limit order that buys is sent as documented', () =>
      expectOrder('buy', limit, params.limit),
    ),
    asking.check('6.31 a limit order that sells is sent as documented', () =>
      expectOrder('sell', limit, params.sell),
    ),
    asking.check('6.32 a market order is sent as documented', () =>
      expectOrder('buy', market, params.market),
    ),
    asking.given(
      '6.33 a market order by quote amount is sent as documented',
      params.byQuote,
      ({ quoteAmount, params: sent }) =>
        expectOrder('buy', { pair, type: 'market', quoteAmount, clientOrderId }, sent),
    ),
    asking.given('6.34 a post-only order is sent as documented', params.postOnly, (sent) =>
      expectOrder('buy', { ...limit, type: 'limit_maker' }, sent),
    ),
    asking.given(
      '6.35 immediate or cancel is sent as documented',
      params.immediateOrCancel,
      (sent) => expectOrder('buy', { ...limit, timeInForce: 'IOC' }, sent),
    ),
    asking.given('6.36 fill or kill is sent as documented', params.fillOrKill, (sent) =>
      expectOrder('buy', { ...limit, timeInForce: 'FOK' }, sent),
    ),
    asking.given(
      '6.37 self-trade prevention is sent as documented',
      params.selfTrade,
      ({ mode, params: sent }) => expectOrder('buy', { ...limit, selfTradePrevention: mode }, sent),
    ),
    asking.check("6.38 a buy's price and amount go down to the steps", () =>
      expectOrder(
        'buy',
        {
          ...limit,
          price: half(order.price, rule.priceStep),
          amount: half(order.amount, rule.amountStep),
        },
        params.limit,
      ),
    ),
    asking.check("6.39 a sell's price goes up to the step", () => {
      const price = new Decimal(order.price).minus(rule.priceStep.times('0.4'));
      expectOrder('sell', { ...limit, price }, params.sell);
    }),
    advising('mend `rules`').check('6.40 what breaks the rules of the market is not sent', () => {
      refused({ ...limit, price: rule.maxPrice.plus(rule.priceStep) });
      refused({ ...limit, amount: rule.amountStep.div(2) });
    }),
    asking.check('6.41 ids of its own are sent as they are', () => {
      for (const id of ids.valid) {
        const { sent } = send('buy', { ...limit, clientOrderId: id });
        const values = [...new URL(sent[0]?.url ?? 'none:').searchParams.values()];
        expectThat(`the parameters of the order ${id}`, values.includes(id), {
          expected: `one that is ${id}`,
          actual: values,
        });
      }
    }),
    forming.check('6.42 ids that the exchange would refuse are not sent', () => {
      for (const id of ids.invalid) refused({ ...limit, clientOrderId: id });
    }),
    forming.check('6.43 ids that are made fit the form, and are unlike each other', () => {
      const { maxLength, charset } = exchange.orders.clientOrderId;
      const world = createWorld(bench);
      const { price, amount } = order;
      const told = Array.from({ length: MANY }, () =>
        world.record(world.connector.buy({ pair, type: 'limit', price, amount })),
      );
      const made = told.map(({ values }) => values[0]?.clientOrderId ?? '');
      expectSame('how many there are', new Set(made).size, MANY);
      const bad = made.filter((id) => id.length > maxLength || !charset.test(id));
      expectSame('those that do not fit', bad, []);
    }),
  ];
};

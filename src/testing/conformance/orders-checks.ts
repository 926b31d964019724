import type { NewOrder, OrderReference } from '../../core/contract.js';
import { Decimal } from '../../core/decimal.js';
import { jsonOf, type Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectRead, expectSame, expectThat, expectUnread } from './expect.js';
import type { Raw, RequestFixture } from './fixtures.js';
import { expectCall } from './requests.js';
import { spoiled } from './spoiled.js';

const asking = advising(
  'mend the params of the call in `orders`, or the fixture where the pages say otherwise',
);
const reading = advising(
  'mend the decoder of the call in `orders`, or the fixture where the pages say otherwise',
);

/** The calls about orders: what they send, and how their answers are read. */
export const ordersChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule, rules } = bench;
  const { orders } = exchange;
  const said = fixtures.orders;
  const { clientOrderId, exchangeOrderId, price, amount } = said.order;
  const byClientId: OrderReference = { rule, clientOrderId };
  const byExchangeId: OrderReference = { rule, clientOrderId, exchangeOrderId };
  const order: NewOrder = {
    rule,
    clientOrderId,
    side: 'buy',
    type: 'limit',
    price: new Decimal(price),
    amount: new Decimal(amount),
  };
  const request = ({ method, path }: RequestFixture, params: RequestFixture['params'] = {}) => ({
    method,
    path,
    params,
  });
  const answers: readonly (readonly [what: string, raw: Raw, read: (body: unknown) => unknown])[] =
    [
      ['the answer to a placement', said.resting.raw, (body) => orders.place.decode(body, order)],
      [
        'the answer to a cancel',
        said.canceled.raw,
        (body) => orders.cancel.decode(body, byExchangeId),
      ],
      [
        'the answer about an order',
        said.found.raw,
        (body) => orders.status.decode(body, byExchangeId),
      ],
      ['the executions', said.fills.answer.raw, (body) => orders.fills.decode(body, byExchangeId)],
      ['the open orders', said.open.answer.raw, (body) => orders.open.decode(body, { rules })],
    ];

  return [
    advising('write decimals by `toFixed()`').check('6.01 tiny numbers are written plainly', () => {
      const tiny = {
        ...order,
        price: new Decimal('0.00000001'),
        amount: new Decimal('0.0000001'),
      };
      const params = Object.entries(orders.place.params(tiny));
      const strange = params.filter(([, value]) => /^[\d.]+e[-+]?\d+$/i.test(value));
      expectSame('parameters with an exponent', Object.fromEntries(strange), {});
    }),
    reading.check('6.02 the answer to a resting order is read', () =>
      expectRead(
        'the answer',
        orders.place.decode(jsonOf(said.resting.raw), order),
        said.resting.means,
      ),
    ),
    reading.given(
      '6.03 the answer to an order that is filled at once is read',
      said.filledAtOnce,
      ({ raw, means }) => expectRead('the answer', orders.place.decode(jsonOf(raw), order), means),
    ),
    asking.check('6.04 a cancel names the order by its own id', () =>
      expectCall(
        'a cancel',
        orders.cancel,
        byClientId,
        request(said.cancel, said.cancel.byClientOrderId),
      ),
    ),
    asking.check("6.05 a cancel names the order by the exchange's id", () =>
      expectCall(
        'a cancel',
        orders.cancel,
        byExchangeId,
        request(said.cancel, said.cancel.byExchangeOrderId),
      ),
    ),
    reading.check('6.06 the answer to a cancel is read', () =>
      expectRead(
        'the answer',
        orders.cancel.decode(jsonOf(said.canceled.raw), byExchangeId),
        said.canceled.means,
      ),
    ),
    asking.check('6.07 an order is asked after by its own id', () =>
      expectCall(
        'an order',
        orders.status,
        byClientId,
        request(said.status, said.status.byClientOrderId),
      ),
    ),
    asking.check("6.08 an order is asked after by the exchange's id", () =>
      expectCall(
        'an order',
        orders.status,
        byExchangeId,
        request(said.status, said.status.byExchangeOrderId),
      ),
    ),
    reading.check('6.09 the answer about an order is read', () =>
      expectRead(
        'the answer',
        orders.status.decode(jsonOf(said.found.raw), byExchangeId),
        said.found.means,
      ),
    ),
    reading.given(
      '6.10 an order that expired is over, and expired',
      said.expired,
      ({ raw, means }) =>
        expectRead('the answer', orders.status.decode(jsonOf(raw), byExchangeId), means),
    ),
    advising('let the decoder fail: the order is asked after again').check(
      '6.11 a status that nobody knows is not guessed at',
      () =>
        expectUnread('the answer', orders.status.decode(jsonOf(said.unknownStatus), byExchangeId)),
    ),
    asking.check('6.12 executions are asked for from the first on', () =>
      expectCall('executions', orders.fills, byExchangeId, request(said.fills, said.fills.first)),
    ),
    asking.check('6.13 further executions are asked for after the last one', () => {
      const { tradeId, params } = said.fills.after;
      expectCall(
        'executions',
        orders.fills,
        { ...byExchangeId, after: tradeId },
        request(said.fills, params),
      );
    }),
    reading.check('6.14 executions are read, with what they cost', () => {
      const { raw, means } = said.fills.answer;
      expectRead('the executions', orders.fills.decode(jsonOf(raw), byExchangeId), means);
    }),
    advising('mend `orders.fillsPerAnswer`').check(
      '6.15 an answer holds as many executions as documented',
      () => expectSame('the most of them', orders.fillsPerAnswer, said.fills.perAnswer),
    ),
    asking.check('6.16 open orders are asked for as documented', () =>
      expectCall('open orders', orders.open, { rules }, request(said.open, said.open.params)),
    ),
    reading.check('6.17 open orders are read, of known markets', () => {
      const { raw, means } = said.open.answer;
      expectRead('the open orders', orders.open.decode(jsonOf(raw), { rules }), means);
    }),
    reading.check('6.18 no open orders are none', () =>
      expectRead('the open orders', orders.open.decode(jsonOf(said.open.none), { rules }), []),
    ),
    reading.check('6.19 answers of another form are not understood', () => {
      for (const body of [{}, null, undefined, 'busy', 7, { data: [] }]) {
        expectUnread('a placement', orders.place.decode(body, order));
        expectUnread('a cancel', orders.cancel.decode(body, byExchangeId));
        expectUnread('an order', orders.status.decode(body, byExchangeId));
        expectUnread('executions', orders.fills.decode(body, byExchangeId));
        expectUnread('open orders', orders.open.decode(body, { rules }));
      }
    }),
    reading.check('6.20 a spoiled answer throws nothing', () => {
      for (const [, raw, read] of answers) for (const body of spoiled(jsonOf(raw))) read(body);
    }),
    advising('mend `orders.validity`: until then an order that is not found may still come').check(
      '6.21 a placement takes effect as long as documented',
      () => expectSame('the validity, in ms', orders.validity, said.validity),
    ),
    advising('mend `orders.clientOrderId`').check(
      '6.22 permitted client order ids fit the form',
      () => {
        const { maxLength, charset } = orders.clientOrderId;
        for (const id of said.ids.valid)
          expectThat(`the id ${id}`, id.length <= maxLength && charset.test(id), {
            expected: 'permitted',
            actual: 'not permitted',
          });
      },
    ),
    advising('mend `orders.clientOrderId`').check(
      '6.23 other client order ids do not fit the form',
      () => {
        const { maxLength, charset } = orders.clientOrderId;
        for (const id of said.ids.invalid.filter((one) => one !== ''))
          expectThat(`the id ${id}`, id.length > maxLength || !charset.test(id), {
            expected: 'not permitted',
            actual: 'permitted',
          });
      },
    ),
    advising('leave the flags g and y out of the charset').check(
      '6.24 the form of ids remembers nothing',
      () => {
        const { charset } = orders.clientOrderId;
        expectSame('the flags of the charset', charset.global || charset.sticky, false);
      },
    ),
  ];
};

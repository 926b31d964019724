import { right } from 'fp-ts/lib/Either.js';
import { Decimal, type OrderUpdate, type TradeUpdate } from 'rxchange';
import { broken, eventsAs, lacking, over, type Broken } from './mutation.js';

const ZERO = new Decimal(0);

type Evidence = OrderUpdate | TradeUpdate;

const tradeAs =
  (change: (trade: TradeUpdate) => TradeUpdate) =>
  (all: readonly Evidence[]): readonly Evidence[] =>
    all.map((one) => (one.kind === 'trade' ? change(one) : one));
const revived = (order: OrderUpdate): OrderUpdate => {
  return { ...lacking(order, 'reason'), status: 'open' };
};

/** Ways to break what the account's stream tells. */
export const userStreamMutations: readonly Broken[] = [
  broken(
    'makers and takers are mixed up',
    eventsAs((event) => [
      event.kind === 'trade'
        ? { ...event, liquidity: event.liquidity === 'maker' ? 'taker' : 'maker' }
        : event,
    ]),
    '7.02 7.03 7.08 7.09 7.17 8.07',
  ),
  broken(
    'fills cost nothing',
    eventsAs((event) => [
      event.kind === 'trade' ? { ...event, fee: { ...event.fee, amount: ZERO } } : event,
    ]),
    '7.02 7.03 7.09 7.17 8.07',
  ),
  broken(
    'fees are paid in another asset',
    eventsAs((event) => [
      event.kind === 'trade' ? { ...event, fee: { ...event.fee, asset: 'XYZ' } } : event,
    ]),
    '7.02 7.03 7.08 7.09 7.17 8.07',
  ),
  broken(
    'fills are told without their order',
    eventsAs((event) =>
      event.kind === 'order' && !event.executedAmount.isZero() && event.status !== 'ended'
        ? []
        : [event],
    ),
    '7.02 7.03 7.08 7.09 7.17',
  ),
  broken(
    'orders are told without their fills',
    eventsAs((event) => (event.kind === 'trade' ? [] : [event])),
    '7.02 7.03 7.08 7.09 7.17 7.45 8.03 8.04 8.05 8.06 8.07 8.08 8.09',
  ),
  broken(
    'all fills have one id',
    eventsAs((event) => [event.kind === 'trade' ? { ...event, tradeId: '1' } : event]),
    '7.02 7.03 7.08 7.09 7.17 7.41 8.04 8.05 8.06 8.07',
  ),
  broken(
    'what was filled is open',
    eventsAs((event) => [
      event.kind === 'order' && event.status === 'filled' ? { ...event, status: 'open' } : event,
    ]),
    '7.03',
  ),
  broken(
    'what was canceled is open',
    eventsAs((event) => [
      event.kind === 'order' && event.reason === 'canceled' ? revived(event) : event,
    ]),
    '7.04',
  ),
  broken(
    'what expired was rejected',
    eventsAs((event) => [
      event.kind === 'order' && event.reason === 'expired'
        ? { ...event, reason: 'rejected' }
        : event,
    ]),
    '7.05 8.09',
  ),
  broken(
    'orders lose their own ids',
    eventsAs((event) => [
      event.kind === 'order' ? { ...event, clientOrderId: event.exchangeOrderId } : event,
    ]),
    '7.01 7.02 7.03 7.04 7.05 7.06 7.07 7.08 7.09 7.17 8.18',
  ),
  broken(
    'what is available is the total',
    eventsAs((event) => [
      event.kind === 'balances'
        ? {
            ...event,
            balances: new Map(
              [...event.balances].map(([asset, { total }]) => [asset, { total, available: total }]),
            ),
          }
        : event,
    ]),
    '7.10 11.07',
  ),
  broken(
    'balances that changed are not told',
    eventsAs((event) => (event.kind === 'balances' || event.kind === 'totals' ? [] : [event])),
    '7.10 11.07',
  ),
  broken(
    'the end of a subscription is not told',
    eventsAs((event) => (event.kind === 'ended' ? [] : [event])),
    '7.21 7.43',
  ),
  broken(
    'the end of the socket is not announced',
    eventsAs((event) => (event.kind === 'ending' ? [] : [event])),
    '7.20 7.44',
  ),
  broken(
    'refused keys are accepted',
    eventsAs((event) => [event.kind === 'refused' ? { kind: 'subscribed' } : event]),
    '7.34 7.35',
  ),
  broken(
    'a status that nobody knows is ignored',
    over(({ userStream }) => ({
      userStream: {
        ...userStream,
        decode: (frame, rules) => {
          const read = userStream.decode(frame, rules);
          return read._tag === 'Left' ? right([]) : read;
        },
      },
    })),
    '7.11 7.14 7.45',
  ),
  broken(
    'the scanner forgets fees',
    over(({ userStream }) => ({
      userStream: {
        ...userStream,
        scan: (frame, rules) =>
          userStream.scan?.(frame, rules) &&
          tradeAs((trade) => ({ ...trade, fee: { ...trade.fee, amount: ZERO } }))(
            userStream.scan(frame, rules) as readonly Evidence[],
          ),
      },
    })),
    '7.16 7.17 7.19 8.07',
  ),
  broken(
    'the account stream is asked for no sign of life that it knows',
    over(({ userStream }) => ({ userStream: { ...userStream, ping: () => '{}' } })),
    '7.22',
  ),
];

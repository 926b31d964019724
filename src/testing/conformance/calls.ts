import type { Endpoint, Exchange } from '../../core/contract.js';

/** A call that an exchange's description has. */
export type CallName =
  | 'ping'
  | 'time'
  | 'rules'
  | 'lastPrice'
  | 'snapshot'
  | 'trades'
  | 'place'
  | 'cancel'
  | 'status'
  | 'fills'
  | 'open'
  | 'balances'
  | 'tradeFees'
  | 'createKey'
  | 'keepAlive'
  | 'latestFundingInfo'
  | 'payments'
  | 'positions'
  | 'leverage'
  | 'setLeverage'
  | 'positionMode'
  | 'setPositionMode';

/** Replaces a call by another one of the same kind. */
export type ReplaceCall = <Input, Output>(
  name: CallName,
  call: Endpoint<Input, Output>,
) => Endpoint<Input, Output>;

const userStreamWith = (
  userStream: Exchange['userStream'],
  replace: ReplaceCall,
): Exchange['userStream'] =>
  userStream.type === 'signedRequest'
    ? userStream
    : {
        ...userStream,
        create: replace('createKey', userStream.create),
        keepAlive: replace('keepAlive', userStream.keepAlive),
      };

const perpetualWith = (
  perpetual: NonNullable<Exchange['perpetual']>,
  replace: ReplaceCall,
): NonNullable<Exchange['perpetual']> => ({
  ...perpetual,
  latestFundingInfo: replace('latestFundingInfo', perpetual.latestFundingInfo),
  fundingPayments: replace('payments', perpetual.fundingPayments),
  positions: replace('positions', perpetual.positions),
  leverage: replace('leverage', perpetual.leverage),
  setLeverage: replace('setLeverage', perpetual.setLeverage),
  positionMode: replace('positionMode', perpetual.positionMode),
  setPositionMode: replace('setPositionMode', perpetual.setPositionMode),
});

/** An exchange with each of its calls replaced. */
export const withCalls = (exchange: Exchange, replace: ReplaceCall): Exchange => {
  const { orderBook, trades, userStream, orders, perpetual } = exchange;
  return {
    ...exchange,
    ping: replace('ping', exchange.ping),
    time: replace('time', exchange.time),
    rules: replace('rules', exchange.rules),
    lastPrice: replace('lastPrice', exchange.lastPrice),
    orderBook: { ...orderBook, snapshot: replace('snapshot', orderBook.snapshot) },
    trades: { ...trades, since: replace('trades', trades.since) },
    userStream: userStreamWith(userStream, replace),
    orders: {
      ...orders,
      place: replace('place', orders.place),
      cancel: replace('cancel', orders.cancel),
      status: replace('status', orders.status),
      fills: replace('fills', orders.fills),
      open: replace('open', orders.open),
    },
    balances: replace('balances', exchange.balances),
    tradeFees: replace('tradeFees', exchange.tradeFees),
    ...(perpetual && { perpetual: perpetualWith(perpetual, replace) }),
  };
};

/** What is the same of every call, whatever it asks and answers. */
export type CallTerms = Pick<
  Endpoint<never, unknown>,
  'method' | 'path' | 'signed' | 'priority' | 'weights'
>;

/** All calls of an exchange. */
export const callsOf = (exchange: Exchange): ReadonlyMap<CallName, CallTerms> => {
  const calls = new Map<CallName, CallTerms>();
  withCalls(exchange, (name, call) => {
    calls.set(name, call);
    return call;
  });
  return calls;
};

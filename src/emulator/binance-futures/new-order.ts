import { ZERO, type Decimal } from '../../core/decimal.js';
import type { Side, TimeInForce } from '../../core/order.js';
import { refusal } from '../binance/api-error.js';
import { requiredMarket } from '../binance/markets.js';
import { sideWords } from '../binance/order-json.js';
import { optional, refuseUnneeded, required, type Reader, type Sent } from '../binance/params.js';
import { decimal, flag, invalid, oneOf } from '../binance/readers.js';
import { keyOf } from '../binance/words.js';
import type { Listing, PlaceRequest } from '../engine/model.js';
import type { HedgeSide, PositionSide } from '../engine/margin/model.js';
import type { FuturesAccountBackend } from './backend.js';
import { brokenRule } from './filters.js';
import { positionSideWords, selfTradeWords } from './words.js';

/** The parameters of a placement that the emulator understands. */
export const NEW_ORDER_PARAMS = [
  'symbol',
  'side',
  'positionSide',
  'type',
  'timeInForce',
  'quantity',
  'reduceOnly',
  'price',
  'newClientOrderId',
  'newOrderRespType',
  'selfTradePreventionMode',
] as const;

/** A placement that was read and checked. */
export interface NewOrder {
  readonly listing: Listing;
  readonly request: PlaceRequest;
  readonly responseType: 'ACK' | 'RESULT';
}

/** A client's own id of an order. Source: Binance USD-M Futures API, New Order (TRADE), and Error Codes, -4015. */
export const clientId: Reader<string> = (text) => {
  if (/^[.A-Z:/a-z0-9_-]{1,36}$/.test(text)) return text;
  throw refusal(-4015, 'Client order id is not valid.');
};

/** The side of an order. */
export const readSide: Reader<Side> = (text) => {
  const side = keyOf(sideWords, text);
  if (!side) throw refusal(-1117, 'Invalid side.');
  return side;
};

/** The side of a position. */
export const readPositionSide: Reader<PositionSide> = (text) => {
  const side = keyOf(positionSideWords, text);
  if (!side) throw refusal(-4060, 'Invalid position side.');
  return side;
};

/** Types that have an endpoint of their own. Source: Binance USD-M Futures API, Change Log of 2025-12. */
const conditional = [
  'STOP',
  'STOP_MARKET',
  'TAKE_PROFIT',
  'TAKE_PROFIT_MARKET',
  'TRAILING_STOP_MARKET',
];

const readType: Reader<'LIMIT' | 'MARKET'> = (text) => {
  if (text === 'LIMIT' || text === 'MARKET') return text;
  throw conditional.includes(text)
    ? refusal(
        -4120,
        'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
      )
    : refusal(-1116, 'Invalid orderType.');
};

const readTimeInForce = oneOf<TimeInForce | 'GTX'>(['GTC', 'IOC', 'FOK', 'GTX'], () =>
  refusal(-1115, 'Invalid timeInForce.'),
);

const readSelfTrade: Reader<keyof typeof selfTradeWords> = (text, name) => {
  const mode = keyOf(selfTradeWords, text);
  if (!mode) throw invalid(name);
  return mode;
};

type Terms = Pick<PlaceRequest, 'type' | 'timeInForce' | 'price' | 'amount'>;

const readTerms = (sent: Sent): Terms => {
  if (required(sent, 'type', readType) === 'MARKET') {
    refuseUnneeded(sent, ['timeInForce', 'price']);
    return { type: 'market', amount: required(sent, 'quantity', decimal) };
  }
  const timeInForce = required(sent, 'timeInForce', readTimeInForce);
  const amount = required(sent, 'quantity', decimal);
  const price = required(sent, 'price', decimal);
  return timeInForce === 'GTX'
    ? { type: 'limit_maker', amount, price }
    : { type: 'limit', timeInForce, amount, price };
};

/** The side of a position that an order is for: one in hedge mode, none otherwise. */
const hedgeSideOf = (backend: FuturesAccountBackend, sent: Sent): HedgeSide | undefined => {
  const { engine, account } = backend;
  const side = optional(sent, 'positionSide', readPositionSide) ?? 'both';
  const isHedged = engine.positionMode(account.accountId) === 'hedge';
  if (isHedged !== (side !== 'both')) {
    throw refusal(-4061, "Order's position side does not match user's setting.");
  }
  // The exchange's own spelling of the name.
  if (isHedged && sent.has('reduceOnly')) {
    throw refusal(-1106, "Parameter 'reduceonly' sent when not required.");
  }
  return side === 'both' ? undefined : side;
};

/** What an order of this side could take at its price or better. */
const withinReach = (backend: FuturesAccountBackend, request: PlaceRequest): Decimal => {
  const { symbol, side, price } = request;
  const { bids, asks } = backend.engine.depth(symbol, Infinity);
  let amount = ZERO;
  for (const level of side === 'buy' ? asks : bids) {
    if (price && (side === 'buy' ? level[0].gt(price) : level[0].lt(price))) break;
    amount = amount.plus(level[1]);
  }
  return amount;
};

const checkFillOrKill = (backend: FuturesAccountBackend, request: PlaceRequest): void => {
  if (request.timeInForce !== 'FOK' || !request.amount) return;
  if (withinReach(backend, request).gte(request.amount)) return;
  throw refusal(
    -5021,
    'Due to the order could not be filled immediately, the FOK order has been rejected. ' +
      'The order will not be recorded in the order history',
  );
};

/**
 * Reads and checks what `POST /fapi/v1/order` is sent.
 *
 * Source: Binance USD-M Futures API, New Order (TRADE); Error Codes.
 */
export const readNewOrder = (backend: FuturesAccountBackend, sent: Sent): NewOrder => {
  const { engine, account } = backend;
  const listing = requiredMarket(backend, sent);
  const { symbol } = listing;
  const side = required(sent, 'side', readSide);
  const terms = readTerms(sent);
  const positionSide = hedgeSideOf(backend, sent);
  const reduceOnly = optional(sent, 'reduceOnly', flag) ?? false;
  const selfTrade = optional(sent, 'selfTradePreventionMode', readSelfTrade);
  const request: PlaceRequest = {
    symbol,
    clientOrderId: optional(sent, 'newClientOrderId', clientId) ?? backend.makeClientId(),
    side,
    ...terms,
    ...(selfTrade ? { selfTrade } : {}),
    ...(positionSide ? { positionSide } : {}),
    ...(reduceOnly ? { reduceOnly } : {}),
  };
  const responseType = optional(
    sent,
    'newOrderRespType',
    oneOf<NewOrder['responseType']>(['ACK', 'RESULT'], invalid),
  );
  const { markPrice } = engine.terms(symbol);
  const openOrders = engine.openOrders(account.accountId, symbol).length;
  const broken = brokenRule({ listing, request, markPrice, openOrders });
  if (broken) throw broken;
  checkFillOrKill(backend, request);
  return { listing, request, responseType: responseType ?? 'ACK' };
};

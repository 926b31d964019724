import type { OrderType, Side, TimeInForce } from '../../core/order.js';
import { selfTradeModesOf, type Listing } from '../engine/listing.js';
import type { PlaceRequest, SelfTradeMode } from '../engine/model.js';
import { refusal } from './api-error.js';
import type { AccountBackend } from './backend.js';
import { checkOrder } from './check-order.js';
import { requiredMarket } from './markets.js';
import { selfTradeWords, sideWords, typeWords, type ResponseType } from './order-json.js';
import { optional, refuseUnneeded, required, type Sent } from './params.js';
import { clientId, decimal, invalid, oneOf } from './readers.js';
import { keyOf } from './words.js';

/** The parameters of a placement that the emulator understands. */
export const NEW_ORDER_PARAMS = [
  'symbol',
  'side',
  'type',
  'timeInForce',
  'quantity',
  'quoteOrderQty',
  'price',
  'newClientOrderId',
  'stopPrice',
  'trailingDelta',
  'icebergQty',
  'newOrderRespType',
  'selfTradePreventionMode',
] as const;

/** A placement that was read and checked. */
export interface NewOrder {
  readonly listing: Listing;
  readonly request: PlaceRequest;
  readonly responseType: ResponseType;
}

/** Types that Binance knows, but that no market of the emulator takes. */
const unsupported: Readonly<Record<string, string>> = {
  STOP_LOSS: 'Stop loss orders are not supported for this symbol.',
  STOP_LOSS_LIMIT: 'Stop loss limit orders are not supported for this symbol.',
  TAKE_PROFIT: 'Take profit orders are not supported for this symbol.',
  TAKE_PROFIT_LIMIT: 'Take profit limit orders are not supported for this symbol.',
};

const readSide = (text: string): Side => {
  const side = keyOf(sideWords, text);
  if (!side) throw refusal(-1117, 'Invalid side.');
  return side;
};

const readType = (text: string): OrderType => {
  const type = keyOf(typeWords, text);
  if (!type) {
    const message = unsupported[text];
    throw message ? refusal(-1013, message) : refusal(-1116, 'Invalid orderType.');
  }
  return type;
};

const readTimeInForce = oneOf<TimeInForce>(['GTC', 'IOC', 'FOK'], () =>
  refusal(-1115, 'Invalid timeInForce.'),
);

/** A mode that is none, or that the market does not allow, gets the same refusal. */
const readSelfTrade =
  (listing: Listing) =>
  (text: string): SelfTradeMode => {
    const mode = keyOf(selfTradeWords, text);
    if (mode && selfTradeModesOf(listing).includes(mode)) return mode;
    throw refusal(-1013, 'This symbol does not allow the specified self-trade prevention mode.');
  };

/** What each type does not take; its mandatory parameters are read below. */
const unneeded: Readonly<Record<OrderType, readonly string[]>> = {
  limit: ['quoteOrderQty', 'stopPrice', 'trailingDelta'],
  limit_maker: ['timeInForce', 'quoteOrderQty', 'stopPrice', 'trailingDelta'],
  market: ['timeInForce', 'price', 'stopPrice', 'trailingDelta', 'icebergQty'],
};

type Terms = Pick<PlaceRequest, 'timeInForce' | 'price' | 'amount' | 'quoteAmount'>;

const marketTerms = (sent: Sent): Terms => {
  const amount = optional(sent, 'quantity', decimal);
  if (amount) {
    refuseUnneeded(sent, ['quoteOrderQty']);
    return { amount };
  }
  const quoteAmount = optional(sent, 'quoteOrderQty', decimal);
  if (quoteAmount) return { quoteAmount };
  throw refusal(
    -1102,
    "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!",
  );
};

const readTerms = (sent: Sent, type: OrderType): Terms => {
  refuseUnneeded(sent, unneeded[type]);
  if (type === 'market') return marketTerms(sent);
  const terms = {
    amount: required(sent, 'quantity', decimal),
    price: required(sent, 'price', decimal),
  };
  return type === 'limit'
    ? { timeInForce: required(sent, 'timeInForce', readTimeInForce), ...terms }
    : terms;
};

/**
 * Reads and checks what `POST /api/v3/order` and `order.place` are sent. Stop, trailing and iceberg orders
 * are refused as by a market that does not take them; for order lists there is no method.
 *
 * Source: Binance Spot API, rest-api.md, New order (TRADE); errors.md, Messages.
 */
export const readNewOrder = (backend: AccountBackend, sent: Sent): NewOrder => {
  const listing = requiredMarket(backend, sent);
  const side = required(sent, 'side', readSide);
  const type = required(sent, 'type', readType);
  const terms = readTerms(sent, type);
  if (sent.has('icebergQty')) {
    throw refusal(-1013, 'Iceberg orders are not supported for this symbol.');
  }
  const selfTrade = optional(sent, 'selfTradePreventionMode', readSelfTrade(listing));
  const responseType = optional(
    sent,
    'newOrderRespType',
    oneOf<ResponseType>(['ACK', 'RESULT', 'FULL'], invalid),
  );
  const clientOrderId = optional(sent, 'newClientOrderId', clientId) ?? backend.makeClientId();
  const request: PlaceRequest = {
    symbol: listing.symbol,
    clientOrderId,
    side,
    type,
    ...terms,
    ...(selfTrade ? { selfTrade } : {}),
  };
  checkOrder(backend, listing, request);
  return {
    listing,
    request,
    responseType: responseType ?? (type === 'limit_maker' ? 'ACK' : 'FULL'),
  };
};

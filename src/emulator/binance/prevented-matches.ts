import type { PreventedMatch } from '../engine/model.js';
import { requiredMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { preventedQuantities, selfTradeWords } from './order-json.js';
import { badCombination, optional } from './params.js';
import { integer, limitUpTo } from './readers.js';
import { decimalText } from './text.js';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1000;

const matchJson = (match: PreventedMatch) => ({
  symbol: match.symbol,
  preventedMatchId: match.matchId,
  takerOrderId: match.takerOrderId,
  makerSymbol: match.symbol,
  makerOrderId: match.makerOrderId,
  // Accounts of the emulator belong to no group of accounts.
  tradeGroupId: -1,
  selfTradePreventionMode: selfTradeWords[match.mode],
  price: decimalText(match.price),
  ...preventedQuantities(match),
  transactTime: match.time,
});

/**
 * The account's trades with itself that did not happen: one, or those of an order from one on.
 *
 * Source: Binance Spot API, rest-api.md, Query Prevented Matches (USER_DATA).
 */
export const myPreventedMatches: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol', 'preventedMatchId', 'orderId', 'fromPreventedMatchId', 'limit'],
  weight: (sent) => (sent.has('orderId') ? 20 : 2),
  run: (backend, sent) => {
    const { symbol } = requiredMarket(backend, sent);
    const matchId = optional(sent, 'preventedMatchId', integer);
    const orderId = optional(sent, 'orderId', integer);
    const from = optional(sent, 'fromPreventedMatchId', integer);
    const limit = optional(sent, 'limit', limitUpTo(MAX_LIMIT)) ?? DEFAULT_LIMIT;
    if (
      (matchId === undefined) === (orderId === undefined) ||
      (matchId !== undefined && from !== undefined)
    ) {
      throw badCombination();
    }
    return backend.engine
      .preventedMatches(backend.account.accountId, symbol)
      .filter((match) => matchId === undefined || match.matchId === matchId)
      .filter(({ takerOrderId, makerOrderId }) =>
        orderId === undefined ? true : takerOrderId === orderId || makerOrderId === orderId,
      )
      .filter((match) => match.matchId >= (from ?? 0))
      .slice(0, limit)
      .map(matchJson);
  },
};

import { createCommands } from '../commands.js';
import { Ledger } from '../ledger.js';
import type { Engine, Listing, PlaceRequest } from '../model.js';
import { createQueries } from '../queries.js';
import { createState, type EngineOptions, type EngineState } from '../state.js';
import { createAccountCommands } from './accounts.js';
import type { MarginContext } from './context.js';
import { createFunding } from './funding.js';
import { MarginBook } from './margin-book.js';
import { MarginRejection, type PerpetualEngine, type Position } from './model.js';
import { createModify } from './modification.js';
import { createPrices, type PricesOptions } from './prices.js';
import { createReckoning } from './reckoning.js';
import { endExcessReducers, endMisfits, fitToPosition } from './reduce-only.js';
import { createRiskWatch } from './risk.js';
import { createMarginSettlement, isReducing } from './settlement.js';

/** What an exchange of perpetuals is made of. */
export interface PerpetualEngineOptions
  extends Omit<EngineOptions, 'settlement' | 'ledger'>, Omit<PricesOptions, 'now'> {
  /** Accounts of many traders: what one of them may have at most does not bound them. */
  readonly crowds?: ReadonlySet<string>;
}

const createContext = (options: PerpetualEngineOptions): MarginContext => {
  const { crowds = new Set() } = options;
  const book = new MarginBook();
  const prices = createPrices(options);
  const ledger = new Ledger();
  const listingOf = (symbol: string): Listing => state.marketOf(symbol).listing;
  const reckoning = createReckoning({ ledger, book, prices, listingOf });
  const state: EngineState = createState({
    ...options,
    ledger,
    settlement: (_, fees) => createMarginSettlement({ ledger, fees, book, reckoning, crowds }),
  });
  return { state, book, prices, reckoning, crowds };
};

/** Counts the orders in the books that may only close a position: mostly there are none to look after. */
const watchReducers = (listen: Engine['listen']) => {
  const resting = new Set<number>();
  listen((events) => {
    for (const event of events) {
      if (event.type !== 'order' || !isReducing(event.order)) continue;
      const { orderId, status } = event.order;
      if (status === 'new' || status === 'partially_filled') resting.add(orderId);
      else resting.delete(orderId);
    }
  });
  return resting;
};

/** An exchange of perpetuals without orders: positions, cross margin, funding, liquidation. */
export const createPerpetualEngine = (options: PerpetualEngineOptions): PerpetualEngine => {
  const context = createContext(options);
  const { state, book, prices, reckoning } = context;
  const { listen } = state.publisher;
  const engine: Engine = { ...createCommands(state), ...createQueries(state), listen };
  const funding = createFunding(context);
  const examine = createRiskWatch(context);
  const reducers = watchReducers(listen);
  const modifyOrder = createModify(context);

  const checkSide = (accountId: string, { positionSide }: PlaceRequest): void => {
    const isHedged = book.mode(accountId) === 'hedge';
    if (isHedged !== (positionSide !== undefined)) throw new MarginRejection('wrong_position_side');
  };

  const changed: (readonly [accountId: string, position: Position])[] = [];
  listen((events) => {
    for (const event of events) {
      if (event.type !== 'account' || reducers.size === 0) continue;
      for (const position of event.positions) changed.push([event.accountId, position]);
    }
  });
  /** Orders that may only close a position end with it. */
  const settleReducers = (): void => {
    for (const [accountId, { symbol, side: positionSide }] of changed.splice(0)) {
      const which = positionSide === 'both' ? undefined : positionSide;
      for (const side of ['buy', 'sell'] as const) {
        endExcessReducers(context, { accountId, symbol, side, positionSide: which });
      }
    }
  };

  const place: Engine['place'] = (accountId, request) => {
    checkSide(accountId, request);
    const fitted = fitToPosition(context, accountId, request);
    if (reducers.size > 0) endMisfits(context, accountId, fitted);
    const placement = engine.place(accountId, fitted);
    settleReducers();
    return placement;
  };

  const modify: PerpetualEngine['modify'] = (...command) => {
    const order = modifyOrder(...command);
    settleReducers();
    return order;
  };

  /** Carries out what may bring accounts near to their liquidation. */
  const risk = (symbol: string, act: () => void): void => {
    act();
    examine(symbol);
    settleReducers();
  };

  return {
    ...engine,
    ...createAccountCommands(context),
    place,
    modify,
    positions: reckoning.positions,
    position: reckoning.position,
    figures: reckoning.figures,
    marketMargin: reckoning.marketMargin,
    leverage: (accountId, symbol) => book.stake(accountId, symbol).leverage,
    positionMode: (accountId) => book.mode(accountId),
    terms: prices.terms,
    setIndexPrice: (symbol, price) => risk(symbol, () => prices.setIndex(symbol, price)),
    setMarkPrice: (symbol, price) => risk(symbol, () => prices.setMark(symbol, price)),
    setFundingRate: prices.setRate,
    settleFunding: (symbol) => risk(symbol, () => funding.settle(symbol)),
    fundingPayments: funding.payments,
    fundingHistory: funding.history,
  };
};

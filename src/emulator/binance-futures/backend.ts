import { createBackend, type Backend, type BackendOptions } from '../binance/backend.js';
import type { AccountBackend } from '../binance/backend.js';
import type { PerpetualEngine } from '../engine/margin/model.js';
import { createIncomeBook, type IncomeBook } from './income-book.js';
import { createListenKeys, type ListenKeys } from './listen-keys.js';

/** What stands behind the REST API and the streams of futures alike. */
export interface FuturesBackend extends Backend {
  readonly engine: PerpetualEngine;
  readonly listenKeys: ListenKeys;
  readonly income: IncomeBook;
  /** Time between two fundings, in ms. */
  readonly fundingInterval: number;
  /** Whether accounts are told of trades in short before they are told of them in full. */
  readonly tradeLite: boolean;
}

/** The same for somebody who has shown who they are. */
export type FuturesAccountBackend = FuturesBackend & Pick<AccountBackend, 'account' | 'key'>;

/** What the dialect is built on. */
export interface FuturesBackendOptions extends Omit<BackendOptions, 'orderCounting'> {
  readonly engine: PerpetualEngine;
  readonly fundingInterval: number;
  readonly tradeLite: boolean;
}

/** Joins an engine and what Binance Futures adds to it. */
export const createFuturesBackend = (options: FuturesBackendOptions): FuturesBackend => {
  const { engine, now, scheduler, keyRandom, fundingInterval, tradeLite } = options;
  return {
    // Calls count, whatever becomes of their orders. Source: Binance USD-M Futures API, General Info, Limits.
    ...createBackend({ ...options, orderCounting: 'calls' }),
    engine,
    listenKeys: createListenKeys({ now, scheduler, random: keyRandom }),
    income: createIncomeBook(engine),
    fundingInterval,
    tradeLite,
  };
};

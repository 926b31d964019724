import type { ConformanceFixtures } from 'rxchange/testing';
import { accountFixtures } from './account.js';
import { market } from './market.js';
import { orders } from './orders.js';
import { failures, signing } from './refusals.js';
import { trades } from './trades.js';

/** Binance spot, as its pages document it. */
export const binanceFixtures: ConformanceFixtures = {
  ...market,
  trades,
  signing,
  failures,
  orders,
  account: accountFixtures,
};

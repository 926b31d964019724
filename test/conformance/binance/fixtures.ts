import type { ConformanceFixtures } from 'rxchange/testing';
import { accountFixtures, failures, signing } from './account.js';
import { market } from './market.js';
import { orders } from './orders.js';

/** Binance spot, as its pages document it. */
export const binanceFixtures: ConformanceFixtures = {
  ...market,
  signing,
  failures,
  orders,
  account: accountFixtures,
};

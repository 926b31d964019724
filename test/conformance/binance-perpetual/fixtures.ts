import type { ConformanceFixtures } from 'rxchange/testing';
import { accountFixtures } from './account.js';
import { market } from './market.js';
import { orders } from './orders.js';
import { perpetual } from './positions.js';
import { failures, signing } from './refusals.js';

/** Binance's USDⓈ-M perpetuals, as their pages document them. */
export const binancePerpetualFixtures: ConformanceFixtures = {
  ...market,
  signing,
  failures,
  orders,
  account: accountFixtures,
  perpetual,
};

import { asyncScheduler } from 'rxjs';
import { createThrottler } from 'rxchange';
import { binanceSpot } from 'rxchange/binance';

/** Limits of an exchange that limit nothing: none of them is what is measured. */
export const unlimited = ({ limits } = binanceSpot) =>
  createThrottler({
    limits: Object.fromEntries(
      Object.keys(limits).map((pool) => [pool, { limit: 1e9, interval: 1_000 }]),
    ),
    scheduler: asyncScheduler,
  });

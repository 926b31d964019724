import { feesOf, type Fill } from 'rxchange';
import {
  createVirtualProcess,
  createVirtualVenue,
  injectFaults,
  planFaults,
} from 'rxchange/testing';
import { concatMap, interval, take } from 'rxjs';

const venue = createVirtualVenue({ seed: 7 });
const { scheduler, credentials, network } = venue;
let state = 7;
const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647; // the same in each run
const process = createVirtualProcess({ ...network, scheduler, random });
const exchange = venue.join({ credentials, environment: process.environment });

const told: Fill[] = [];
exchange.fills$.subscribe((fill) => told.push(fill));
venue.rival('sell', '64000', '10');
interval(5_000, scheduler)
  .pipe(
    take(10),
    concatMap(() => exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.01' })),
  )
  .subscribe({ error: () => console.log('an order failed, for certain') });

const names = ['sockets reset', 'late answer', '429'] as const;
const faults = injectFaults(
  { venue, process: () => process },
  planFaults(random, { duration: 60_000, every: 10_000, names }),
  (name) => console.log('met', name),
);
venue.advance(120_000);
faults.unsubscribe();
venue.advance(60_000);

const bought = venue.trades().length;
console.log('the exchange made', bought, 'trades,', told.length, 'were told');
console.log('fees', [...feesOf(told)].map(([asset, fee]) => `${fee.toFixed()} ${asset}`).join(' '));

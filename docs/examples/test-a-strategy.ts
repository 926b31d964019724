import type { Connector } from 'rxchange';
import { midPrice } from 'rxchange/operators';
import { createVirtualVenue } from 'rxchange/testing';
import { auditTime, merge, switchMap, type SchedulerLike } from 'rxjs';

const quote = (price: number) =>
  ({ pair: 'BTC-USDT', type: 'limit', price: price.toFixed(2), amount: '0.002' }) as const;

// the strategy: what it trades on and the clock that it waits by are handed in
const marketMaker = (exchange: Connector, scheduler: SchedulerLike) =>
  exchange.orderBook$('BTC-USDT').pipe(
    midPrice(),
    auditTime(1_000, scheduler),
    switchMap((mid) =>
      merge(
        exchange.buy(quote(mid * 0.9998), { cancelOnUnsubscribe: true }),
        exchange.sell(quote(mid * 1.0002), { cancelOnUnsubscribe: true }),
      ),
    ),
  );

const venue = createVirtualVenue({ seed: 7 }); // the same seed, the same traders, the same test
const stopTraders = venue.startTraders();
const running = marketMaker(venue.exchange, venue.scheduler).subscribe();

venue.advance(10_000); // ten seconds, at once
venue.control.failNext({ path: '/api/v3/order', effect: 'done', answer: 'timeout', times: 2 });
venue.advance(10_000); // two answers about orders are lost, though the exchange did what it was asked
venue.network.disconnect(); // all sockets break
venue.advance(10_000);

running.unsubscribe(); // cancels the quotes
stopTraders();
venue.advance(60_000);

const open = venue.orders().filter(({ status }) => status === 'new');
console.log('orders', venue.orders().length, 'trades', venue.trades().length);
console.log(
  'left open',
  open.length,
  'limits broken',
  Object.keys(venue.control.violations()).length,
);
console.log('waiting', venue.pending()); // no timer is left

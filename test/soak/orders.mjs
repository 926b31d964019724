/**
 * One connector places orders in virtual time, and what it holds is weighed on the way: no order that is over
 * may be left. The exchange is made anew from time to time, since that one never forgets an order.
 */
import { defer, ignoreElements, merge } from 'rxjs';
import { binance } from 'rxchange/binance';
import { createEmulation } from 'rxchange/emulator';
import { memoryStore } from 'rxchange/store';
import { createVirtualNetwork, virtualTime } from 'rxchange/testing';
import { held } from './memory.mjs';

/** How many orders one exchange takes. */
const A_DAY = 1_000;
/** How often the heap is looked at, in orders; at first the engine still compiles. */
const WEIGH_EVERY = 10_000;
/** How much more the heap may hold in the end than after the first orders, in bytes. */
const GROWTH = 1_000_000;

const domain = {
  rest: 'https://venue.test',
  stream: 'wss://venue.test',
  wsApi: 'wss://venue.test/ws-api/v3',
};

export const soak = async ({ count = 100_000 } = {}) => {
  const { scheduler, advance } = virtualTime();
  const open = () => {
    const emulation = createEmulation({ scheduler });
    const network = createVirtualNetwork({ dialect: emulation.dialect, scheduler, latency: 5 });
    return { ...emulation, network };
  };
  let venue = open();
  const exchange = binance({
    domain,
    credentials: venue.credentials,
    store: memoryStore(),
    environment: {
      scheduler,
      http: (request) => defer(() => venue.network.http(request)),
      socket: (url) => defer(() => venue.network.socket(url)),
    },
  });
  let placed = 0;
  let fills = 0;
  let over = 0;

  const trade = (side, rival) => {
    placed += 1;
    const order$ = exchange[side]({
      pair: 'BTC-USDT',
      type: 'limit',
      price: side === 'buy' ? 60_000 : 70_000,
      amount: '0.001',
    });
    let id;
    order$.subscribe({ next: (order) => (id = order.clientOrderId), complete: () => (over += 1) });
    advance(150);
    // Every other one is filled, the rest are cancelled.
    if (placed % 2 === 0) exchange.cancel(id).subscribe();
    else rival.limit(side === 'buy' ? 'sell' : 'buy', side === 'buy' ? 60_000 : 70_000, '0.001');
    advance(150);
  };
  const day = () => {
    venue = open();
    const rival = venue.control.trader('rival');
    const all$ = merge(exchange.balances$, exchange.inFlightOrders$, exchange.orderUpdates$);
    const watching = all$.pipe(ignoreElements()).subscribe();
    watching.add(exchange.fills$.subscribe(() => (fills += 1)));
    advance(2_000);
    for (let order = 0; order < A_DAY; order += 1) trade(order % 4 < 2 ? 'buy' : 'sell', rival);
    watching.unsubscribe();
    advance(120_000);
  };
  const heaps = [];
  while (placed < count) {
    day();
    if (placed % WEIGH_EVERY === 0) heaps.push((await held()).heap);
  }
  const [first = 0] = heaps.slice(1);
  const grown = Math.min(...heaps.slice(-3)) - first;
  return {
    result: { placed, over, fills, 'heap every 10,000 orders': heaps, grown },
    passed: grown < GROWTH && over === placed && fills === placed / 2,
  };
};

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defer, ignoreElements, merge, Subscription } from 'rxjs';
import { binance } from '../../src/binance.js';
import type { Connector } from '../../src/connector/connector.js';
import { seededRandom } from '../../src/core/random.js';
import { createEmulation } from '../../src/emulator/emulation.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { createVirtualNetwork } from '../../src/testing/virtual-network.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { BID } from '../support/orders.js';

const PAIR = 'BTC-USDT';
const HOUR = 3_600_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Lets all go that can go; returns what is in use still, in bytes. */
const inUse = async (): Promise<number> => {
  // What was touched in a turn is kept until its end.
  await new Promise(setImmediate);
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

const everything = (exchange: Connector) =>
  merge(
    exchange.orderBook$(PAIR, { gaps: true }),
    exchange.trades$(PAIR),
    exchange.balances$,
    exchange.inFlightOrders$,
    exchange.ruleChanges$,
    exchange.errors$,
    exchange.connect(),
  ).pipe(ignoreElements());

/** A connector, and an exchange that is made anew each day: what lasts is the connector's. */
const createMonth = () => {
  const time = virtualTime();
  const { scheduler } = time;
  const createDay = () => {
    const emulation = createEmulation({ scheduler });
    const network = createVirtualNetwork({ dialect: emulation.dialect, scheduler, latency: 10 });
    return { ...emulation, network };
  };
  let today = createDay();
  const exchange = binance({
    domain: {
      rest: 'https://venue.test',
      stream: 'wss://venue.test',
      wsApi: 'wss://venue.test/ws-api/v3',
    },
    credentials: today.credentials,
    store: memoryStore(),
    environment: {
      scheduler,
      http: (request) => defer(() => today.network.http(request)),
      socket: (url) => defer(() => today.network.socket(url)),
      random: seededRandom(1),
    },
  });
  const told: WeakRef<object>[] = [];

  /** Subscribes to everything, trades, is cut off, and leaves. */
  const visit = (): void => {
    const visiting = new Subscription();
    visiting.add(everything(exchange).subscribe());
    const news$ = merge(exchange.orderUpdates$, exchange.fills$);
    visiting.add(news$.subscribe((value) => told.push(new WeakRef(value))));
    time.advance(2_000);
    for (let price = 60_000; price < 60_005; price += 1) {
      const order$ = exchange.buy({ ...BID, price }, { cancelOnUnsubscribe: true });
      const refused$ = exchange.buy({ ...BID, price, amount: 1e6 });
      visiting.add(order$.subscribe());
      visiting.add(refused$.subscribe({ error: () => undefined }));
    }
    time.advance(1_000);
    today.control.trader().limit('sell', '60003', '0.015');
    time.advance(1_000);
    today.network.disconnect();
    time.advance(20_000);
    visiting.unsubscribe();
    time.advance(60_000);
  };

  /** Half a day here and half a day there; tells what is left when nobody is there. */
  const liveOneDay = () => {
    today = createDay();
    const { engine, accountId, network } = today;
    for (const hours of [11, 13]) {
      visit();
      time.advance(hours * HOUR);
    }
    return {
      open: engine.orders(accountId).filter(({ status }) => status === 'new').length,
      trades: engine.trades(accountId).length,
      sockets: network.sockets().length,
      timers: time.pending(),
    };
  };
  return { liveOneDay, told };
};

describe('a month of coming and going', () => {
  it('leaves no order, no socket, no timer and no memory behind', async () => {
    const { liveOneDay, told } = createMonth();
    const sizes: number[] = [];
    for (let day = 0; day < 30; day += 1) {
      expect(liveOneDay()).toEqual({ open: 0, trades: 4, sockets: 0, timers: 0 });
      if (day % 10 > 6) sizes.push(await inUse());
    }
    const grown = Math.min(...sizes.slice(-3)) - Math.min(...sizes.slice(0, 3));
    // The engine keeps some code it made of what runs often.
    expect(grown).toBeLessThan(3e6);
    expect(told.length).toBeGreaterThan(1_000);
    // The orders that were over last are remembered for a while.
    expect(told.filter((value) => value.deref() !== undefined).length).toBeLessThan(50);
  });
});

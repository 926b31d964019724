import { EMPTY, catchError, retry, takeUntil, tap, timer } from 'rxjs';
import type { Connector } from '../../src/connector/connector.js';
import type { OrderRequest, Side } from '../../src/core/order.js';
import { between, oneOf } from '../../src/testing/faults/kind.js';
import { PAIR, SYMBOL } from './market.js';
import type { Cast, Orders, Play } from './stage.js';

export interface TraderOptions extends Cast<Connector> {
  readonly orders: Orders;
  readonly acts: Play['acts'];
  /** The client order ids of orders that may be alive. */
  readonly ids: () => readonly string[];
}

/** How much time lies between two of its acts on average, in ms. */
const EVERY = 12_000;
/** How many of its acts are those of its market. */
const OWN = 0.15;
/** More open orders than this are cancelled first. */
const MANY = 8;

/** Does all that a strategy may do with orders, wise or not, at any time. */
export const createTrader = (options: TraderOptions) => {
  const { court, client, random, orders, acts, ids } = options;
  const { venue, check } = court;
  const { engine, scheduler } = venue;
  const rival = venue.control.trader('rival');
  const chance = (part: number): boolean => random() < part;
  let calls = 0;
  let active = false;

  const near = (distance: number): string => {
    const { bids, asks } = engine.depth(SYMBOL, 1);
    const best = (bids[0] ?? asks[0])?.[0].toNumber() ?? 60_000;
    return (best * (1 + distance * (2 * random() - 1))).toFixed(2);
  };
  const request = (): OrderRequest => {
    const steps = between(random, 1, orders.most);
    const amount = (steps / 10 ** orders.decimals).toFixed(orders.decimals);
    const limit = { pair: PAIR, type: 'limit', amount } as const;
    const [kind] = [random()];
    if (kind < 0.35) return { ...limit, price: near(0.000_2) };
    if (kind < 0.5) return { ...limit, price: near(0.003) };
    if (kind < 0.62) return { pair: PAIR, type: 'market', amount };
    if (kind < 0.68) return { pair: PAIR, type: 'market', quoteAmount: between(random, 10, 200) };
    if (kind < 0.76) return { ...limit, price: near(0.000_3), timeInForce: 'IOC' };
    if (kind < 0.82) return { ...limit, price: near(0.000_3), timeInForce: 'FOK' };
    if (kind < 0.95) return { ...limit, type: 'limit_maker', price: near(0.000_2) };
    // Neither the account nor the market can bear these.
    if (kind < 0.98) return { ...limit, price: near(0.000_2), amount: '50' };
    return { ...limit, price: near(0.000_2), amount: '0.0000001' };
  };

  /** One call, subscribed to and repeated as a strategy likes. */
  const place = (): void => {
    const side: Side = chance(0.5) ? 'buy' : 'sell';
    const process = client.process();
    const cancelOnUnsubscribe = chance(0.2);
    const wanted = orders.complete(request(), random);
    const order$ = client.exchange()[side](wanted, { cancelOnUnsubscribe });
    const heard = new Set<string>();
    calls += 1;
    const heard$ = order$.pipe(
      tap(({ clientOrderId }) => {
        heard.add(clientOrderId);
        check('one call is at most one order', heard.size === 1, () => [...heard].join());
      }),
      retry(chance(0.3) ? 2 : 0),
      catchError(() => EMPTY),
      takeUntil(process.death$),
    );
    const patience = chance(0.3) ? between(random, 0, 5_000) : Infinity;
    for (let count = between(random, 1, 3); count > 0; count -= 1) heard$.subscribe();
    if (Number.isFinite(patience)) heard$.pipe(takeUntil(timer(patience, scheduler))).subscribe();
  };

  const cancelOne = (): void => {
    const id = oneOf(random, ids());
    if (id === undefined) return;
    const { cancel } = client.exchange();
    for (let count = between(random, 1, 3); count > 0; count -= 1) cancel(id).subscribe();
  };

  /** Somebody else takes a part of one of the orders, or is in its way. */
  const meetRival = (): void => {
    const order = oneOf(random, engine.openOrders('user', SYMBOL));
    if (order === undefined) return;
    const amount = order.amount
      .times(between(random, 1, 10))
      .div(10)
      .decimalPlaces(orders.decimals);
    if (amount.isZero() || engine.listings.get(SYMBOL)?.status === 'break') return;
    rival.limit(order.side === 'buy' ? 'sell' : 'buy', order.price, amount);
    rival.cancelAll();
  };

  const act = (): void => {
    const kind = random();
    const own = acts.length > 0 && chance(OWN) ? oneOf(random, acts) : undefined;
    if (own !== undefined) own();
    else if (ids().length > MANY || kind < 0.15) cancelOne();
    else if (kind < 0.17) client.exchange().cancelAll().subscribe();
    else if (kind < 0.35) meetRival();
    else for (let count = chance(0.1) ? 5 : 1; count > 0; count -= 1) place();
  };
  const goOn = (): void => {
    if (!active) return;
    const process = client.process();
    if (process.isAlive() && process.isAwake()) act();
    scheduler.schedule(goOn, Math.floor(-Math.log(1 - random()) * EVERY));
  };
  return {
    calls: () => calls,
    begin: () => {
      active = true;
      goOn();
    },
    pause: () => {
      active = false;
    },
  };
};

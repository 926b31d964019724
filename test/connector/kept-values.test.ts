import { map, merge, type Observable } from 'rxjs';
import { Decimal } from '../../src/core/decimal.js';
import type { Connector } from '../../src/connector/connector.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID } from '../support/orders.js';

const PAIR = 'BTC-USDT';

/** All that a strategy may keep. */
const kept: Readonly<Record<string, (exchange: Connector) => Observable<unknown>>> = {
  'books as snapshots': ({ orderBook$ }) => orderBook$(PAIR).pipe(map((book) => book.snapshot())),
  trades: ({ trades$ }) => trades$(PAIR, { gaps: true }),
  balances: ({ balances$ }) => balances$,
  'trading rules': ({ tradingRules$ }) => tradingRules$,
  orders: ({ orderUpdates$ }) => orderUpdates$,
  fills: ({ fills$ }) => fills$,
  'the orders in flight': ({ inFlightOrders$ }) => inFlightOrders$,
  status: ({ status$ }) => status$,
};

/** All of a value, maps included, in text. */
const inFull = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (item instanceof Map ? [...item] : item));

describe('what was told', () => {
  it.each(Object.entries(kept))('stays as it was, whatever happens after it: %s', (_, open) => {
    const venue = createVirtualVenue();
    const { exchange, network } = venue;
    const values: unknown[] = [];
    const asTold: string[] = [];
    const others = merge(exchange.connect(), exchange.orderBook$(PAIR), exchange.trades$(PAIR));
    const subscription = others.subscribe();
    open(exchange).subscribe((value) => {
      values.push(value);
      asTold.push(inFull(value));
    });
    venue.advance(5_000);
    for (let turn = 0; turn < 6; turn += 1) {
      exchange.buy({ ...BID, price: 60_000 + turn }).subscribe({ error: () => undefined });
      venue.advance(500);
      venue.rival('sell', '60000', '0.004');
      venue.advance(500);
      exchange.cancelAll().subscribe();
      if (turn === 3) network.disconnect();
      venue.control.changeRules('BTCUSDT', { priceStep: new Decimal(`0.0${turn + 1}`) });
      venue.advance(600_000);
    }
    expect(values.length).toBeGreaterThan(2);
    expect(values.map(inFull)).toEqual(asTold);
    subscription.unsubscribe();
  });
});

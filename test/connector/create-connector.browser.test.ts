import { isObservable, type Observable } from 'rxjs';
import { binanceSpot } from '../../src/binance.js';
import * as browser from '../../src/connector/create-connector.browser.js';
import * as node from '../../src/connector/create-connector.js';
import { ConnectorError } from '../../src/core/errors.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { memoryLog } from '../support/memory-log.js';
import { record } from '../support/recording.js';
import { createPerpetualWorld } from './perpetual-world.js';

const PAIR = 'BTC-USDT';
const place = 'https://venue.test';
const domain = { rest: place, stream: 'wss://venue.test', wsApi: 'wss://venue.test/ws-api/v3' };
const order = { pair: PAIR, type: 'market', amount: '0.01' } as const;

/** A connector as a page makes it, beside the one that node makes, to one exchange. */
const createPage = () => {
  const venue = createVirtualVenue();
  const { http, socket } = venue.network;
  const environment = { scheduler: venue.scheduler, http, socket, random: () => 0.5 };
  const { logger, lines } = memoryLog();
  const page = browser.createConnector(binanceSpot, { domain, environment, logger });
  return { ...venue, page, lines };
};

const createPerpetualPage = () => {
  const world = createPerpetualWorld();
  const { http, socket } = world.network;
  const environment = { scheduler: world.scheduler, http, socket, random: () => 0.5 };
  const page = browser.createPerpetualConnector(world.exchange, { environment });
  return { ...world, page };
};

const kindOf = (stream$: Observable<unknown>): string | undefined => {
  const error = record(stream$).error();
  return error instanceof ConnectorError ? error.kind : undefined;
};

describe('a connector of a page', () => {
  it('stands in the place of the one of node', () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
    const { page, exchange } = createPage();
    expect(Object.keys(page).sort()).toEqual(Object.keys(exchange).sort());
    expect(Object.keys(page.withGaps).sort()).toEqual(Object.keys(exchange.withGaps).sort());
    const { page: perpetualPage, perpetual } = createPerpetualPage();
    expect(Object.keys(perpetualPage).sort()).toEqual(Object.keys(perpetual).sort());
    expect(Object.keys(perpetualPage.withGaps).sort()).toEqual(
      Object.keys(perpetual.withGaps).sort(),
    );
  });

  it('tells of the markets what the one of node tells', () => {
    const venue = createPage();
    const stop = venue.startTraders();
    const [here, there] = [venue.page, venue.exchange].map((one) => ({
      book: record(one.orderBook$(PAIR)),
      trades: record(one.trades$(PAIR)),
      rules: record(one.tradingRules$),
      fees: record(one.tradeFee$(PAIR)),
      gaps: record(one.trades$(PAIR, { gaps: true })),
    }));
    venue.advance(20_000);
    venue.network.disconnect();
    venue.advance(20_000);
    stop();
    venue.advance(5_000);
    expect(here!.book.last()?.snapshot()).toMatchObject({
      bids: there!.book.last()!.snapshot().bids,
      asks: there!.book.last()!.snapshot().asks,
    });
    expect(here!.trades.values.length).toBeGreaterThan(10);
    expect(here!.trades.values).toEqual(there!.trades.values);
    expect(here!.gaps.values.map(({ kind }) => kind)).toContain('resumed');
    expect(here!.rules.last()).toEqual(there!.rules.last());
    expect(here!.fees.last()?.taker).toBeDefined();
  });

  it('tells how it is, what its work comes to, and writes a log', () => {
    const venue = createPage();
    const status = record(venue.page.connect());
    const metrics = record(venue.page.metrics$);
    const book = record(venue.page.orderBook$(PAIR));
    const leave = venue.startTraders();
    venue.advance(10_000);
    leave();
    expect(status.last()).toMatchObject({ ready: true, network: 'connected' });
    expect(metrics.values.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['socket', 'request', 'message', 'budget']),
    );
    expect(venue.lines().length).toBeGreaterThan(0);
    for (const one of [status, metrics, book]) one.stop();
    venue.advance(60_000);
    expect(venue.pending()).toBe(0);
  });

  it('has no account: its streams and orders say so, and nothing is asked', () => {
    const { page, network, advance } = createPage();
    const { page: perpetual } = createPerpetualPage();
    const { balances$, fills$, orderUpdates$, inFlightOrders$, externalOrders$ } = page;
    const candidate = { pair: PAIR, side: 'buy', type: 'market', quoteAmount: '10' } as never;
    const refused = {
      ...{ balances$, fills$, orderUpdates$, inFlightOrders$, externalOrders$ },
      ...Object.fromEntries(Object.entries(perpetual.withGaps).map(([k, v]) => [`gaps ${k}`, v])),
      buy: page.buy(order),
      sell: page.sell(order),
      adjust: page.budgetChecker.adjustCandidate(candidate),
      adjustAll: page.budgetChecker.adjustCandidates([candidate]),
      payments: perpetual.fundingPayments$,
      positions: perpetual.positions$,
      calls: perpetual.marginCalls$,
      leverage: perpetual.leverage$(PAIR),
      setLeverage: perpetual.setLeverage(PAIR, 3),
      mode: perpetual.positionMode$,
      setMode: perpetual.setPositionMode('hedge'),
    };
    expect(Object.values(refused).every(isObservable)).toBe(true);
    for (const [name, stream$] of Object.entries(refused))
      expect([name, kindOf(stream$)]).toEqual([name, 'not_supported']);
    advance(60_000);
    expect(network.requests('POST /api/v3/order')).toHaveLength(0);
  });

  it('has no order that could be cancelled', () => {
    const { page } = createPage();
    const canceled = record(page.cancel('rx-1'));
    expect(canceled.values).toEqual([{ clientOrderId: 'rx-1', outcome: 'not_found' }]);
    expect(canceled.state()).toBe('completed');
    expect(record(page.cancelAll()).values).toEqual([[]]);
  });

  it('tells of funding', () => {
    const { page, advance, quote } = createPerpetualPage();
    const infos = record(page.fundingInfo$(PAIR));
    advance(1_000);
    quote(60_020);
    advance(1_000);
    expect(infos.values.map(({ markPrice }) => markPrice.toNumber())).toEqual([60_010, 60_020]);
    expect(page.supportedPositionModes).toEqual(['one_way', 'hedge']);
  });
});

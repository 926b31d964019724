import { Subject } from 'rxjs';
import { binancePerpetual } from '../../src/binance-perpetual.js';
import { binance } from '../../src/binance.js';
import { keepBooks, keepPerpetualBooks } from '../../src/cli/books.js';
import { fundingCarry } from '../../src/cli/funding-carry.js';
import { perpetualTruth, reconcilePerpetual } from '../../src/cli/perpetual-reconciliation.js';
import { reconcile } from '../../src/cli/reconciliation.js';
import { Decimal } from '../../src/core/decimal.js';
import { seededRandom } from '../../src/core/random.js';
import { createEmulation } from '../../src/emulator/emulation.js';
import { defaultListings } from '../../src/emulator/listings.js';
import { createPerpetualEmulation } from '../../src/emulator/perpetual-emulation.js';
import { defaultPerpetuals } from '../../src/emulator/perpetual-listings.js';
import { createVirtualNetwork } from '../../src/testing/virtual-network.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';

/** Slow, for tests that are not about prices. */
const traders = { period: 500, levels: 10 };

/** What each leg is, in base units. */
export const AMOUNT = '0.05';

/** A spot market and a perpetual of it, a client on both that keeps books, and its carry, in virtual time. */
export const createCarryWorld = ({ seed = 1, fundingInterval = 4_000 } = {}) => {
  const time = virtualTime();
  const { scheduler } = time;
  const spotVenue = createEmulation({
    seed,
    scheduler,
    traders,
    commission: { payInBnb: true },
    listings: defaultListings.filter(({ symbol }) => /^(BTC|BNB)USDT$/.test(symbol)),
  });
  const venue = createPerpetualEmulation({
    seed,
    scheduler,
    traders,
    fundingInterval,
    listings: defaultPerpetuals.slice(0, 1),
  });
  const networks = {
    spot: createVirtualNetwork({ dialect: spotVenue.dialect, scheduler, latency: 10 }),
    perpetual: createVirtualNetwork({ dialect: venue.dialect, scheduler, latency: 10 }),
  };
  const accessTo = (market: keyof typeof networks) => ({
    domain: {
      rest: `https://${market}.test`,
      stream: `wss://${market}.test`,
      wsApi: `wss://${market}.test/${market === 'spot' ? 'ws-api/v3' : 'private'}`,
    },
    environment: {
      scheduler,
      http: networks[market].http,
      socket: networks[market].socket,
      random: seededRandom(seed),
    },
  });
  const spot = binance({ ...accessTo('spot'), credentials: spotVenue.credentials });
  const perpetual = binancePerpetual({
    ...accessTo('perpetual'),
    credentials: venue.credentials,
  });
  const books = { spot: keepBooks(spot), perpetual: keepPerpetualBooks(perpetual) };
  const trading = spotVenue.traders$.subscribe();
  trading.add(venue.market$.subscribe());
  books.spot.kept$.subscribe();
  books.perpetual.kept$.subscribe();
  time.advance(2_000);

  const { engine, accountId } = venue;
  const spotTruth = {
    orders: () => spotVenue.engine.orders(spotVenue.accountId),
    trades: () => spotVenue.engine.trades(spotVenue.accountId),
    balances: () => spotVenue.engine.balances(spotVenue.accountId),
  };
  const truth = perpetualTruth({
    engine,
    accountId,
    orders: () => engine.orders(accountId),
    trades: () => engine.trades(accountId),
    positions: () => engine.positions(accountId).filter(({ amount }) => !amount.isZero()),
    balance: (asset = 'USDT') => engine.figures(accountId, asset),
    fundingPayments: () => engine.fundingPayments(accountId),
  });
  const btc = () => {
    const { free, locked } = spotTruth.balances().get('BTC')!;
    return free.plus(locked).minus(2).toFixed();
  };
  const end = new Subject<void>();
  const options = {
    pair: 'BTC-USDT',
    amount: new Decimal(AMOUNT),
    leverage: 5,
    scheduler,
  } as const;
  return {
    ...time,
    spotVenue,
    venue,
    networks,
    books,
    truth,
    start: () => record(fundingCarry({ spot, perpetual }, { ...options, end$: end })),
    end: () => end.next(),
    setRate: (rate: string) => venue.control.setFundingRate('BTCUSDT', rate),
    /** What is held of the perpetual and of the asset, by the exchanges' own books. */
    held: () => [engine.position(accountId, 'BTCUSDT', 'both').amount.toFixed(), btc()],
    differences: () => [
      ...reconcile(books.spot, spotTruth),
      ...reconcilePerpetual(books.perpetual, truth),
    ],
    /** From now on prices stay as they are, and no funding is paid. */
    stopMarkets: () => trading.unsubscribe(),
  };
};

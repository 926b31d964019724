/**
 * An exchange of perpetuals in a process of its own. Whoever forked it sends `disconnect` to break every socket,
 * `expire` to let listen keys run out, `calm` to let prices and rates stand still, and `truth` for the exchange's own
 * account of the client.
 */
import { perpetualEmulator } from 'rxchange/emulator';
import { perpetualTruth } from '../../dist/esm/cli/perpetual-reconciliation.js';

const { seed, fundingInterval, symbol } = JSON.parse(process.argv[2]);
const venue = await perpetualEmulator({ seed, fundingInterval }).listen();
const { accountId, control, engine } = venue;
const books = perpetualTruth(venue);
let broken = 0;

const answers = {
  disconnect: () => {
    broken += 1;
    control.disconnect();
  },
  expire: () => control.expireListenKeys(),
  calm: () => {
    const { markPrice } = engine.terms(symbol);
    control.setMarkPrice(symbol, markPrice);
    control.setFundingRate(symbol, '0.0001');
  },
  truth: () => ({
    orders: books.orders(),
    trades: books.trades(),
    balances: [...books.balances()],
    positions: books.positions(),
    fundingPayments: books.fundingPayments(),
    realizedPnl: books.realizedPnl(),
    leverage: engine.leverage(accountId, symbol),
    mode: engine.positionMode(accountId),
    terms: engine.terms(symbol),
    violations: control.violations(),
    broken,
  }),
};
process.on('message', (question) => process.send({ answer: answers[question]() ?? null }));
process.send({ answer: { domain: venue.domain, credentials: venue.credentials } });

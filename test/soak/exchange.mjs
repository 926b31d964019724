/**
 * An exchange in a process of its own. Whoever forked it sends `disrupt` for the next disruption, `heal` for the
 * end of all of them, and `truth` for the exchange's own account of the client.
 */
import { setTimeout } from 'node:timers';
import { emulator } from 'rxchange/emulator';
import { disruptions } from './disruptions.mjs';

const { seed, every } = JSON.parse(process.argv[2]);
const venue = await emulator({ seed }).listen();
const all = disruptions(venue);
const ends = new Set();
let count = 0;

const disrupt = () => {
  const [, begin, end, lasts = 0.8 * every] = all[count++ % all.length];
  begin();
  if (end === undefined) return;
  ends.add(end);
  setTimeout(() => ends.delete(end) && end(), lasts);
};

/** Requests that were to go wrong still do: there are fewer of them than the client has left to make. */
const heal = () => {
  for (const end of ends) end();
  ends.clear();
};

const truth = () => ({
  orders: venue.orders(),
  trades: venue.trades(),
  balances: [...venue.balances()],
  depth: venue.engine.depth('BTCUSDT', 5_000),
  violations: venue.control.violations(),
  kinds: all.length,
  disruptions: count,
});

const answers = { disrupt, heal, truth };
process.on('message', (question) => process.send({ answer: answers[question]() ?? null }));
process.send({ answer: { domain: venue.domain, credentials: venue.credentials } });

/**
 * Kills a trading client at random moments, as the system does it, and starts another with the same
 * journal, again and again. In the end the exchange's books say whether an order or a fill was lost
 * or told twice.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { emulator } from 'rxchange/emulator';
import { countBy } from './count-by.mjs';

const trader = join(import.meta.dirname, 'trader.mjs');

const start = (options) => {
  const child = spawn(process.execPath, [trader, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const ready = new Promise((resolve) => {
    child.stdout.on('data', (data) => {
      text += data;
      if (text.includes('"ready"')) resolve();
    });
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const lines = async () => {
    await ended;
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  };
  return { child, ready, lines };
};

export const soak = async ({ times = 50, seed = 1 } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'rxchange-kill-'));
  const journal = join(folder, 'orders.jsonl');
  const venue = await emulator({ seed }).listen();
  const { domain, credentials } = venue;
  const heard = [];
  let journals = '';
  for (let life = 0; life < times; life += 1) {
    const { child, ready, lines } = start({ domain, credentials, journal });
    // Some die while they start, most while they trade.
    if (Math.random() < 0.8) await ready;
    await sleep(Math.random() * 500);
    child.kill('SIGKILL');
    heard.push(...(await lines()));
    if (existsSync(journal)) journals += readFileSync(journal, 'utf8');
  }
  const last = start({ domain, credentials, journal, settle: true });
  heard.push(...(await last.lines()));

  const orders = venue.orders();
  const clientIds = new Map(orders.map(({ orderId, clientOrderId }) => [orderId, clientOrderId]));
  // Two orders of one account may trade with each other: a trade is a fill of each.
  const trades = new Set(
    venue.trades().map(({ tradeId, orderId }) => `${tradeId} of ${clientIds.get(orderId)}`),
  );
  const known = new Set(heard.flatMap(({ order }) => order ?? []));
  const shown = new Set(
    heard.flatMap(({ order, fills = [] }) => fills.map((id) => `${id} of ${order}`)),
  );
  const told = countBy(
    heard.flatMap(({ fill, of }) => (fill === undefined ? [] : `${fill} of ${of}`)),
  );
  const placed = countBy(clientIds.values());
  const untold = [...trades].filter((trade) => !told.has(trade) && !shown.has(trade));
  const isJournaled = (trade) => journals.includes(`"tradeId":"${trade.split(' ')[0]}"`);
  const failures = {
    'orders placed twice': [...placed.values()].filter((count) => count > 1).length,
    'orders nobody knows': [...placed.keys()].filter(
      (id) => !known.has(id) && !journals.includes(id),
    ).length,
    'orders left open': orders.filter(
      ({ status }) => status === 'new' || status === 'partially_filled',
    ).length,
    'fills told twice': [...told.values()].filter((count) => count > 1).length,
    'fills that are none': [...told.keys(), ...shown].filter((trade) => !trades.has(trade)).length,
    'fills lost': untold.filter((trade) => !isJournaled(trade)).length,
    'limits broken': Object.keys(venue.control.violations()).length,
  };
  const result = {
    kills: times,
    'orders at the exchange': orders.length,
    'fills at the exchange': trades.size,
    // A client may die after it wrote a fill down and before it told.
    'fills known by the journal alone': untold.filter(isJournaled).length,
    ...failures,
  };
  await venue.close();
  rmSync(folder, { recursive: true });
  return { result, passed: Object.values(failures).every((count) => count === 0) };
};

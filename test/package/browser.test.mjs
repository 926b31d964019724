import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { emulator, perpetualEmulator } from 'rxchange/emulator';
import { bundle } from './bundle.mjs';
import { findChromium, openPage } from './chromium.mjs';
import { installed } from './installed.mjs';

const SYMBOL = 'BTCUSDT';

/** The books that a market of an emulated exchange had, and its trades, as its engine tells. */
const witness = ({ engine }) => {
  const books = new Set();
  const trades = [];
  engine.listen((events) => {
    for (const event of events) {
      if (event.symbol !== SYMBOL) continue;
      if (event.type === 'trade')
        trades.push([event.price.toFixed(), event.amount.toFixed(), event.time]);
      if (event.type !== 'book') continue;
      const { bids, asks } = engine.depth(SYMBOL, 100);
      const numbers = (levels) => levels.map((level) => level.map(Number));
      books.add(JSON.stringify({ bids: numbers(bids), asks: numbers(asks) }));
    }
  });
  return { books, trades };
};

/** Serves a page that runs a program, and waits for what the page has to tell. */
const serve = async (program) => {
  let tell;
  const told = new Promise((resolve) => (tell = resolve));
  const server = createServer((request, response) => {
    if (request.method === 'POST') text(request).then((body) => tell(JSON.parse(body)));
    const isProgram = request.url === '/program.js';
    response.setHeader('content-type', isProgram ? 'text/javascript' : 'text/html');
    response.end(isProgram ? program : '<script type="module" src="program.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { told, port: server.address().port, close: () => server.close() };
};

describe('a page in Chromium', { timeout: 120_000 }, () => {
  const ends = [];
  const markets = {};
  let told;

  before(async () => {
    findChromium();
    const project = await installed();
    ends.push(project.remove);
    const source = await readFile(new URL('page/page.ts', import.meta.url), 'utf8');
    const page = await serve((await bundle(project, source)).text);
    ends.push(page.close);
    const address = new URL(`http://127.0.0.1:${page.port}`);
    for (const [name, venue] of [
      ['spot', await emulator({ seed: 7 }).listen()],
      ['perpetual', await perpetualEmulator({ seed: 7 }).listen()],
    ]) {
      ends.push(venue.close);
      markets[name] = witness(venue);
      address.searchParams.set(name, new URL(venue.domain.rest).host);
    }
    ends.push(await openPage(address.href));
    told = await page.told;
    assert.equal(told.failed, undefined);
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  for (const name of ['spot', 'perpetual']) {
    it(`has a ${name} book that is in step with the exchange's`, () => {
      const { bids, asks } = told[name].book;
      assert.ok(bids.length > 5 && asks.length > 5);
      assert.ok(markets[name].books.has(JSON.stringify({ bids, asks })));
    });

    it(`sees ${name} trades, each as it was and in their order`, () => {
      const { trades, errors } = told[name];
      const known = markets[name].trades.map(String);
      const first = known.indexOf(String(trades[0]));
      assert.ok(first >= 0);
      assert.deepEqual(trades.map(String), known.slice(first, first + trades.length));
      assert.deepEqual(errors, []);
    });
  }

  it('asks for public data alone, and signs nothing', () => {
    assert.ok(told.asked.some((line) => line.includes('/api/v3/depth')));
    for (const line of told.asked) assert.doesNotMatch(line, /signature|apikey|timestamp=/i);
  });

  it('is told at once that it cannot trade', () => {
    assert.equal(told.refusal, 'not_supported');
  });

  it('could not name a key to the exchange', () => {
    assert.equal(told.mayNameKey, false);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';
import { createConnector } from 'rxchange';
import { binanceSpot } from 'rxchange/binance';
import { WebSocketServer } from 'ws';
import { deepMarket } from './depth-frames.mjs';
import { answers, followBooks } from './market.mjs';
import { compare, timed } from './rounds.mjs';
import { unlimited } from './unlimited.mjs';

const FRAMES = 5_000;
const BATCH = 100;

/** A real server on this machine that acknowledges topics, and sends what it is told to. */
const served = async (workload) => {
  const answer = answers(workload);
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(answer(new URL(request.url, 'http://localhost')));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) =>
    socket.on('message', (data) =>
      socket.send(JSON.stringify({ result: null, id: JSON.parse(String(data)).id })),
    ),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${server.address().port}`;
  return {
    domain: { rest: `http://${address}`, stream: `ws://${address}`, wsApi: `ws://${address}` },
    send: (text) => sockets.clients.forEach((socket) => socket.send(text)),
    close: () => {
      sockets.clients.forEach((socket) => socket.terminate());
      sockets.close();
      server.closeAllConnections();
      server.close();
    },
  };
};

const world = async ({ name, perSide }) => {
  const market = deepMarket({ perSide });
  const { domain, send, close } = await served(market);
  const connector = createConnector(binanceSpot, { domain, throttler: unlimited() });
  let told = 0;
  let arrived;
  const onBook = () => {
    told += 1;
    if (told === FRAMES) arrived();
  };
  const { leave } = await followBooks({ connector, markets: market.markets, onBook });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  return {
    name,
    delay,
    run: async () => {
      const frames = market.more(FRAMES);
      told = 0;
      const done = new Promise((resolve) => (arrived = resolve));
      delay.enable();
      const time = await timed(FRAMES, async () => {
        for (let sent = 0; sent < FRAMES; sent += BATCH) {
          frames.slice(sent, sent + BATCH).forEach(send);
          await new Promise((resolve) => setImmediate(resolve));
        }
        await done;
      });
      delay.disable();
      return time;
    },
    leave: () => {
      leave();
      close();
    },
  };
};

/** Frames from a real local WebSocket into books; the server works in the same process. */
export const bench = async () => {
  const worlds = [
    await world({ name: '4 levels a frame', perSide: 2 }),
    await world({ name: '38 levels a frame', perSide: 19 }),
  ];
  console.log(`${FRAMES} frames a round, sent ${BATCH} at a time`);
  const results = await compare(worlds);
  const ms = (nanoseconds) => Number((nanoseconds / 1e6).toFixed(2));
  console.table(
    results.map((result, index) => ({
      ...result,
      'frames per second': Math.round(1e6 / result['median us']),
      'event loop delay, median ms': ms(worlds[index].delay.percentile(50)),
      'event loop delay, 99th percentile ms': ms(worlds[index].delay.percentile(99)),
    })),
  );
  worlds.forEach(({ leave }) => leave());
};

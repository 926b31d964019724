import { asyncScheduler, filter, firstValueFrom, Observable, Subject } from 'rxjs';
import { createConnector } from 'rxchange';
import { binanceSpot } from 'rxchange/binance';
// Not a part of what the package exports: what a connector has around it is measured as well.
import { createOrderTracking } from '../../dist/esm/connector/order-tracking.js';
import { createAnswers, subscribed } from './answers.mjs';
import { canceled, executionReport } from './execution-report.mjs';
import { compare, timed } from './rounds.mjs';
import { unlimited } from './unlimited.mjs';

const ORDERS = 200;
const EXECUTIONS = 3;
const credentials = { apiKey: 'k'.repeat(64), apiSecret: 's'.repeat(64) };
const order = { pair: 'BTC-USDT', type: 'limit', price: '60000', amount: '0.001' };

/** The account's stream, which hands out events that were read before where a frame is a bare number. */
const prepared = () => {
  const { userStream } = binanceSpot;
  let known;
  let events = [];
  const read = (input, rules) => userStream.decode(input, (known = rules));
  return {
    source: {
      ...userStream,
      decode: (input, rules) => (typeof input === 'number' ? events[input] : read(input, rules)),
    },
    scan: (text) => userStream.scan(text, known),
    prepare: (frames) => (events = frames.map((text) => read(JSON.parse(text), known))),
    evidence: () => events.map(({ right }) => right),
  };
};

/** An exchange in this process, and a connector to it: REST answers at once, frames come as text. */
const connected = async () => {
  const { source, ...reading } = prepared();
  const { answer, takeOpen } = createAnswers();
  const frame$ = new Subject();
  const http = ({ url }) =>
    new Observable((subscriber) => {
      subscriber.next({ status: 200, headers: {}, body: answer(new URL(url)) });
      subscriber.complete();
    });
  const socket = () =>
    new Observable((subscriber) => {
      const send = () => process.nextTick(() => frame$.next(subscribed));
      subscriber.next({ frame$, send });
    });
  const exchange = createConnector(
    { ...binanceSpot, userStream: source },
    {
      domain: { rest: 'http://localhost', stream: 'ws://localhost', wsApi: 'ws://localhost' },
      credentials,
      throttler: unlimited(),
      environment: { http, socket },
    },
  );
  const session = exchange.connect().subscribe();
  await firstValueFrom(exchange.status$.pipe(filter(({ ready }) => ready)));
  return { exchange, takeOpen, deliver: (text) => frame$.next(text), ...reading, session };
};

let tradeId = 0;
const executed = (count) => (count * 0.0002).toFixed(8);

const execution = (placed, count) =>
  executionReport(placed, {
    x: 'TRADE',
    X: 'PARTIALLY_FILLED',
    l: '0.00020000',
    z: executed(count),
    L: '60000.00000000',
    Y: '12.00000000',
    Z: (count * 12).toFixed(8),
    n: '0.00000020',
    N: 'BTC',
    t: ++tradeId,
    m: true,
  });

/** The life of orders that were placed, in frames: each is opened, executed in part, and canceled. */
const lives = (placed) => [
  ...placed.map((one) => executionReport(one, { x: 'NEW' })),
  ...Array.from({ length: EXECUTIONS }, (_, index) =>
    placed.map((one) => execution(one, index + 1)),
  ).flat(),
  ...placed.map((one) => canceled(one, executed(EXECUTIONS))),
];

/** Private events to a subscriber, as many as come: from the text of their frames, and from what was read of it. */
export const bench = async () => {
  const { exchange, takeOpen, deliver, prepare, evidence, scan, session } = await connected();
  let placed = [];
  let updates = 0;
  let fills = 0;
  session.add(exchange.orderUpdates$.subscribe(() => (updates += 1)));
  session.add(exchange.fills$.subscribe(() => (fills += 1)));
  let frames = [];
  /** Fresh orders for both contestants, outside of what is timed. */
  const place = async () => {
    placed = [];
    for (let count = 0; count < ORDERS; count += 1)
      placed.push(
        await firstValueFrom(exchange.buy(order).pipe(filter(({ state }) => state === 'open'))),
      );
    frames = lives(takeOpen());
    updates = fills = 0;
  };
  const check = (count, news) => {
    if (fills !== ORDERS * EXECUTIONS || updates !== ORDERS * (EXECUTIONS + news))
      throw new Error(`Of ${count} events came ${fills} fills and ${updates} updates.`);
  };
  const told = async (texts) => {
    const time = await timed(texts.length, () => texts.forEach(deliver));
    check(texts.length, 1);
    return time;
  };
  /** A tracker that nothing is around, and which is told of these events first. */
  const tracked = async () => {
    const tracking = createOrderTracking(asyncScheduler, () => undefined);
    tracking.order$.subscribe(() => (updates += 1));
    tracking.fill$.subscribe(() => (fills += 1));
    for (const { clientOrderId, pair, side, type, price, amount, createdAt } of placed)
      tracking.track({ clientOrderId, pair, side, type, price, amount, createdAt });
    updates = 0;
    const events = evidence();
    const time = await timed(events.length, () => {
      for (const event of events) for (const one of event) tracking.learn([one]);
    });
    check(events.length, 2);
    return time;
  };
  const contestants = [
    {
      name: 'JSON.parse alone',
      run: async () => {
        await place();
        return timed(frames.length, () => frames.forEach((text) => JSON.parse(text)));
      },
    },
    {
      name: 'the scanner alone',
      run: async () => {
        await place();
        return timed(frames.length, () => frames.forEach(scan));
      },
    },
    {
      name: 'rxchange, from frame text to orderUpdates$ and fills$',
      run: async () => {
        await place();
        return told(frames);
      },
    },
    {
      name: 'rxchange, from decoded event to orderUpdates$ and fills$',
      run: async () => {
        await place();
        prepare(frames);
        return told(frames.map((_, index) => `${index}`));
      },
    },
    {
      name: 'the tracker alone, from evidence to its subscribers',
      run: async () => {
        await place();
        prepare(frames);
        return tracked();
      },
    },
  ];
  console.log(`${ORDERS} orders a round, ${EXECUTIONS + 2} events each`);
  const results = await compare(contestants);
  console.table(
    results.map((result) => ({
      ...result,
      'events per second': Math.round(1e6 / result['median us']),
    })),
  );
  session.unsubscribe();
};

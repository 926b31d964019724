import { NEVER, Observable, share, type SchedulerLike, type Subscription } from 'rxjs';
import type { EngineEvent } from '../engine/model.js';
import type { Backend } from './backend.js';
import { depthDiff, depthUpdate, type BookEvent } from './depth-diff.js';
import { aggregateJson, bestLevels, depthJson } from './market-methods.js';
import { decimalText } from './text.js';

/** The payloads of a topic as JSON text; made once, however many connections listen. */
export type MarketFeed = (topic: string) => Observable<string>;

/** What a topic is made from, and where its payloads go. */
export interface FeedSource<B extends Backend = Backend> {
  readonly backend: B;
  readonly symbol: string;
  readonly scheduler: SchedulerLike;
  readonly publish: (payload: unknown) => void;
}

/** Starts to publish; returns how to stop. */
export type OpenFeed<B extends Backend = Backend> = (source: FeedSource<B>) => () => void;

/** What there is of a market, by what stands behind its name and `@`. */
export type FeedKinds<B extends Backend> = ReadonlyMap<string, OpenFeed<B>>;

const SLOW = 1000;
const FAST = 100;

/** What changed in the book of a market. */
export const bookEvents = (events: readonly EngineEvent[], symbol: string): readonly BookEvent[] =>
  events.filter((event): event is BookEvent => event.type === 'book' && event.symbol === symbol);

/** Acts once, `period` ms after the first of any number of changes of a book, on all of them; returns how to stop. */
export const afterBookChanges = (
  { backend: { engine }, symbol, scheduler }: FeedSource,
  period: number,
  act: (changes: readonly BookEvent[]) => void,
): (() => void) => {
  let pending: BookEvent[] = [];
  let timer: Subscription | undefined;
  const stop = engine.listen((events) => {
    const changes = bookEvents(events, symbol);
    if (changes.length === 0) return;
    pending.push(...changes);
    timer ??= scheduler.schedule(() => {
      const changed = pending;
      pending = [];
      timer = undefined;
      act(changed);
    }, period);
  });
  return () => {
    stop();
    timer?.unsubscribe();
  };
};

/** Each diff begins where the last one ended: `U` is the `u` before it and one. */
const openDepth =
  (period: number): OpenFeed =>
  (source) => {
    const { backend, symbol, publish } = source;
    return afterBookChanges(source, period, (changes) => {
      const diff = depthDiff(changes);
      if (diff) publish(depthUpdate(symbol, diff, backend.now()));
    });
  };

const openPartialDepth =
  (levels: number, period: number): OpenFeed =>
  (source) => {
    const { backend, symbol, publish } = source;
    return afterBookChanges(source, period, () =>
      publish(depthJson(backend.engine.depth(symbol, levels))),
    );
  };

const openBookTicker: OpenFeed = ({ backend: { engine }, symbol, publish }) => {
  let last = JSON.stringify(bestLevels(engine.depth(symbol, 1)));
  return engine.listen((events) => {
    if (bookEvents(events, symbol).length === 0) return;
    const book = engine.depth(symbol, 1);
    const best = bestLevels(book);
    const text = JSON.stringify(best);
    if (text === last) return;
    last = text;
    const { bidPrice: b, bidQty: B, askPrice: a, askQty: A } = best;
    publish({ u: book.updateId, s: symbol, b, B, a, A });
  });
};

const openTrades: OpenFeed = ({ backend: { engine, now }, symbol, publish }) =>
  engine.listen((events) => {
    for (const event of events) {
      if (event.type !== 'trade' || event.symbol !== symbol) continue;
      publish({
        e: 'trade',
        E: now(),
        s: symbol,
        t: event.tradeId,
        p: decimalText(event.price),
        q: decimalText(event.amount),
        T: event.time,
        m: event.buyerIsMaker,
        M: true,
      });
    }
  });

const openAggregates: OpenFeed = ({ backend: { tape, now }, symbol, publish }) =>
  tape.listen((trade) => {
    if (trade.symbol !== symbol) return;
    publish({ e: 'aggTrade', E: now(), s: symbol, ...aggregateJson(trade) });
  });

/** Source: Binance Spot API, web-socket-streams.md, Detailed Stream information. */
export const spotKinds: FeedKinds<Backend> = new Map<string, OpenFeed>([
  ['trade', openTrades],
  ['aggTrade', openAggregates],
  ['bookTicker', openBookTicker],
  ['depth', openDepth(SLOW)],
  ['depth@100ms', openDepth(FAST)],
  ...[5, 10, 20].flatMap((levels): [string, OpenFeed][] => [
    [`depth${levels}`, openPartialDepth(levels, SLOW)],
    [`depth${levels}@100ms`, openPartialDepth(levels, FAST)],
  ]),
]);

const split = (topic: string): readonly [symbol: string, kind: string] => {
  const at = topic.indexOf('@');
  return at < 0 ? [topic, ''] : [topic.slice(0, at), topic.slice(at + 1)];
};

/** The topics of an exchange. One that it does not know, or a symbol in upper case, is silent. */
export const createMarketFeed = <B extends Backend>(
  backend: B,
  kinds: FeedKinds<B>,
): MarketFeed => {
  const { scheduler } = backend;
  const topics = new Map<string, Observable<string>>();
  return (topic) => {
    const known = topics.get(topic);
    if (known) return known;
    const [name, kind] = split(topic);
    const symbol = name.toUpperCase();
    const open = kinds.get(kind);
    if (!open || name !== name.toLowerCase() || !backend.engine.listings.has(symbol)) return NEVER;
    const payloads = new Observable<string>((subscriber) =>
      open({
        backend,
        symbol,
        scheduler,
        publish: (payload) => subscriber.next(JSON.stringify(payload)),
      }),
    ).pipe(share());
    topics.set(topic, payloads);
    return payloads;
  };
};

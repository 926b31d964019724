import { delay, filter, map, of, Subject, take, timer, type Observable } from 'rxjs';
import { binance } from '../../src/binance.js';
import { binancePerpetual } from '../../src/binance-perpetual.js';
import type { Connector } from '../../src/connector/connector.js';
import type { ConnectorOptions } from '../../src/connector/create-connector.js';
import type { RestAnswer } from '../../src/core/contract.js';
import type { ConnectorError } from '../../src/core/errors.js';
import { seededRandom } from '../../src/core/random.js';
import type { TradingPair } from '../../src/core/trading-pair.js';
import type { Http } from '../../src/net/http.js';
import type { OrderBook } from '../../src/order-book/order-book.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { createFakeSocket, type Session } from '../net/fake-socket.js';
import { record } from '../support/recording.js';
import { createJudge, type Judge } from './judge.js';
import { recordedBook } from './recorded-book.js';
import type { Line, Recording } from './recording.js';

/** The connector's book of one market, and what is thought of it. */
export interface ReplayedMarket {
  readonly pair: TradingPair;
  readonly judge: Judge;
  /** The live book; `undefined` until it was told first. */
  readonly book: () => OrderBook | undefined;
}

/** A connector that hears a recording again. */
export interface Replay {
  readonly connector: Connector;
  readonly markets: ReadonlyMap<string, ReplayedMarket>;
  readonly errors: readonly ConnectorError[];
  /** The addresses of the sockets that were asked for. */
  readonly sockets: () => readonly string[];
  /** Lets time pass until a line arrived; these frames arrive in its place. */
  readonly tell: (line: Line, frames?: readonly string[]) => void;
  /** Lets so many ms pass. */
  readonly advance: (ms: number) => void;
  /** Breaks the socket. */
  readonly breakSocket: () => void;
}

/** Makes the connector that heard what was recorded. */
export type Listener = (options: Pick<ConnectorOptions, 'environment'>) => Connector;

/** Those of all that was recorded. */
export const listeners = {
  com: binance,
  us: (options) => binance({ ...options, domain: 'us' }),
  perpetual: binancePerpetual,
} as const satisfies Readonly<Record<string, Listener>>;

/** How the connector is made, and how slow the exchange is. */
export interface ReplayOptions {
  readonly listener: Listener;
  /**
   * How much later than recorded a snapshot arrives, in ms.
   * @defaultValue 0
   */
  readonly snapshotDelay?: number;
}

/** How long before the first line everything is subscribed to, in ms. */
const LEAD = 1_000;
/** How long an answer takes that is made up, in ms. */
const ANSWERS_AFTER = 80;

/** As little as a connector needs to know of markets. */
const minimalInformation = (pairs: Recording['pairs']): string =>
  JSON.stringify({
    symbols: [...pairs].map(([symbol, pair]) => {
      const [baseAsset, quoteAsset] = pair.split('-');
      return { symbol, status: 'TRADING', baseAsset, quoteAsset, orderTypes: [], filters: [] };
    }),
  });

/** Acknowledges what is subscribed to, and lists it when it is asked. */
const server = () => {
  const topics = new WeakMap<Session, string[]>();
  return (frame: unknown, session: Session): void => {
    const { id, method, params = [] } = frame as { id: number; method: string; params?: string[] };
    const held = topics.get(session) ?? [];
    if (method === 'SUBSCRIBE') topics.set(session, [...held, ...params]);
    session.reply({ result: method === 'LIST_SUBSCRIPTIONS' ? held : null, id });
  };
};

const ok = (body: string): RestAnswer => ({ status: 200, headers: {}, body });

/**
 * Answers for the exchange by REST. The first question for a snapshot waits for the recorded one; later ones
 * get the book as it is by then.
 */
const restOf = (
  { lines, pairs }: Recording,
  {
    scheduler,
    snapshotDelay,
  }: Pick<ReturnType<typeof virtualTime>, 'scheduler'> & { snapshotDelay: number },
) => {
  const books = new Map([...pairs.keys()].map((symbol) => [symbol, recordedBook()]));
  const arrived = new Set<string>();
  const snapshots = new Subject<{ readonly symbol: string; readonly text: string }>();
  const information = lines.find(({ url }) => url.pathname.endsWith('/exchangeInfo'))?.text;

  const depth = (symbol: string): Observable<string> =>
    arrived.has(symbol)
      ? of(books.get(symbol)!.answer()).pipe(delay(ANSWERS_AFTER, scheduler))
      : snapshots.pipe(
          filter((snapshot) => snapshot.symbol === symbol),
          take(1),
          map(({ text }) => text),
        );
  const answer = ({ pathname, searchParams }: URL): Observable<string> => {
    if (pathname.endsWith('/depth')) return depth(searchParams.get('symbol') ?? '');
    if (!pathname.endsWith('/exchangeInfo')) return of('{}');
    return of(information ?? minimalInformation(pairs));
  };
  const http: Http = ({ url }) => answer(new URL(url)).pipe(map(ok));
  return {
    http,
    take: ({ told, text }: Line): void => {
      if (told === undefined) return;
      const { symbol, type } = told;
      books.get(symbol)?.take(told);
      if (type !== 'snapshot') return;
      timer(snapshotDelay, scheduler).subscribe(() => {
        arrived.add(symbol);
        snapshots.next({ symbol, text });
      });
    },
  };
};

/**
 * One connector with the books of all markets of a recording, a second before it began. Time is virtual and
 * passes as it did then.
 */
export const createReplay = (
  recording: Recording,
  { listener, snapshotDelay = 0 }: ReplayOptions,
): Replay => {
  const { lines, pairs, told } = recording;
  const { scheduler, now, advance } = virtualTime(lines[0]!.at - LEAD);
  const rest = restOf(recording, { scheduler, snapshotDelay });
  const { socket, sessions } = createFakeSocket(scheduler, { receive: server() });
  const environment = { scheduler, http: rest.http, socket, random: seededRandom(1) };
  const connector = listener({ environment });
  const errors = record(connector.errors$);

  const follow = (symbol: string, pair: TradingPair): ReplayedMarket => {
    const judge = createJudge(told.get(symbol) ?? []);
    let last: OrderBook | undefined;
    connector.orderBook$(pair).subscribe((book) => {
      last = book;
      judge.told(book);
    });
    return { pair, judge, book: () => last };
  };
  const markets = new Map([...pairs].map(([symbol, pair]) => [symbol, follow(symbol, pair)]));

  return {
    connector,
    markets,
    errors: errors.values,
    sockets: () => sessions.map(({ url }) => url),
    advance,
    breakSocket: () => sessions.at(-1)?.drop(),
    tell: (line, frames = line.kind === 'frame' ? [line.text] : []) => {
      advance(Math.max(0, line.at - now()));
      rest.take(line);
      advance(0);
      const session = sessions.findLast(({ url }) => url === line.url.href);
      for (const text of frames) session?.push(text);
      if (line.told !== undefined) markets.get(line.told.symbol)?.judge.between();
    },
  };
};

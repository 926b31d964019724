import { clearImmediate, setImmediate } from 'node:timers';
import { Observable } from 'rxjs';
import { createConnector } from 'rxchange';
import { binanceSpot } from 'rxchange/binance';
import { informationOf } from './symbols.mjs';
import { unlimited } from './unlimited.mjs';

/** What is asked for by REST, in Binance's manner. */
export const answers = ({ markets, snapshots, information = informationOf(markets) }) => {
  return (url) => {
    if (url.pathname.endsWith('/exchangeInfo')) return information;
    if (url.pathname.endsWith('/depth')) return snapshots.get(url.searchParams.get('symbol'));
    return '{}';
  };
};

export const pairOf = ({ base, quote }) => `${base}-${quote}`;

/** An exchange in this process that tells of markets, and a connector to it: frames come as text. */
export const connected = (workload, exchange = binanceSpot) => {
  const answer = answers(workload);
  let socketEnd;
  const frame$ = new Observable((subscriber) => {
    socketEnd = subscriber;
  });
  const deliver = (text) => socketEnd.next(text);
  const http = ({ url }) =>
    new Observable((subscriber) => {
      // A turn for each: a thousand at once would look like a machine that slept.
      const turn = setImmediate(() => {
        subscriber.next({ status: 200, headers: {}, body: answer(new URL(url)) });
        subscriber.complete();
      });
      return () => clearImmediate(turn);
    });
  const socket = () =>
    new Observable((subscriber) => {
      const send = (text) => {
        const { id } = JSON.parse(text);
        process.nextTick(() => deliver(JSON.stringify({ result: null, id })));
      };
      subscriber.next({ frame$, send });
    });
  const connector = createConnector(exchange, {
    domain: { rest: 'http://localhost', stream: 'ws://localhost', wsApi: 'ws://localhost' },
    throttler: unlimited(exchange),
    environment: { http, socket },
  });
  return { connector, deliver };
};

/** Subscribes to the books of all markets; resolves once each was told the first time. */
export const followBooks = async ({ connector, markets, onBook }) => {
  const books = new Map();
  const subscriptions = await new Promise((resolve) => {
    const made = [];
    for (const market of markets) {
      const book$ = connector.orderBook$(pairOf(market));
      made.push(
        book$.subscribe((book) => {
          if (books.has(market.symbol)) onBook(book);
          else if (books.set(market.symbol, book).size === markets.length)
            setImmediate(resolve, made);
        }),
      );
    }
  });
  return { books, leave: () => subscriptions.forEach((one) => one.unsubscribe()) };
};

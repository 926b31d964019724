import { gunzipSync } from 'node:zlib';
import { Observable, type Subscriber } from 'rxjs';
import { Agent, type Dispatcher } from 'undici';
import type { RestAnswer } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import { noAnswer, type Http } from './http.js';

/** How long a connection is kept for the next request, in ms: to connect anew takes several round trips. */
const KEEP_ALIVE = 30_000;

/** Where a URL's path begins. */
const pathStart = (url: string): number => {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start === -1 ? url.length : start;
};

const joined = (headers: Record<string, string | string[] | undefined>): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(headers)) texts[name] = String(headers[name]);
  return texts;
};

const bodyOf = (chunks: readonly Buffer[], encoding: string | undefined): string => {
  const [first, ...others] = chunks;
  if (first === undefined) return '';
  const bytes = others.length === 0 ? first : Buffer.concat(chunks);
  return (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
};

/** Tells a subscriber of one answer, as soon as its connection is free for what follows from it. */
const receiver = (subscriber: Subscriber<RestAnswer>): Dispatcher.DispatchHandler => {
  const chunks: Buffer[] = [];
  let status = 0;
  let isOver = false;
  let headers: Record<string, string> = {};
  const tell = (): void => {
    try {
      subscriber.next({ status, headers, body: bodyOf(chunks, headers['content-encoding']) });
      subscriber.complete();
    } catch (error) {
      subscriber.error(noAnswer(error));
    }
  };
  return {
    onRequestStart: (controller) => {
      subscriber.add(() => {
        if (!isOver) controller.abort(new ConnectorError('network', 'Nobody waits for it.'));
      });
    },
    onResponseStart: (_, code, fields) => {
      status = code;
      headers = joined(fields);
    },
    onResponseData: (_, chunk) => chunks.push(chunk),
    onResponseEnd: () => {
      isOver = true;
      queueMicrotask(tell);
    },
    onResponseError: (_, error) => {
      isOver = true;
      subscriber.error(noAnswer(error));
    },
  };
};

/**
 * {@link Http} over undici, which is node's own client: a signed order on a connection that is kept open
 * takes a third less than by `node:http`. It follows no redirect: a signed request is for its exchange
 * alone.
 */
export const nodeHttp = (): Http => {
  const agent = new Agent({ keepAliveTimeout: KEEP_ALIVE });
  return ({ method, url, headers }) =>
    new Observable((subscriber) => {
      const start = pathStart(url);
      const path = start === url.length ? '/' : url.slice(start);
      agent.dispatch(
        {
          origin: url.slice(0, start),
          path,
          method,
          headers: { 'Accept-Encoding': 'gzip', ...headers },
        },
        receiver(subscriber),
      );
    });
};

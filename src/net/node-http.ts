import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { createGunzip } from 'node:zlib';
import { Observable, type Subscriber } from 'rxjs';
import type { RestAnswer } from '../core/contract.js';
import { noAnswer, type Http } from './http.js';

/** Where a URL's path begins. */
const pathStart = (url: string): number => {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start === -1 ? url.length : start;
};

const headersOf = ({ rawHeaders }: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (let i = 0; i < rawHeaders.length; i += 2)
    headers[rawHeaders[i]?.toLowerCase() ?? ''] = rawHeaders[i + 1] ?? '';
  return headers;
};

/** How to reach one origin. */
interface Line {
  readonly send: typeof httpRequest;
  readonly options: RequestOptions;
}

/** The URL of an origin is parsed once. */
const dial = (origin: string, agents: { http: HttpAgent; https: HttpsAgent }): Line => {
  const { protocol, hostname, port } = urlToHttpOptions(new URL(origin));
  const address = { protocol, hostname, port };
  return protocol === 'https:'
    ? { send: httpsRequest, options: { ...address, agent: agents.https } }
    : { send: httpRequest, options: { ...address, agent: agents.http } };
};

/** Reads an answer to its end. */
const receive = (response: IncomingMessage, subscriber: Subscriber<RestAnswer>): void => {
  const fail = (error: unknown): void => subscriber.error(noAnswer(error));
  const headers = headersOf(response);
  response.on('error', fail);
  const text =
    headers['content-encoding'] === 'gzip'
      ? response.pipe(createGunzip()).on('error', fail)
      : response;
  let body = '';
  text.setEncoding('utf8');
  text.on('data', (chunk: string) => (body += chunk));
  text.on('end', () => {
    subscriber.next({ status: response.statusCode ?? 0, headers, body });
    subscriber.complete();
  });
};

/**
 * {@link Http} over node's own client: a signed order on a connection that is kept open costs less
 * than by any `fetch`. It follows no redirect: a signed request is for its exchange alone.
 */
export const nodeHttp = (): Http => {
  const agents = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true }),
  };
  const lines = new Map<string, Line>();
  const lineTo = (origin: string): Line => {
    const line = lines.get(origin) ?? dial(origin, agents);
    lines.set(origin, line);
    return line;
  };
  return ({ method, url, headers }) =>
    new Observable((subscriber) => {
      const start = pathStart(url);
      const { send, options } = lineTo(url.slice(0, start));
      const request = send({
        ...options,
        method,
        path: url.slice(start),
        headers: { 'Accept-Encoding': 'gzip', 'Content-Length': 0, ...headers },
      });
      request.on('error', (error) => subscriber.error(noAnswer(error)));
      request.on('response', (response) => receive(response, subscriber));
      request.end();
      // A request that was answered has given its connection back.
      return () => request.destroyed || request.destroy();
    });
};

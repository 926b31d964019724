import { Observable, Subject, Subscription, type SchedulerLike } from 'rxjs';
import type { RestAnswer } from '../../core/contract.js';
import { ConnectorError } from '../../core/errors.js';
import type { Http, HttpRequest } from '../../net/http.js';
import type { Socket } from '../../net/socket.js';
import type { CallName } from './calls.js';
import type { SpiedExchange } from './spied-exchange.js';

/** A request that reached the scripted exchange. */
export interface ScriptedRequest extends HttpRequest {
  readonly name: CallName | undefined;
  readonly at: number;
}

/** How the exchange answers a request: with an answer, by breaking the connection, or never. */
export type ScriptedAnswer = RestAnswer | 'broken' | 'silence';

/** A socket that is open, seen from the exchange. */
export interface ScriptedSocket {
  readonly url: string;
  readonly isAccount: boolean;
  /** Its topics that are subscribed to. */
  readonly topics: Set<string>;
  /** All that the connector sent. */
  readonly received: string[];
  /** Sends a frame now. */
  readonly send: (text: string) => void;
  /** Breaks the connection now. */
  readonly drop: () => void;
}

/** What the exchange does. */
export interface NetworkScript {
  readonly answer: (request: ScriptedRequest) => ScriptedAnswer;
  readonly receive: (text: string, socket: ScriptedSocket) => void;
}

/** A network with a scripted exchange in it. */
export interface ScriptedNetwork {
  readonly http: Http;
  readonly socket: Socket;
  readonly requests: readonly ScriptedRequest[];
  /** The sockets that are open. */
  readonly sockets: ReadonlySet<ScriptedSocket>;
  /** The addresses of all sockets that were asked for. */
  readonly dialled: readonly string[];
}

/** How long everything takes one way, in ms. */
export const LATENCY = 10;

/** Source: RFC 6455, section 7.4.1. */
const BROKEN = 1006;

const gone = (): ConnectorError =>
  new ConnectorError('network', 'The request got no answer (ECONNRESET).', { outcome: 'unknown' });

/** Answers requests and frames as a script says, each after a while. */
export const scriptedNetwork = (
  { lastCall, isAccount }: SpiedExchange,
  scheduler: SchedulerLike,
  { answer, receive }: NetworkScript,
): ScriptedNetwork => {
  const requests: ScriptedRequest[] = [];
  const sockets = new Set<ScriptedSocket>();
  const dialled: string[] = [];

  const http: Http = (sent) =>
    new Observable((client) => {
      const request = { ...sent, name: lastCall(), at: scheduler.now() };
      requests.push(request);
      const answered = answer(request);
      if (answered === 'silence') return undefined;
      return scheduler.schedule(() => {
        if (answered === 'broken') client.error(gone());
        else client.next(answered);
        client.complete();
      }, 2 * LATENCY);
    });

  const socket: Socket = (url) =>
    new Observable((client) => {
      const frames = new Subject<string>();
      const arriving = new Subscription();
      const later = (act: () => void): void => {
        arriving.add(scheduler.schedule(act, LATENCY));
      };
      const open: ScriptedSocket = {
        url,
        isAccount: isAccount(url),
        topics: new Set(),
        received: [],
        send: (text) => frames.next(text),
        drop: () => {
          sockets.delete(open);
          frames.complete();
          client.error(
            new ConnectorError('network', `The socket closed with code ${BROKEN}.`, {
              code: BROKEN,
            }),
          );
        },
      };
      dialled.push(url);
      later(() => {
        sockets.add(open);
        client.next({
          frame$: frames.asObservable(),
          send: (text) => {
            open.received.push(text);
            later(() => receive(text, open));
          },
        });
      });
      return () => {
        sockets.delete(open);
        arriving.unsubscribe();
        frames.complete();
      };
    });
  return { http, socket, requests, sockets, dialled };
};

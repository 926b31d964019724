import { Observable, type SchedulerLike, Subject, Subscription, timer } from 'rxjs';
import { ConnectorError } from '../../src/core/errors.js';
import type { Socket } from '../../src/net/socket.js';

/** A frame that was sent to the server, and when. */
export interface SentFrame {
  readonly at: number;
  readonly frame: unknown;
}

/** One socket, seen from the server. */
export interface Session {
  readonly url: string;
  readonly askedAt: number;
  readonly sent: SentFrame[];
  /** Sends to the client, after a while. */
  readonly reply: (frame: unknown, after?: number) => void;
  /** Sends text to the client, now. */
  readonly push: (text: string) => void;
  /** Breaks the socket, now. */
  readonly drop: (error?: ConnectorError) => void;
  closedAt: number | undefined;
}

/** What the server does. */
export interface FakeServer {
  /** How long opening takes, by how many sockets were asked for before; `undefined`: it fails then. */
  readonly opensIn?: (session: number) => number | undefined;
  /** What it does with a frame. */
  readonly receive?: (frame: unknown, session: Session) => void;
}

const CONNECT = 10;

/** A network with one server in it, in virtual time. */
export const createFakeSocket = (
  scheduler: SchedulerLike,
  { opensIn = () => CONNECT, receive = () => undefined }: FakeServer = {},
): { readonly socket: Socket; readonly sessions: readonly Session[] } => {
  const sessions: Session[] = [];
  const socket: Socket = (url) =>
    new Observable((subscriber) => {
      const frames = new Subject<string>();
      const timers = new Subscription();
      const later = (after: number, action: () => void) =>
        timers.add(timer(after, scheduler).subscribe(action));
      const opens = opensIn(sessions.length);
      const session: Session = {
        url,
        askedAt: scheduler.now(),
        sent: [],
        closedAt: undefined,
        reply: (frame, after = CONNECT) => later(after, () => frames.next(JSON.stringify(frame))),
        push: (text) => frames.next(text),
        drop: (error = new ConnectorError('network', 'dropped')) => {
          frames.complete();
          subscriber.error(error);
        },
      };
      sessions.push(session);
      const send = (text: string): void => {
        const frame: unknown = JSON.parse(text);
        session.sent.push({ at: scheduler.now(), frame });
        receive(frame, session);
      };
      later(opens ?? CONNECT, () => {
        if (opens === undefined) session.drop(new ConnectorError('network', 'refused'));
        else subscriber.next({ frame$: frames.asObservable(), send });
      });
      return () => {
        session.closedAt = scheduler.now();
        timers.unsubscribe();
        frames.complete();
      };
    });
  return { socket, sessions };
};

import { Subject, Subscription, type Subscriber } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import type { Session } from '../emulator/dialect.js';
import type { Connection } from '../net/socket.js';
import type { FrameFault, VirtualFrame, Way } from './network-faults.js';

/** A socket that is open. */
export interface OpenSocket {
  readonly path: string;
  /** Breaks it: both ends learn of it at once. */
  readonly abort: () => void;
}

/** One attempt at a socket. */
export interface SocketOptions {
  readonly url: URL;
  /** Whether the network lets nobody through now. */
  readonly refuses: () => boolean;
  readonly meet: (frame: VirtualFrame) => FrameFault;
  /** Says that the socket is open; returns how to say that it is not any more. */
  readonly opened: (socket: OpenSocket) => () => void;
  readonly client: Subscriber<Connection>;
}

/** Source: RFC 6455, section 7.4.1: never sent, but what a client sees of a connection that broke. */
const BROKEN = 1006;

const closed = (code: number): ConnectorError =>
  new ConnectorError('network', `The socket closed with code ${code}.`, { code });

/** How long what is sent now takes, in ms: a socket delivers in order, whatever the network does. */
const createLane = ({ latency, now }: Way): (() => number) => {
  let arrival = 0;
  return () => {
    arrival = Math.max(arrival, now() + latency());
    return arrival - now();
  };
};

/** Both ends of one socket. The exchange learns of its end as late as of anything. */
export const connect = (
  way: Way,
  { url, refuses, meet, opened, client }: SocketOptions,
): (() => void) => {
  const { dialect, later } = way;
  const path = url.pathname;
  const [out, home] = [createLane(way), createLane(way)];
  const frames = new Subject<string>();
  const arriving = new Subscription();
  let session: Session | undefined;
  let leave = (): void => undefined;

  const gone = (): void => {
    leave();
    session?.closed();
    session = undefined;
  };
  const end = (code: number): void => {
    frames.complete();
    client.error(closed(code));
  };
  const abort = (): void => {
    gone();
    end(BROKEN);
  };
  const endLater = (code: number): void => {
    arriving.add(later(() => end(code), home()));
  };
  const deliver = (text: string): void => {
    const { delay = 0, copies = 1, replacement = text } = meet({ path, text });
    const carried = typeof replacement === 'string' ? replacement : replacement(text);
    for (let copy = 0; copy < copies; copy += 1)
      arriving.add(later(() => frames.next(carried), home() + delay));
  };

  later(() => {
    const open = refuses() || dialect.refusal?.(path) ? undefined : dialect.endpoint(path);
    if (open === undefined) {
      endLater(BROKEN);
      return;
    }
    leave = opened({ path, abort });
    session = open({
      path,
      query: url.search.slice(1),
      send: deliver,
      close: endLater,
      terminate: abort,
    });
    const connection: Connection = {
      frame$: frames.asObservable(),
      send: (text) => later(() => session?.receive(text), out()),
    };
    arriving.add(later(() => client.next(connection), home()));
  }, out());
  return () => {
    arriving.unsubscribe();
    frames.complete();
    later(gone, out());
  };
};

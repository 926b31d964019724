import { Observable } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import { Broadcast } from './broadcast.js';

/** An open socket. */
export interface Connection {
  /** The frames as text, hot; completes when the socket closes. */
  readonly frame$: Observable<string>;
  /** Sends one frame of text. */
  readonly send: (text: string) => void;
}

/**
 * Opens a socket at each subscription and emits its connection once; errors with kind `network` when
 * the socket cannot be opened or closes. Unsubscribing closes it.
 */
export type Socket = (url: string) => Observable<Connection>;

/** The part of a WebSocket that this library uses: `ws`, a browser's own, or a mock. */
export interface WebSocketLike {
  /** Is called once frames can be sent. */
  onopen: ((event: never) => void) | null;
  /** Gets an event with `data`. */
  onmessage: ((event: never) => void) | null;
  /** Is called before a close that is due to a failure. */
  onerror: ((event: never) => void) | null;
  /** Gets an event with `code` and `reason`. */
  onclose: ((event: never) => void) | null;
  /** Sends one frame of text. */
  send(text: string): void;
  /** Begins the closing handshake. */
  close(): void;
}

/** Makes WebSockets. */
export type WebSocketConstructor = new (url: string) => WebSocketLike;

const closed = (url: string, code: number, reason: string): ConnectorError =>
  new ConnectorError(
    'network',
    `The socket to ${new URL(url).host} closed with code ${code}${reason === '' ? '' : ` (${reason})`}.`,
    { code },
  );

/** {@link Socket} over any WebSocket class. */
export const socketFrom =
  (WebSocket: WebSocketConstructor): Socket =>
  (url) =>
    new Observable((subscriber) => {
      const frames = new Broadcast<string>();
      const socket = new WebSocket(url);
      socket.onopen = () =>
        subscriber.next({ frame$: frames.value$, send: (text) => socket.send(text) });
      socket.onmessage = ({ data }: { data: unknown }) => frames.next(String(data));
      // A close always follows an error and says more; `ws` throws where nobody listens to errors.
      socket.onerror = () => undefined;
      socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
        frames.complete();
        subscriber.error(closed(url, code, reason));
      };
      return () => {
        socket.onopen = socket.onmessage = socket.onclose = null;
        frames.complete();
        socket.close();
      };
    });

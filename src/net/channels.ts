import { isLeft } from 'fp-ts/lib/Either.js';
import {
  audit,
  defer,
  EMPTY,
  finalize,
  ignoreElements,
  merge,
  mergeMap,
  of,
  share,
  Subject,
  switchMap,
  tap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { decodeError, parseJson } from '../core/codecs.js';
import type { Domain, StreamProtocol } from '../core/contract.js';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { Environment } from './environment.js';
import type { Connection } from './socket.js';
import { withReconnect } from './with-reconnect.js';

/** What happens on one channel, in its order. */
export type ChannelEvent =
  /** The exchange has acknowledged the subscription: from here on nothing is missed until `down`. */
  | { readonly type: 'live' }
  | { readonly type: 'data'; readonly data: unknown }
  /** The socket was lost; what happens until the next `live` is missed. */
  | { readonly type: 'down'; readonly cause: ConnectorError };

/** The public channels of an exchange. */
export interface Channels {
  /**
   * The events of a topic. The topic is subscribed to while somebody is subscribed here, and the
   * socket is open while any topic is; it is replaced when it breaks. Each topic takes one subscriber.
   */
  readonly channel$: (topic: string) => Observable<ChannelEvent>;
  /**
   * Says that a topic is silent although REST shows that the market moved: the socket that carries it
   * is replaced like a lost one. Does nothing where no socket carries the topic.
   */
  readonly doubt: (topic: string) => void;
}

/** What {@link createChannels} works with. */
export interface ChannelsOptions {
  readonly protocol: StreamProtocol;
  readonly domain: Domain;
  readonly environment: Environment;
  /** Gets what went wrong and was survived. */
  readonly report: (error: ConnectorError) => void;
}

/** Topics wanted in the same moment go into one message, in ms. */
const BATCH = 5;
/** How long the exchange may take to acknowledge a subscription, in ms. */
const ACKNOWLEDGE_WITHIN = 10_000;

/** Topics and who listens to them. One that was left and wanted again has another listener. */
type Listeners = ReadonlyMap<string, Subject<ChannelEvent>>;

/** What one connection has asked for. */
interface Conversation {
  readonly connection: Connection;
  readonly asked: Map<string, Subject<ChannelEvent>>;
  readonly unanswered: Map<number, Listeners>;
  nextId: number;
}

const unacknowledged = (topics: Listeners): ConnectorError =>
  new ConnectorError(
    'timeout',
    `The exchange did not acknowledge ${[...topics.keys()].join(', ')} within ${ACKNOWLEDGE_WITHIN} ms.`,
  );

const silent = (topic: string): Observable<never> =>
  throwError(
    () =>
      new ConnectorError(
        'network',
        `${topic} is silent although REST shows that the market moved.`,
      ),
  );

const without = (topics: Listeners, others: Listeners): Listeners =>
  new Map([...topics].filter(([topic, listener]) => others.get(topic) !== listener));

/** Many channels over one socket, subscribed to as they are wanted. */
export const createChannels = ({
  protocol,
  domain,
  environment: { scheduler, socket, random },
  report,
}: ChannelsOptions): Channels => {
  const wanted = new Map<string, Subject<ChannelEvent>>();
  const change$ = new Subject<void>();
  const doubts = new Subject<string>();
  // A change takes two messages at the most, and pongs count too.
  const pause = 2_500 / protocol.limits.messagesPerSecond;
  let sentAt = -Infinity;
  let up = false;

  /** Asks for what is wanted and was not asked for yet; gives up on an answer after a while. */
  const update = (talk: Conversation): Observable<never> => {
    const { connection, asked, unanswered } = talk;
    const missing = without(wanted, asked);
    const surplus = without(asked, wanted);
    if (missing.size + surplus.size > 0) sentAt = scheduler.now();
    if (surplus.size > 0) {
      surplus.forEach((_, topic) => asked.delete(topic));
      connection.send(protocol.unsubscribe([...surplus.keys()], talk.nextId++));
    }
    if (missing.size === 0) return merge();
    const id = talk.nextId++;
    missing.forEach((listener, topic) => asked.set(topic, listener));
    unanswered.set(id, missing);
    connection.send(protocol.subscribe([...missing.keys()], id));
    return timer(ACKNOWLEDGE_WITHIN, scheduler).pipe(
      tap(() => {
        if (unanswered.has(id)) throw unacknowledged(missing);
      }),
      ignoreElements(),
    );
  };

  const deliver = ({ unanswered }: Conversation, text: string): void => {
    const decoded = protocol.read(parseJson(text));
    if (isLeft(decoded)) {
      report(decodeError('A market stream frame', decoded.left));
      return;
    }
    const frame = decoded.right;
    switch (frame.type) {
      case 'data':
        wanted.get(frame.topic)?.next({ type: 'data', data: frame.data });
        return;
      case 'acknowledged': {
        const topics = unanswered.get(frame.id);
        unanswered.delete(frame.id);
        topics?.forEach((listener) => listener.next({ type: 'live' }));
        return;
      }
      case 'refused':
        throw new ConnectorError('exchange', `The exchange refused channels: ${frame.message}`);
      case 'ending':
        throw new ConnectorError('network', 'The exchange is about to close the socket.');
    }
  };

  /** Emits the frames: a socket is healthy while they come. */
  const converse = (connection: Connection): Observable<string> => {
    up = true;
    const talk: Conversation = { connection, asked: new Map(), unanswered: new Map(), nextId: 1 };
    // Were the clock set back, it would be long until `sentAt`.
    const untilFree = (): number => Math.min(pause, sentAt + pause - scheduler.now());
    const later$ = change$.pipe(audit(() => timer(Math.max(BATCH, untilFree()), scheduler)));
    return merge(
      merge(of(undefined), later$).pipe(mergeMap(() => update(talk))),
      connection.frame$.pipe(tap((text) => deliver(talk, text))),
      doubts.pipe(mergeMap((topic) => (wanted.has(topic) ? silent(topic) : EMPTY))),
    );
  };

  const down = (error: unknown): void => {
    if (!up) return;
    up = false;
    const cause = toConnectorError(error, 'network');
    wanted.forEach((listener) => listener.next({ type: 'down', cause }));
  };

  const session$ = defer(() => socket(protocol.url(domain))).pipe(
    switchMap(converse),
    tap({ error: down }),
    withReconnect({ scheduler, random, onError: report }),
    ignoreElements(),
    share(),
  );

  const want = (topic: string): Subject<ChannelEvent> => {
    const events = new Subject<ChannelEvent>();
    wanted.set(topic, events);
    change$.next();
    return events;
  };

  const release = (topic: string): void => {
    wanted.delete(topic);
    change$.next();
  };

  return {
    channel$: (topic) =>
      defer(() => merge(want(topic), session$)).pipe(finalize(() => release(topic))),
    doubt: (topic) => doubts.next(topic),
  };
};

import {
  defer,
  filter,
  ignoreElements,
  Observable,
  share,
  Subject,
  switchMap,
  tap,
  type Subscriber,
} from 'rxjs';
import type { StreamProtocol } from '../core/contract.js';
import { toConnectorError, type ConnectorError } from '../core/errors.js';
import type { ChannelEvent, ChannelOf, TakeFrame } from './channel-event.js';
import type { Connect } from './connect.js';
import { converse, type Said } from './conversation.js';
import { createDoubt } from './doubt.js';
import type { Environment } from './environment.js';
import { withReconnect } from './with-reconnect.js';
import { withRotation } from './with-rotation.js';

/** What {@link createShard} works with. */
export interface ShardOptions {
  readonly protocol: StreamProtocol;
  /** Where to connect. */
  readonly url: string;
  readonly environment: Pick<Environment, 'scheduler' | 'random'>;
  readonly connect: Connect;
  /** Gets what went wrong and was survived. */
  readonly report: (error: ConnectorError) => void;
}

/** The topics that one socket carries. */
export interface Shard {
  readonly url: string;
  /** How many topics there are. */
  readonly size: () => number;
  readonly has: (topic: string) => boolean;
  /** The events of a topic. The socket is open while anybody is subscribed to any. */
  readonly channel$: ChannelOf;
  /** Replaces the socket like a lost one: it does not deliver this topic. */
  readonly doubt: (topic: string) => void;
}

interface Listener {
  readonly take: TakeFrame | undefined;
  readonly events: Subscriber<ChannelEvent>;
  isLive: boolean;
}

type News = Said<Listener> | { readonly type: 'lost'; readonly cause: ConnectorError };

const standing = (news: News): 'ready' | 'unready' | 'ending' | undefined => {
  switch (news.type) {
    case 'acknowledged':
      return news.complete ? 'ready' : 'unready';
    case 'changed':
      return 'unready';
    case 'ending':
      return 'ending';
    default:
      return undefined;
  }
};

const hand = (frame: Extract<News, { readonly type: 'data' }>, listener?: Listener): void => {
  if (listener?.take === undefined) listener?.events.next(frame);
  else listener.take(frame.text, frame.at);
};

/** Many channels over one socket, subscribed to as they are wanted. */
export const createShard = (options: ShardOptions): Shard => {
  const { protocol, url, environment, connect, report } = options;
  const { scheduler, random } = environment;
  const wanted = new Map<string, Listener>();
  const change$ = new Subject<void>();
  const doubt = createDoubt((topic: string) => topic);
  let isUp = false;

  const down = (cause: ConnectorError): void => {
    if (!isUp) return;
    isUp = false;
    for (const listener of wanted.values()) {
      listener.isLive = false;
      listener.events.next({ type: 'down', cause });
    }
  };

  const goLive = (listener: Listener): void => {
    if (listener.isLive) return;
    listener.isLive = true;
    listener.events.next({ type: 'live' });
  };

  const deliver = (news: News): void => {
    switch (news.type) {
      case 'data':
        hand(news, wanted.get(news.topic));
        return;
      case 'connected':
        isUp = true;
        return;
      case 'acknowledged':
        news.listeners.forEach(goLive);
        return;
      case 'lost':
        down(news.cause);
    }
  };

  const session$ = defer(() => connect(url, protocol.socket)).pipe(
    switchMap((connection) =>
      converse(connection, { protocol, wanted, change$, doubt$: doubt.raised$, scheduler, report }),
    ),
    withRotation<News>({
      scheduler,
      random,
      lifetime: protocol.socket.lifetime,
      standing,
      lost: (cause) => ({ type: 'lost', cause }),
      onError: report,
    }),
    filter((news) => {
      deliver(news);
      return news.type !== 'data';
    }),
    tap({ error: (error: unknown) => down(toConnectorError(error, 'network')) }),
    withReconnect({ scheduler, random, onError: report }),
    ignoreElements(),
    share(),
  );

  return {
    url,
    size: () => wanted.size,
    has: (topic) => wanted.has(topic),
    channel$: (topic, take) =>
      new Observable((events) => {
        const listener: Listener = { take, events, isLive: false };
        wanted.set(topic, listener);
        change$.next();
        events.add(session$.subscribe(events));
        events.add(() => {
          if (wanted.get(topic) === listener) wanted.delete(topic);
          change$.next();
        });
      }),
    doubt: doubt.raise,
  };
};

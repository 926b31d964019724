import { isLeft } from 'fp-ts/lib/Either.js';
import {
  audit,
  EMPTY,
  map,
  merge,
  mergeMap,
  of,
  Subject,
  timer,
  Observable,
  type SchedulerLike,
} from 'rxjs';
import { decodeError, parseJson } from '../core/codecs.js';
import type { StreamFrame, StreamProtocol } from '../core/contract.js';
import type { ConnectorError } from '../core/errors.js';
import { heartbeat } from './heartbeat.js';
import { ACKNOWLEDGE_WITHIN, forgotten, refusal, unacknowledged } from './topic-trouble.js';
import type { Connection } from './socket.js';
import { createSubscriptions, type Subscriptions } from './subscriptions.js';

/** What comes of talking over one connection. */
export type Said<Listener> =
  | { readonly type: 'connected' }
  /** A frame of data, as it arrived. */
  | {
      readonly type: 'data';
      readonly topic: string;
      readonly text: string;
      /** When it arrived, in ms since the epoch by this machine's clock. */
      readonly at: number;
    }
  | Extract<StreamFrame, { readonly type: 'ending' }>
  /** Other topics are wanted than before. */
  | { readonly type: 'changed' }
  /** The exchange has acknowledged the topics of these; `complete` says whether it is all that is wanted. */
  | {
      readonly type: 'acknowledged';
      readonly listeners: readonly Listener[];
      readonly complete: boolean;
    };

/** What a conversation is about. */
export interface ConversationOptions<Listener> {
  readonly protocol: StreamProtocol;
  /** What is to be subscribed to, and for whom; changes as it likes. */
  readonly wanted: ReadonlyMap<string, Listener>;
  /** Emits after each such change. */
  readonly change$: Observable<void>;
  /** Errors where the connection is not to be trusted any more. */
  readonly doubt$: Observable<never>;
  readonly scheduler: SchedulerLike;
  /** Gets what went wrong and was survived. */
  readonly report: (error: ConnectorError) => void;
}

interface Conversation<Listener> extends ConversationOptions<Listener> {
  readonly connection: Connection;
  readonly subscriptions: Subscriptions<Listener>;
  /** Says that there is more to send. */
  readonly more$: Subject<void>;
  nextId: number;
  sentAt: number;
  /** Whether the other side is to be asked for any answer at all. */
  isQuiet: boolean;
  /** The last such question, and which topics it had acknowledged before. */
  question: { readonly id: number; readonly acknowledged: () => readonly string[] } | undefined;
}

/** Topics wanted in the same moment go into one message, in ms. */
const BATCH = 5;

const acknowledgement = <Listener>(
  { subscriptions }: Conversation<Listener>,
  listeners: readonly Listener[],
): Said<Listener> => ({
  type: 'acknowledged',
  listeners,
  complete: subscriptions.isComplete(),
});

/** Asks a second time for what is not acknowledged in time, and then gives up. */
const expectAcknowledgement = <Listener>(
  { subscriptions, scheduler, more$ }: Conversation<Listener>,
  id: number,
): Observable<never> =>
  timer(ACKNOWLEDGE_WITHIN, scheduler).pipe(
    mergeMap(() => {
      const topics = subscriptions.overdue(id);
      if (topics.length > 0) throw unacknowledged(topics);
      if (subscriptions.hasMore()) more$.next();
      return EMPTY;
    }),
  );

const ask = <Listener>(talk: Conversation<Listener>): void => {
  const id = talk.nextId++;
  talk.question = { id, acknowledged: talk.subscriptions.acknowledged() };
  talk.connection.send(talk.protocol.ping(id));
};

/** Sends what is due: two messages at the most. Each of them is answered, so that they ask for life too. */
const send = <Listener>(talk: Conversation<Listener>): Observable<Said<Listener>> => {
  const { connection, protocol, subscriptions, scheduler, more$ } = talk;
  const surplus = subscriptions.giveUp();
  if (surplus.length > 0) connection.send(protocol.unsubscribe(surplus, talk.nextId++));
  const id = talk.nextId++;
  const missing = subscriptions.ask(id);
  if (missing.length > 0) connection.send(protocol.subscribe(missing, id));
  const isIdle = surplus.length + missing.length === 0;
  if (isIdle && talk.isQuiet) ask(talk);
  if (!isIdle || talk.isQuiet) talk.sentAt = scheduler.now();
  talk.isQuiet = false;
  if (subscriptions.hasMore()) more$.next();
  if (missing.length > 0) return expectAcknowledgement(talk, id);
  return isIdle ? of(acknowledgement(talk, [])) : EMPTY;
};

/** Frames of data are many: whoever wants their data reads them, and here nothing is parsed for them. */
const hear = <Listener>(
  talk: Conversation<Listener>,
  text: string,
  at: number,
): Said<Listener> | undefined => {
  const topic = talk.protocol.topicOf?.(text);
  if (topic !== undefined) return { type: 'data', topic, text, at };
  const decoded = talk.protocol.read(parseJson(text));
  if (isLeft(decoded)) {
    talk.report(decodeError('A market stream frame', decoded.left));
    return undefined;
  }
  const frame = decoded.right;
  switch (frame.type) {
    case 'data':
      return { type: 'data', topic: frame.topic, text, at };
    case 'ending':
      return frame;
    case 'acknowledged':
      return acknowledgement(talk, talk.subscriptions.acknowledge(frame.id));
    case 'pong': {
      if (frame.topics === undefined || frame.id !== talk.question?.id) return undefined;
      const listed = new Set(frame.topics);
      const missing = talk.question.acknowledged().filter((topic) => !listed.has(topic));
      if (missing.length > 0) throw forgotten(missing);
      return undefined;
    }
    case 'refused': {
      const topics = frame.id === undefined ? [] : talk.subscriptions.refuse(frame.id);
      const error = refusal(topics, frame.message);
      if (topics.length === 0) throw error;
      talk.report(error);
      return acknowledgement(talk, []);
    }
  }
};

/**
 * Keeps a connection subscribed to what is wanted, within the exchange's limit of messages. What is refused
 * is reported, and asked for again every 10 s, without harm to the rest. Errors where the exchange refuses what
 * nobody knows, does not acknowledge or is not there any more.
 */
export const converse = <Listener>(
  connection: Connection,
  options: ConversationOptions<Listener>,
): Observable<Said<Listener>> =>
  new Observable((subscriber) => {
    const { protocol, wanted, change$, doubt$, scheduler } = options;
    const { messagesPerSecond, topicsPerMessage } = protocol.limits;
    const talk: Conversation<Listener> = {
      ...options,
      connection,
      subscriptions: createSubscriptions(wanted, topicsPerMessage),
      more$: new Subject(),
      nextId: 1,
      sentAt: -Infinity,
      isQuiet: false,
      question: undefined,
    };
    // Two messages go at a time at the most, and pongs count too.
    const pause = 2_500 / messagesPerSecond;
    // Were the clock set back, it would be long until `sentAt`.
    const untilFree = (): number => Math.min(pause, talk.sentAt + pause - scheduler.now());
    const later$ = merge(change$, talk.more$).pipe(
      audit(() => timer(Math.max(BATCH, untilFree()), scheduler)),
    );
    const askForLife = (): void => {
      talk.isQuiet = true;
      talk.more$.next();
    };
    const { heed, watch$ } = heartbeat({ scheduler, ask: askForLife });
    subscriber.next({ type: 'connected' });
    // Past the others, which have little to tell: thousands of frames come in a second.
    subscriber.add(
      connection.frame$.subscribe((text) => {
        const now = scheduler.now();
        heed(now);
        try {
          const said = hear(talk, text, now);
          if (said !== undefined) subscriber.next(said);
        } catch (error) {
          subscriber.error(error);
        }
      }),
    );
    return merge(
      doubt$,
      change$.pipe(map(() => ({ type: 'changed' }) as const)),
      watch$,
      merge(later$, of(undefined)).pipe(mergeMap(() => send(talk))),
    ).subscribe(subscriber);
  });

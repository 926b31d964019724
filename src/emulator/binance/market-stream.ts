import type { Connection } from '../dialect.js';
import type { ConnectionLimits } from './connection-limits.js';
import type { ManagedSession } from './connections.js';
import type { MarketFeed } from './market-feed.js';
import { createMessageLimit } from './message-limit.js';
import {
  invalidRequest,
  readControlFrame,
  type ControlFrame,
  type StreamError,
} from './stream-frame.js';
import type { TimeUnit } from './time-unit.js';
import { TopicSet } from './topic-set.js';
import type { ViolatedLimit, Violations } from './violations.js';

/** Source: RFC 6455, section 7.4.1. */
const POLICY_VIOLATION = 1008;

/** What a market stream needs of its exchange. */
export interface MarketStreamOptions {
  readonly feed: MarketFeed;
  readonly now: () => number;
  readonly limits: ConnectionLimits;
  readonly violations: Violations;
  readonly unit: TimeUnit;
}

type Answer = { readonly result: unknown } | StreamError;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The topics that a URL names: after `/ws/`, or as `streams` of `/stream`. */
const topicsOf = ({ path, query }: Connection): readonly string[] => {
  const listed = path.startsWith('/ws')
    ? decoded(path.slice('/ws/'.length))
    : (new URLSearchParams(query).get('streams') ?? '');
  return listed.split('/').filter((topic) => topic !== '');
};

const areTexts = (values: readonly unknown[]): values is readonly string[] =>
  values.every((value) => typeof value === 'string');

const property = (topics: TopicSet, { method, params }: ControlFrame): Answer => {
  const [name, value] = params;
  if (typeof name !== 'string') return invalidRequest('property name must be a string');
  if (name !== 'combined') return { code: 0, msg: 'Unknown property' };
  if (method === 'GET_PROPERTY') return { result: topics.combined };
  if (typeof value !== 'boolean') return { code: 1, msg: 'Invalid value type: expected Boolean' };
  topics.combined = value;
  return { result: null };
};

/** What requests are about. */
interface Subject {
  readonly topics: TopicSet;
  readonly noteTooMany: () => void;
}

const answer = ({ topics, noteTooMany }: Subject, frame: ControlFrame): Answer => {
  const { method, params } = frame;
  if (method === 'SET_PROPERTY' || method === 'GET_PROPERTY') return property(topics, frame);
  if (!areTexts(params)) return invalidRequest('stream names must be strings');
  switch (method) {
    case 'SUBSCRIBE':
      // The documentation gives no words for this one.
      if (!topics.fits(params)) {
        noteTooMany();
        return invalidRequest(`more than ${topics.limit} streams`);
      }
      for (const topic of params) topics.add(topic);
      return { result: null };
    case 'UNSUBSCRIBE':
      for (const topic of params) topics.remove(topic);
      return { result: null };
    case 'LIST_SUBSCRIPTIONS':
      return params.length > 0 ? invalidRequest('too many parameters') : { result: topics.names() };
  }
};

const reply = (subject: Subject, text: string): string => {
  const frame = readControlFrame(text);
  return JSON.stringify('code' in frame ? frame : { ...answer(subject, frame), id: frame.id });
};

/**
 * Sends the topics that a connection asks for, in its URL or by requests.
 *
 * Source: Binance Spot API, web-socket-streams.md.
 */
export const openMarketStream = (
  { feed, now, limits, violations, unit }: MarketStreamOptions,
  connection: Connection,
): ManagedSession => {
  const { path, send, close } = connection;
  const topics = new TopicSet(feed, send, {
    combined: path.startsWith('/stream'),
    limit: limits.streams,
    unit,
  });
  const mayCome = createMessageLimit(limits.messages, now);
  const noteTooMany = () => violations.note('STREAMS');
  let isOpen = true;
  const refuse = (limit: ViolatedLimit, reason: string): void => {
    violations.note(limit);
    isOpen = false;
    topics.clear();
    close(POLICY_VIOLATION, reason);
  };
  /** Whether the session still stands after one more message. */
  const takes = (): boolean => {
    if (isOpen && !mayCome()) refuse('MESSAGES', 'Too many requests');
    return isOpen;
  };
  const asked = topicsOf(connection);
  if (topics.fits(asked)) for (const topic of asked) topics.add(topic);
  else refuse('STREAMS', 'Too many streams');
  return {
    receive: (text) => {
      if (takes()) send(reply({ topics, noteTooMany }, text));
    },
    control: () => {
      takes();
    },
    closed: () => {
      isOpen = false;
      topics.clear();
    },
    announceShutdown: () => {
      const notice = JSON.stringify({ e: 'serverShutdown', E: now() });
      if (isOpen) send(topics.wrap('!serverShutdown', notice));
    },
    endSubscriptions: () => undefined,
  };
};

import * as t from 'io-ts';
import { VirtualTimeScheduler } from 'rxjs';
import type { StreamProtocol } from '../../src/core/contract.js';
import type { ConnectorError } from '../../src/core/errors.js';
import { type ChannelEvent, createChannels } from '../../src/net/channels.js';
import { createFakeSocket, type FakeServer, type Session } from './fake-socket.js';

const Frame = t.union([
  t.type({ type: t.literal('data'), topic: t.string, data: t.unknown }),
  t.type({ type: t.literal('acknowledged'), id: t.number }),
  t.type({
    type: t.literal('refused'),
    id: t.union([t.number, t.undefined]),
    message: t.string,
  }),
  t.intersection([
    t.type({ type: t.literal('pong'), id: t.number }),
    t.partial({ topics: t.array(t.string) }),
  ]),
  t.type({ type: t.literal('ending') }),
]);

/** What the client sends. */
export const Request = t.type({
  method: t.keyof({ subscribe: null, unsubscribe: null, ping: null }),
  topics: t.array(t.string),
  id: t.number,
});
export type Request = t.TypeOf<typeof Request>;

export const MESSAGES_PER_SECOND = 5;

const LIFETIME = 24 * 3_600_000;

const dataOf = (frame: string): unknown => (JSON.parse(frame) as { readonly data: unknown }).data;

const protocol: StreamProtocol = {
  socket: { weights: {}, priority: 'market_data', lifetime: LIFETIME },
  url: ({ stream }, topic) => `${stream}/${topic.startsWith('other-') ? 'other' : 'all'}`,
  subscribe: (topics, id) => JSON.stringify({ method: 'subscribe', topics, id }),
  unsubscribe: (topics, id) => JSON.stringify({ method: 'unsubscribe', topics, id }),
  ping: (id) => JSON.stringify({ method: 'ping', topics: [], id }),
  read: (frame) => Frame.decode(frame),
  limits: {
    topicsPerSocket: 1024,
    topicsPerMessage: 200,
    messagesPerSecond: MESSAGES_PER_SECOND,
  },
};

/** What the client has subscribed to on a socket. */
export const topicsOf = ({ sent }: Session): readonly string[] => {
  const topics = new Set<string>();
  for (const { frame } of sent) {
    const { method, topics: named } = frame as Request;
    if (method === 'subscribe') named.forEach((topic) => topics.add(topic));
    if (method === 'unsubscribe') named.forEach((topic) => topics.delete(topic));
  }
  return [...topics];
};

/** A server that acknowledges all that it is asked. */
export const acknowledges = (frame: unknown, session: Session): void => {
  if (!Request.is(frame)) return;
  const { id, method } = frame;
  if (method === 'ping') session.reply({ type: 'pong', id, topics: topicsOf(session) });
  else session.reply({ type: 'acknowledged', id });
};

interface WorldOptions extends FakeServer {
  /** By how much our clock is set at a time. */
  readonly clockSet?: (now: number) => number;
  readonly limits?: Partial<StreamProtocol['limits']>;
  readonly random?: () => number;
}

/** Channels of a made-up exchange, in virtual time. */
export const createWorld = ({
  receive = acknowledges,
  clockSet = () => 0,
  limits = {},
  random = () => 0,
  ...server
}: WorldOptions = {}) => {
  const scheduler = new VirtualTimeScheduler();
  const clock = {
    now: () => scheduler.now() + clockSet(scheduler.now()),
    schedule: scheduler.schedule.bind(scheduler),
  };
  const { socket, sessions } = createFakeSocket(scheduler, { receive, ...server });
  const reports: ConnectorError[] = [];
  const { channel$, doubt } = createChannels({
    protocol: { ...protocol, limits: { ...protocol.limits, ...limits } },
    domain: { rest: '', stream: 'wss://exchange.test', wsApi: '' },
    environment: { scheduler: clock, random },
    connect: socket,
    report: (error) => reports.push(error),
  });
  const listen = (topic: string) => {
    const events: [at: number, event: unknown][] = [];
    const note = (event: ChannelEvent) =>
      events.push([scheduler.now(), event.type === 'data' ? dataOf(event.text) : event.type]);
    const subscription = channel$(topic).subscribe({
      next: note,
      error: (error: unknown) => events.push([scheduler.now(), error]),
    });
    return { events, leave: () => subscription.unsubscribe() };
  };
  const at = (when: number, action: () => void) =>
    scheduler.schedule(action, when - scheduler.now());
  /** Lets time pass; later steps are left for later. */
  const runTo = (when: number) => {
    at(when, () => undefined);
    scheduler.maxFrames = when;
    scheduler.flush();
  };
  const session = (index: number): Session => sessions[index]!;
  return { scheduler, sessions, session, reports, listen, doubt, at, runTo };
};

/** What the client has sent on a socket, but for pings. */
export const requests = ({ sent }: Session): [number, string, readonly string[]][] =>
  sent.flatMap(({ at, frame }) => {
    const { method, topics } = frame as Request;
    return method === 'ping' ? [] : [[at, method, topics]];
  });

/** The most that was sent in any second. */
export const busiestSecond = ({ sent }: Session): number =>
  Math.max(
    0,
    ...sent.map(({ at }) => sent.filter((other) => other.at > at - 1_000 && other.at <= at).length),
  );

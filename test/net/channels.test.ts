import fc from 'fast-check';
import * as t from 'io-ts';
import { EMPTY, VirtualTimeScheduler } from 'rxjs';
import type { StreamProtocol } from '../../src/core/contract.js';
import { ConnectorError } from '../../src/core/errors.js';
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
  t.type({ type: t.literal('ending') }),
]);

const Request = t.type({
  method: t.keyof({ subscribe: null, unsubscribe: null }),
  topics: t.array(t.string),
  id: t.number,
});
type Request = t.TypeOf<typeof Request>;

const MESSAGES_PER_SECOND = 5;

const protocol: StreamProtocol = {
  url: ({ stream }) => `${stream}/all`,
  subscribe: (topics, id) => JSON.stringify({ method: 'subscribe', topics, id }),
  unsubscribe: (topics, id) => JSON.stringify({ method: 'unsubscribe', topics, id }),
  read: (frame) => Frame.decode(frame),
  limits: { topicsPerSocket: 1024, messagesPerSecond: MESSAGES_PER_SECOND },
};

/** A server that acknowledges all that it is asked. */
const acknowledges: FakeServer['receive'] = (frame, session) => {
  if (Request.is(frame)) session.reply({ type: 'acknowledged', id: frame.id });
};

interface WorldOptions extends FakeServer {
  /** By how much our clock is set at a time. */
  readonly clockSet?: (now: number) => number;
}

const createWorld = ({
  receive = acknowledges,
  clockSet = () => 0,
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
    protocol,
    domain: { rest: '', stream: 'wss://exchange.test', wsApi: '' },
    environment: { scheduler: clock, socket, random: () => 0, http: () => EMPTY },
    report: (error) => reports.push(error),
  });
  const listen = (topic: string) => {
    const events: [at: number, event: unknown][] = [];
    const note = (event: ChannelEvent) =>
      events.push([scheduler.now(), event.type === 'data' ? event.data : event.type]);
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

const requests = ({ sent }: Session): [number, string, readonly string[]][] =>
  sent.map(({ at, frame }) => {
    const { method, topics } = frame as Request;
    return [at, method, topics];
  });

/** The most that was sent in any second. */
const busiestSecond = ({ sent }: Session): number =>
  Math.max(
    0,
    ...sent.map(({ at }) => sent.filter((other) => other.at > at - 1_000 && other.at <= at).length),
  );

describe('one channel', () => {
  it('opens a socket, asks, and is live when the exchange acknowledges', () => {
    const { listen, runTo, sessions, session } = createWorld();
    const { events } = listen('a');
    runTo(1_000);
    expect(sessions).toHaveLength(1);
    expect(session(0).url).toBe('wss://exchange.test/all');
    expect(requests(session(0))).toEqual([[10, 'subscribe', ['a']]]);
    expect(events).toEqual([[20, 'live']]);
  });

  it('opens nothing before it is subscribed to', () => {
    const { sessions, runTo } = createWorld();
    runTo(1_000);
    expect(sessions).toEqual([]);
  });

  it('is not live before the exchange acknowledges', () => {
    const { listen, runTo } = createWorld({ receive: () => undefined });
    const { events } = listen('a');
    runTo(9_000);
    expect(events).toEqual([]);
  });

  it('is not live by the acknowledgement of something else', () => {
    const { listen, runTo, session } = createWorld({ receive: () => undefined });
    const { events } = listen('a');
    runTo(1_000);
    session(0).push(JSON.stringify({ type: 'acknowledged', id: 77 }));
    expect(events).toEqual([]);
  });

  it('tells the data in their order', () => {
    const { listen, runTo, session } = createWorld();
    const { events } = listen('a');
    runTo(1_000);
    for (const data of [1, null, { b: 2 }])
      session(0).push(JSON.stringify({ type: 'data', topic: 'a', data }));
    expect(events.slice(1)).toEqual([
      [1_000, 1],
      [1_000, null],
      [1_000, { b: 2 }],
    ]);
  });

  it('closes the socket when it is left, and leaves no timer', () => {
    const { listen, runTo, session, scheduler } = createWorld();
    const { leave, events } = listen('a');
    runTo(1_000);
    leave();
    expect(session(0).closedAt).toBe(1_000);
    expect(scheduler.actions).toEqual([]);
    session(0).push(JSON.stringify({ type: 'data', topic: 'a', data: 1 }));
    expect(events).toEqual([[20, 'live']]);
  });

  it('opens a new socket when it is wanted again', () => {
    const { listen, runTo, sessions, session } = createWorld();
    listen('a').leave();
    const { events } = listen('a');
    runTo(1_000);
    expect(sessions).toHaveLength(2);
    expect(requests(session(1))).toEqual([[10, 'subscribe', ['a']]]);
    expect(events).toEqual([[20, 'live']]);
  });
});

describe('many channels', () => {
  const topics = Array.from({ length: 50 }, (_, i) => `t${i}`);

  it('share one socket, and those wanted before it is open one message', () => {
    const { listen, runTo, sessions, session } = createWorld();
    const all = topics.map(listen);
    runTo(1_000);
    expect(sessions).toHaveLength(1);
    expect(requests(session(0))).toEqual([[10, 'subscribe', topics]]);
    expect(all.map(({ events }) => events)).toEqual(topics.map(() => [[20, 'live']]));
  });

  it('wanted later in the same moment share one message', () => {
    const { listen, runTo, at, session } = createWorld();
    listen('first');
    topics.forEach((topic, i) => at(1_000 + (i % 5), () => listen(topic)));
    runTo(2_000);
    const [, second, ...more] = requests(session(0));
    expect(second?.slice(0, 2)).toEqual([1_005, 'subscribe']);
    expect([...(second?.[2] ?? [])].sort()).toEqual([...topics].sort());
    expect(more).toEqual([]);
  });

  it('get their own data only', () => {
    const { listen, runTo, session } = createWorld();
    const [a, b] = [listen('a'), listen('b')];
    runTo(1_000);
    session(0).push(JSON.stringify({ type: 'data', topic: 'b', data: 1 }));
    session(0).push(JSON.stringify({ type: 'data', topic: 'nobody', data: 2 }));
    session(0).push(JSON.stringify({ type: 'data', topic: 'a', data: 3 }));
    expect(a.events.slice(1)).toEqual([[1_000, 3]]);
    expect(b.events.slice(1)).toEqual([[1_000, 1]]);
  });

  it('are unsubscribed from as they are left, and the last one closes the socket', () => {
    const { listen, runTo, session, scheduler } = createWorld();
    const [a, b, c] = [listen('a'), listen('b'), listen('c')];
    runTo(1_000);
    a.leave();
    c.leave();
    runTo(2_000);
    expect(requests(session(0)).slice(1)).toEqual([[1_005, 'unsubscribe', ['a', 'c']]]);
    expect(session(0).closedAt).toBeUndefined();
    session(0).push(JSON.stringify({ type: 'data', topic: 'a', data: 1 }));
    expect(a.events).toHaveLength(1);
    b.leave();
    expect(session(0).closedAt).toBe(2_000);
    expect(scheduler.actions).toEqual([]);
  });

  it('that come and go before anything is sent are not mentioned', () => {
    const { listen, runTo, session } = createWorld();
    listen('a');
    listen('b').leave();
    runTo(1_000);
    listen('c').leave();
    runTo(2_000);
    expect(requests(session(0))).toEqual([[10, 'subscribe', ['a']]]);
  });

  it('do not send more than the exchange takes, and lose nothing by it', () => {
    const { listen, runTo, at, session } = createWorld();
    listen('first');
    const all: ReturnType<typeof listen>[] = [];
    topics.forEach((topic, i) => at(100 + 97 * i, () => all.push(listen(topic))));
    runTo(20_000);
    expect(busiestSecond(session(0))).toBeLessThanOrEqual(MESSAGES_PER_SECOND);
    expect(all.map(({ events }) => events.map(([, event]) => event))).toEqual(
      topics.map(() => ['live']),
    );
  });

  it('are asked for without delay after our clock was set back', () => {
    const { listen, runTo, at } = createWorld({
      clockSet: (now) => (now < 500 ? 0 : -3_600_000),
    });
    listen('a');
    const late: ReturnType<typeof listen>[] = [];
    at(600, () => late.push(listen('b')));
    runTo(5_000);
    expect(late[0]?.events.map(([, event]) => event)).toEqual(['live']);
  });
});

describe('a channel that is left and wanted again', () => {
  it('is live once more, before the message of its end has left', () => {
    const { listen, runTo, session } = createWorld();
    listen('other');
    const first = listen('a');
    runTo(1_000);
    first.leave();
    const { events } = listen('a');
    runTo(3_000);
    expect(events.map(([, event]) => event)).toEqual(['live']);
    expect(requests(session(0)).slice(1)).toEqual([
      [1_005, 'unsubscribe', ['a']],
      [1_005, 'subscribe', ['a']],
    ]);
  });

  it('is not live by the acknowledgement of the first time', () => {
    const { listen, runTo } = createWorld({
      receive: (frame, session) => {
        if (Request.is(frame) && frame.id === 1)
          session.reply({ type: 'acknowledged', id: 1 }, 800);
      },
    });
    listen('other');
    const first = listen('a');
    runTo(500);
    first.leave();
    const { events } = listen('a');
    runTo(2_000);
    expect(events).toEqual([]);
  });

  it('is live once more, after the message of its end has left', () => {
    const { listen, runTo, session } = createWorld();
    listen('other');
    const first = listen('a');
    runTo(1_000);
    first.leave();
    runTo(1_200);
    const { events } = listen('a');
    runTo(3_000);
    expect(events.map(([, event]) => event)).toEqual(['live']);
    expect(requests(session(0)).slice(1)).toEqual([
      [1_005, 'unsubscribe', ['a']],
      [1_505, 'subscribe', ['a']],
    ]);
  });
});

describe('a socket that is lost', () => {
  it('is told to every channel, and replaced; each channel is asked for once and live again', () => {
    const { listen, runTo, sessions, session, reports } = createWorld();
    const all = ['a', 'b', 'c'].map(listen);
    runTo(1_000);
    session(0).drop();
    runTo(5_000);
    expect(reports).toMatchObject([{ kind: 'network', message: 'dropped' }]);
    expect(sessions.map(({ askedAt }) => askedAt)).toEqual([0, 1_500]);
    expect(requests(session(1))).toEqual([[1_510, 'subscribe', ['a', 'b', 'c']]]);
    for (const { events } of all)
      expect(events).toEqual([
        [20, 'live'],
        [1_000, 'down'],
        [1_520, 'live'],
      ]);
  });

  it('is closed before the next one is opened', () => {
    const { listen, runTo, session } = createWorld();
    listen('a');
    runTo(1_000);
    session(0).push(JSON.stringify({ type: 'ending' }));
    runTo(5_000);
    expect(session(0).closedAt).toBe(1_000);
    expect(session(1).askedAt).toBeGreaterThan(1_000);
  });

  it('forgets channels that were left, and remembers those wanted, in the meantime', () => {
    const { listen, runTo, session } = createWorld();
    const [a] = [listen('a'), listen('b')];
    runTo(1_000);
    session(0).drop();
    a.leave();
    const c = listen('c');
    runTo(5_000);
    expect(requests(session(1))).toEqual([[1_510, 'subscribe', ['b', 'c']]]);
    expect(a.events.at(-1)).toEqual([1_000, 'down']);
    expect(c.events).toEqual([[1_520, 'live']]);
  });

  it('leaves no timer when all is left while it is replaced', () => {
    const { listen, runTo, session, scheduler, sessions } = createWorld();
    const { leave } = listen('a');
    runTo(1_000);
    session(0).drop();
    leave();
    expect(scheduler.actions).toEqual([]);
    expect(sessions).toHaveLength(1);
  });

  it('is tried for less and less often while the server is gone', () => {
    const { listen, runTo, sessions, reports } = createWorld({ opensIn: () => undefined });
    const { events } = listen('a');
    runTo(60_000);
    expect(sessions.map(({ askedAt }) => askedAt)).toEqual([
      0, 510, 1_520, 3_530, 7_540, 15_550, 31_560,
    ]);
    expect(reports).toHaveLength(7);
    expect(events).toEqual([]);
  });

  it('is replaced as soon as the first time, after each that was healthy for 30 s', () => {
    const { listen, runTo, sessions, session } = createWorld();
    listen('a');
    for (const [index, at] of [60_000, 120_000, 180_000].entries()) {
      runTo(at);
      session(index).drop();
    }
    runTo(240_000);
    expect(sessions.map(({ askedAt }) => askedAt)).toEqual([0, 60_500, 120_500, 180_500]);
  });

  it('ends the channels where no attempt can mend it', () => {
    const { listen, runTo, session, scheduler } = createWorld();
    const { events } = listen('a');
    runTo(1_000);
    const banned = new ConnectorError('banned', 'go away');
    session(0).drop(banned);
    runTo(90_000);
    expect(events).toEqual([
      [20, 'live'],
      [1_000, 'down'],
      [1_000, banned],
    ]);
    expect(scheduler.actions).toEqual([]);
  });
});

describe('what the exchange says', () => {
  it('of an end to come replaces the socket', () => {
    const { listen, runTo, session, sessions, reports } = createWorld();
    const { events } = listen('a');
    runTo(1_000);
    session(0).push(JSON.stringify({ type: 'ending' }));
    runTo(5_000);
    expect(sessions).toHaveLength(2);
    expect(reports).toMatchObject([{ kind: 'network' }]);
    expect(events.map(([, event]) => event)).toEqual(['live', 'down', 'live']);
  });

  it('in refusal is reported, and the socket replaced', () => {
    const { listen, runTo, sessions, reports } = createWorld({
      receive: (frame, session) =>
        session.reply({ type: 'refused', id: (frame as Request).id, message: 'Invalid request' }),
    });
    const { events } = listen('a');
    runTo(1_000);
    expect(reports[0]).toMatchObject({ kind: 'exchange' });
    expect(reports[0]?.message).toContain('Invalid request');
    expect(sessions).toHaveLength(2);
    expect(events.map(([, event]) => event)).not.toContain('live');
  });

  it.each(['', 'not JSON', 'null', '{}', '{"type":"data","topic":7}', '[1]'])(
    'without sense (%s) is reported and hurts nobody',
    (text) => {
      const { listen, runTo, session, sessions, reports } = createWorld();
      const { events } = listen('a');
      runTo(1_000);
      session(0).push(text);
      session(0).push(JSON.stringify({ type: 'data', topic: 'a', data: 1 }));
      runTo(5_000);
      expect(reports).toMatchObject([{ kind: 'decode' }]);
      expect(reports[0]?.message).toMatch(/^A market stream frame/);
      expect(events.slice(1)).toEqual([[1_000, 1]]);
      expect(sessions).toHaveLength(1);
    },
  );

  it('never, for 10 s after it was asked, replaces the socket', () => {
    const { listen, runTo, sessions, reports } = createWorld({
      receive: (frame, session) => {
        if (session !== sessions[0]) acknowledges(frame, session);
      },
    });
    const { events } = listen('a');
    listen('b');
    runTo(10_009);
    expect(sessions).toHaveLength(1);
    runTo(12_000);
    expect(sessions.map(({ closedAt }) => closedAt)).toEqual([10_010, undefined]);
    expect(reports).toMatchObject([{ kind: 'timeout' }]);
    expect(reports[0]?.message).toContain('a, b');
    expect(events.map(([, event]) => event)).toEqual(['down', 'live']);
  });

  it('in time to the first message does not excuse silence to the second', () => {
    const { listen, runTo, sessions } = createWorld({
      receive: (frame, session) => {
        if ((frame as Request).id === 1) acknowledges(frame, session);
      },
    });
    listen('a');
    runTo(1_000);
    const { events } = listen('b');
    runTo(11_004);
    expect(sessions).toHaveLength(1);
    runTo(11_005);
    expect(sessions[0]?.closedAt).toBe(11_005);
    expect(events[0]).toEqual([11_005, 'down']);
  });

  it('after 30 s of quiet is still heard', () => {
    const { listen, runTo, session, sessions } = createWorld();
    const { events } = listen('a');
    runTo(3_600_000);
    session(0).push(JSON.stringify({ type: 'data', topic: 'a', data: 1 }));
    expect(sessions).toHaveLength(1);
    expect(events.at(-1)).toEqual([3_600_000, 1]);
  });
});

describe('doubt in a topic', () => {
  it('replaces the socket like a lost one', () => {
    const { listen, runTo, session, sessions, doubt, reports } = createWorld();
    const all = ['a', 'b'].map(listen);
    runTo(1_000);
    doubt('a');
    runTo(2_000);
    expect(session(0).closedAt).toBe(1_000);
    expect(sessions).toHaveLength(2);
    expect(reports).toMatchObject([{ kind: 'network' }]);
    expect(reports[0]?.message).toContain('a is silent');
    for (const { events } of all)
      expect(events.map(([, event]) => event)).toEqual(['live', 'down', 'live']);
  });

  it('that nobody listens to changes nothing', () => {
    const { listen, runTo, sessions, doubt, reports } = createWorld();
    const { events } = listen('a');
    runTo(1_000);
    doubt('b');
    runTo(2_000);
    expect(sessions).toHaveLength(1);
    expect(reports).toEqual([]);
    expect(events).toEqual([[20, 'live']]);
  });

  it('while there is no socket changes nothing', () => {
    const { listen, runTo, session, sessions, doubt, reports } = createWorld();
    const { events } = listen('a');
    doubt('a');
    runTo(1_000);
    session(0).drop();
    doubt('a');
    runTo(5_000);
    expect(sessions).toHaveLength(2);
    expect(reports).toHaveLength(1);
    expect(events.map(([, event]) => event)).toEqual(['live', 'down', 'live']);
  });
});

describe('a listener that throws', () => {
  it('does not hurt the others', () => {
    const { listen, runTo, session, sessions } = createWorld();
    const broken = listen('a');
    broken.events.push = () => {
      throw new Error('a mistake in a strategy');
    };
    const { events } = listen('b');
    runTo(15);
    jest.useFakeTimers();
    runTo(1_000);
    session(0).push(JSON.stringify({ type: 'data', topic: 'b', data: 1 }));
    expect(events).toEqual([
      [20, 'live'],
      [1_000, 1],
    ]);
    expect(sessions).toHaveLength(1);
    // RxJS throws it where nobody can catch it: at the top of a turn of its own.
    expect(() => jest.runAllTimers()).toThrow('a mistake in a strategy');
    jest.useRealTimers();
  });
});

describe('any coming and going', () => {
  const step = fc.record({
    after: fc.integer({ min: 0, max: 700 }),
    topic: fc.constantFrom('a', 'b', 'c', 'd'),
    drop: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
  });

  it('keeps to the limit, ends with what is wanted, and each of that is live', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { listen, runTo, sessions, scheduler } = createWorld();
        const current = new Map<string, ReturnType<typeof listen>>();
        let now = 0;
        for (const { after, topic, drop } of steps) {
          now += after;
          runTo(now);
          const last = sessions.at(-1);
          if (drop && last?.closedAt === undefined) last?.drop();
          const old = current.get(topic);
          old?.leave();
          if (old === undefined || after % 2 === 0) current.set(topic, listen(topic));
          else current.delete(topic);
        }
        runTo(now + 120_000);
        for (const session of sessions)
          expect(busiestSecond(session)).toBeLessThanOrEqual(MESSAGES_PER_SECOND);
        const held = new Set<string>();
        for (const { frame } of sessions.at(-1)?.sent ?? []) {
          const { method, topics } = frame as Request;
          for (const topic of topics) {
            expect(held.has(topic)).toBe(method === 'unsubscribe');
            if (method === 'subscribe') held.add(topic);
            else held.delete(topic);
          }
        }
        if (current.size > 0) expect([...held].sort()).toEqual([...current.keys()].sort());
        for (const { events } of current.values()) expect(events.at(-1)?.[1]).toBe('live');
        current.forEach(({ leave }) => leave());
        expect(scheduler.actions).toEqual([]);
        expect(sessions.filter(({ closedAt }) => closedAt === undefined)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

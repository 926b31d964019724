import fc from 'fast-check';
import { ConnectorError } from '../../src/core/errors.js';
import {
  acknowledges,
  busiestSecond,
  createWorld,
  MESSAGES_PER_SECOND,
  Request,
  requests,
  topicsOf,
} from './channels-world.js';
import type { Session } from './fake-socket.js';

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
    session(0).push(JSON.stringify({ type: 'refused', message: 'no' }));
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
  /** A server that refuses whatever names a topic. */
  const refuses =
    (topic: string) =>
    (frame: unknown, session: Session): void => {
      if (!Request.is(frame)) return;
      const { id, method, topics } = frame;
      if (method === 'subscribe' && topics.includes(topic))
        session.reply({ type: 'refused', id, message: 'Invalid request' });
      else acknowledges(frame, session);
    };

  it('in refusal is reported, and hurts neither the socket nor the topics that were asked for with it', () => {
    const { listen, runTo, session, sessions, reports } = createWorld({ receive: refuses('bad') });
    const [good, bad, other] = [listen('good'), listen('bad'), listen('other')];
    runTo(1_000);
    const later = listen('later');
    runTo(60_000);
    expect(reports[0]).toMatchObject({ kind: 'exchange' });
    expect(reports[0]?.message).toContain('bad');
    expect(reports[0]?.message).toContain('Invalid request');
    expect(sessions).toHaveLength(1);
    for (const { events } of [good, other, later])
      expect(events.map(([, event]) => event)).toEqual(['live']);
    expect(bad.events).toEqual([]);
    const asked = requests(session(0)).filter(([, , topics]) => topics.includes('bad'));
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.length).toBeLessThan(8);
  });

  it('in refusal does not keep a socket from being replaced in time', () => {
    const { listen, runTo, sessions } = createWorld({ receive: refuses('bad') });
    listen('bad');
    const { events } = listen('good');
    runTo(24 * 3_600_000);
    expect(sessions.length).toBeGreaterThan(1);
    expect(events.map(([, event]) => event)).toEqual(['live']);
  });

  it('in refusal of nobody knows what replaces the socket', () => {
    const { listen, runTo, session, sessions } = createWorld();
    listen('a');
    runTo(1_000);
    session(0).push(JSON.stringify({ type: 'refused', message: 'Invalid JSON' }));
    runTo(5_000);
    expect(sessions).toHaveLength(2);
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

  it('never, for 10 s after it was asked, is asked for again, and then replaces the socket', () => {
    const { listen, runTo, sessions, session, reports } = createWorld({
      receive: (frame, session) => {
        if (session !== sessions[0]) acknowledges(frame, session);
      },
    });
    const { events } = listen('a');
    listen('b');
    runTo(20_014);
    expect(sessions).toHaveLength(1);
    expect(requests(session(0))).toEqual([
      [10, 'subscribe', ['a', 'b']],
      [10_015, 'subscribe', ['a', 'b']],
    ]);
    runTo(22_000);
    expect(sessions.map(({ closedAt }) => closedAt)).toEqual([20_015, undefined]);
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
    runTo(21_009);
    expect(sessions).toHaveLength(1);
    runTo(21_010);
    expect(sessions[0]?.closedAt).toBe(21_010);
    expect(events[0]).toEqual([21_010, 'down']);
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

/** A datum of a topic, as the server sends it. */
const datum = (topic: string, data: unknown): string =>
  JSON.stringify({ type: 'data', topic, data });

const kinds = ({ events }: { readonly events: readonly [number, unknown][] }): unknown[] =>
  events.map(([, event]) => event);

describe('a socket that is quiet', () => {
  it('is asked every 30 s and stays while it answers', () => {
    const { listen, runTo, session, sessions, reports } = createWorld();
    const a = listen('a');
    runTo(100_000);
    const pings = session(0).sent.filter(({ frame }) => (frame as Request).method === 'ping');
    // Each answer takes 10 ms, and each question 5.
    expect(pings.map(({ at }) => at)).toEqual([30_025, 60_040, 90_055]);
    expect(sessions).toHaveLength(1);
    expect(kinds(a)).toEqual(['live']);
    expect(reports).toEqual([]);
  });

  it('and does not answer is replaced', () => {
    const { listen, runTo, sessions, reports } = createWorld({
      receive: (frame, one) => {
        if ((frame as Request).method !== 'ping') acknowledges(frame, one);
      },
    });
    const a = listen('a');
    runTo(45_000);
    expect(sessions.map(({ closedAt }) => closedAt)).toEqual([40_020, undefined]);
    expect(reports).toMatchObject([{ kind: 'network' }]);
    expect(kinds(a)).toEqual(['live', 'down', 'live']);
  });

  it('and answers without a topic that it had acknowledged is replaced', () => {
    const { listen, runTo, sessions, reports } = createWorld({
      receive: (frame, one) => {
        const { method, id } = frame as Request;
        if (method === 'ping') one.reply({ type: 'pong', id, topics: ['a', 'other'] });
        else acknowledges(frame, one);
      },
    });
    listen('a');
    const b = listen('b');
    runTo(35_000);
    expect(sessions).toHaveLength(2);
    expect(reports[0]?.message).toContain('does not send b any more');
    expect(kinds(b)).toEqual(['live', 'down', 'live']);
  });

  it('and answers late, when other topics are wanted, is no worse for it', () => {
    const { listen, runTo, at, sessions } = createWorld({
      receive: (frame, one) => {
        const { method, id } = frame as Request;
        const topics = topicsOf(one);
        if (method === 'ping') one.reply({ type: 'pong', id, topics }, 5_000);
        else acknowledges(frame, one);
      },
    });
    const [a] = [listen('a'), listen('b')];
    at(31_000, () => a.leave());
    at(32_000, () => listen('c'));
    runTo(50_000);
    expect(sessions).toHaveLength(1);
  });

  it('is asked by what there is to say anyway', () => {
    const { listen, runTo, at, session } = createWorld();
    listen('a');
    at(30_018, () => listen('b'));
    runTo(40_000);
    expect(session(0).sent.map(({ frame }) => (frame as Request).method)).toEqual([
      'subscribe',
      'subscribe',
    ]);
  });
});

describe('topics of two addresses', () => {
  it('have a socket each, and share none', () => {
    const { listen, at, runTo, sessions } = createWorld();
    listen('a');
    listen('other-a');
    listen('b');
    at(1_000, () => listen('other-b'));
    runTo(2_000);
    expect(sessions.map((one) => [one.url, topicsOf(one)])).toEqual([
      ['wss://exchange.test/all', ['a', 'b']],
      ['wss://exchange.test/other', ['other-a', 'other-b']],
    ]);
  });

  it('are hurt by the loss of their own socket only', () => {
    const { listen, at, runTo, session } = createWorld();
    const [own, other] = [listen('a'), listen('other-a')];
    at(1_000, () => session(0).drop());
    runTo(1_001);
    expect(own.events.slice(1)).toEqual([[1_000, 'down']]);
    expect(other.events).toHaveLength(1);
  });
});

describe('more topics than one socket takes', () => {
  const limits = { topicsPerSocket: 3, topicsPerMessage: 2 };
  const names = Array.from({ length: 7 }, (_, i) => `t${i}`);

  it('are spread over several, in messages that are not too long', () => {
    const { listen, runTo, sessions } = createWorld({ limits });
    const all = names.map(listen);
    runTo(2_000);
    expect(sessions.map(topicsOf)).toEqual([['t0', 't1', 't2'], ['t3', 't4', 't5'], ['t6']]);
    for (const one of sessions)
      for (const [, , topics] of requests(one)) expect(topics.length).toBeLessThanOrEqual(2);
    expect(all.map(kinds)).toEqual(names.map(() => ['live']));
  });

  it('fill free places first, and a socket without topics closes', () => {
    const { listen, runTo, sessions, scheduler } = createWorld({ limits });
    const all = names.map(listen);
    runTo(2_000);
    all[6]!.leave();
    expect(sessions.map(({ closedAt }) => closedAt)).toEqual([undefined, undefined, 2_000]);
    all[1]!.leave();
    runTo(4_000);
    const [x, y] = [listen('x'), listen('y')];
    runTo(6_000);
    expect(sessions.map(topicsOf)).toEqual([['t0', 't2', 'x'], ['t3', 't4', 't5'], ['t6'], ['y']]);
    [...all, x, y].forEach(({ leave }) => leave());
    expect(sessions.every(({ closedAt }) => closedAt !== undefined)).toBe(true);
    expect(scheduler.actions).toEqual([]);
  });

  it('are hurt by the loss of their own socket only', () => {
    const { listen, runTo, session, doubt } = createWorld({ limits });
    const all = names.map(listen);
    runTo(2_000);
    session(0).drop();
    doubt('t6');
    runTo(5_000);
    expect(all.map((one) => kinds(one).length)).toEqual([3, 3, 3, 1, 1, 1, 3]);
  });
});

describe('a socket that is about to end', () => {
  /** A world in which the old socket has said so, and the new one is up. */
  const atTheSeam = () => {
    const world = createWorld();
    const [a, b] = [world.listen('a'), world.listen('b')];
    world.runTo(60_000);
    world.session(0).push(JSON.stringify({ type: 'ending' }));
    world.runTo(60_020);
    return { ...world, a, b };
  };

  it('is replaced without a gap: both run for 1 s, and what the new one says comes after', () => {
    const { runTo, session, sessions, a, b, reports } = atTheSeam();
    expect(sessions.map(({ askedAt }) => askedAt)).toEqual([0, 60_000]);
    expect(requests(session(1))).toEqual([[60_010, 'subscribe', ['a', 'b']]]);
    session(0).push(datum('a', 1));
    session(1).push(datum('a', 1));
    session(1).push(datum('a', 2));
    session(0).push(datum('a', 2));
    session(1).push(datum('a', 3));
    runTo(61_019);
    expect(session(0).closedAt).toBeUndefined();
    expect(kinds(a)).toEqual(['live', 1, 2]);
    runTo(61_020);
    expect(session(0).closedAt).toBe(61_020);
    session(1).push(datum('a', 4));
    expect(kinds(a)).toEqual(['live', 1, 2, 1, 2, 3, 4]);
    expect(kinds(b)).toEqual(['live']);
    expect(reports).toEqual([]);
  });

  it('is so after 23 hours of 24, and its successor again', () => {
    const { listen, runTo, sessions, session } = createWorld();
    const a = listen('a');
    const day = 24 * 3_600_000;
    runTo(3 * day);
    expect(sessions.map(({ askedAt }) => askedAt)).toEqual(
      // A successor lives from when it is connected, which takes 10 ms.
      [0, 23, 46, 69].map((hours, n) => hours * 3_600_000 + Math.max(0, n - 1) * 10),
    );
    session(3).push(datum('a', 1));
    expect(kinds(a)).toEqual(['live', 1]);
  });

  it('is so at another time than others', () => {
    let chance = 0;
    const { listen, runTo, sessions } = createWorld({
      limits: { topicsPerSocket: 1 },
      random: () => (chance += 0.2),
    });
    ['a', 'b', 'c'].forEach(listen);
    runTo(23.6 * 3_600_000);
    const rotatedAt = sessions.slice(3).map(({ askedAt }) => askedAt);
    expect(new Set(rotatedAt).size).toBe(3);
    expect(Math.max(...rotatedAt)).toBeLessThanOrEqual(23.5 * 3_600_000);
  });

  it('keeps its topics until the new one has what is wanted by now', () => {
    const { listen, runTo, session, a, b } = atTheSeam();
    runTo(60_500);
    a.leave();
    const c = listen('c');
    runTo(61_100);
    expect(session(0).closedAt).toBeUndefined();
    session(0).push(datum('c', 1));
    runTo(63_000);
    expect(session(0).closedAt).toBeGreaterThan(61_100);
    session(1).push(datum('c', 2));
    expect(topicsOf(session(1))).toEqual(['b', 'c']);
    expect(kinds(c)).toEqual(['live', 1, 2]);
    expect(kinds(b)).toEqual(['live']);
  });

  it('stays where the new one cannot be had, which is tried for again', () => {
    const { listen, runTo, session, sessions, reports } = createWorld({
      opensIn: (n) => (n === 1 || n === 2 ? undefined : 10),
    });
    const a = listen('a');
    runTo(60_000);
    session(0).push(JSON.stringify({ type: 'ending' }));
    runTo(60_600);
    session(0).push(datum('a', 1));
    runTo(70_000);
    expect(sessions).toHaveLength(4);
    session(3).push(datum('a', 2));
    expect(kinds(a)).toEqual(['live', 1, 2]);
    expect(reports).toHaveLength(2);
  });

  it('and is lost before the new one is up, is told; the new one goes on', () => {
    const { runTo, session, sessions, a } = atTheSeam();
    session(1).push(datum('a', 1));
    session(0).drop();
    runTo(61_000);
    session(1).push(datum('a', 2));
    expect(sessions).toHaveLength(2);
    expect(kinds(a)).toEqual(['live', 'down', 'live', 1, 2]);
  });

  it('and is doubted, is replaced together with the new one', () => {
    const { runTo, session, doubt, a, b } = atTheSeam();
    doubt('a');
    runTo(65_000);
    expect(session(0).closedAt).toBe(60_020);
    expect(session(1).closedAt).toBe(60_020);
    session(2).push(datum('a', 1));
    expect(kinds(a).slice(-3)).toEqual(['down', 'live', 1]);
    expect(kinds(b).slice(-2)).toEqual(['down', 'live']);
  });

  it('leaves no timer and no socket when it is left', () => {
    const { a, b, sessions, scheduler } = atTheSeam();
    a.leave();
    b.leave();
    expect(sessions.map(({ closedAt }) => closedAt)).toEqual([60_020, 60_020]);
    expect(scheduler.actions).toEqual([]);
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
    topic: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    event: fc.integer({ min: 0, max: 29 }),
  });

  it('keeps to the limits, ends with what is wanted, and each of that is live', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const limits = { topicsPerSocket: 3, topicsPerMessage: 2 };
        const { listen, runTo, sessions, scheduler } = createWorld({ limits });
        const current = new Map<string, ReturnType<typeof listen>>();
        const open = () => sessions.filter(({ closedAt }) => closedAt === undefined);
        let now = 0;
        for (const { after, topic, event } of steps) {
          now += after;
          runTo(now);
          if (event === 0) open().at(-1)?.drop();
          if (event === 1) open()[0]?.drop();
          if (event === 2) open()[0]?.push(JSON.stringify({ type: 'ending' }));
          const old = current.get(topic);
          old?.leave();
          if (old === undefined || after % 2 === 0) current.set(topic, listen(topic));
          else current.delete(topic);
        }
        runTo(now + 120_000);
        for (const session of sessions) {
          expect(busiestSecond(session)).toBeLessThanOrEqual(MESSAGES_PER_SECOND);
          const held = new Set<string>();
          for (const [, method, topics] of requests(session))
            for (const topic of topics) {
              expect(held.has(topic)).toBe(method === 'unsubscribe');
              if (method === 'subscribe') held.add(topic);
              else held.delete(topic);
            }
        }
        for (const session of open()) expect(topicsOf(session).length).toBeLessThanOrEqual(3);
        expect(open().flatMap(topicsOf).sort()).toEqual([...current.keys()].sort());
        for (const { events } of current.values()) expect(events.at(-1)?.[1]).toBe('live');
        current.forEach(({ leave }) => leave());
        expect(scheduler.actions).toEqual([]);
        expect(open()).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

import fc from 'fast-check';
import { Observable, type Subscriber } from 'rxjs';
import { ConnectorError } from '../../src/core/errors.js';
import { withRotation } from '../../src/net/with-rotation.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';

const HOUR = 3_600_000;

interface FakeSession {
  readonly startedAt: number;
  readonly say: (value: string) => void;
  readonly fail: (error: unknown) => void;
  readonly end: () => void;
  readonly isOver: () => boolean;
}

const createWorld = (random: () => number = () => 0) => {
  const time = virtualTime(0);
  const sessions: FakeSession[] = [];
  const errors: ConnectorError[] = [];
  const session$ = new Observable((client: Subscriber<string>) => {
    let isOver = false;
    sessions.push({
      startedAt: time.now(),
      say: (value) => client.next(value),
      fail: (error) => client.error(error),
      end: () => client.complete(),
      isOver: () => isOver,
    });
    return () => (isOver = true);
  });
  const told = record(
    session$.pipe(
      withRotation({
        scheduler: time.scheduler,
        random,
        lifetime: 24 * HOUR,
        standing: (value) =>
          value === 'ready' || value === 'unready' || value === 'ending' ? value : undefined,
        lost: ({ message }) => `lost: ${message}`,
        onError: (error) => errors.push(error),
      }),
    ),
  );
  const session = (index: number): FakeSession => sessions[index]!;
  const startedAt = (): readonly number[] => sessions.map((one) => one.startedAt);
  const running = (): readonly number[] =>
    sessions.flatMap(({ isOver }, index) => (isOver() ? [] : [index]));
  return { ...time, sessions, session, startedAt, running, errors, told };
};

/** A world in which the first session is ready, and a second one was begun. */
const rotating = () => {
  const world = createWorld();
  world.session(0).say('ready');
  world.advance(60_000);
  world.session(0).say('ending');
  world.advance(0);
  return world;
};

describe('a session alone', () => {
  it('is passed on', () => {
    const { session, told } = createWorld();
    session(0).say('ready');
    session(0).say('a');
    session(0).say('unready');
    expect(told.values).toEqual(['ready', 'a', 'unready']);
  });

  it('passes its error on, and its end as one', () => {
    const [failed, ended] = [createWorld(), createWorld()];
    failed.session(0).fail('broken');
    expect(failed.told.error()).toBe('broken');
    ended.session(0).end();
    expect(ended.told.error()).toMatchObject({ kind: 'network' });
    for (const { errors, pending } of [failed, ended]) {
      expect(errors).toEqual([]);
      expect(pending()).toBe(0);
    }
  });

  it('is left with its subscriber, and leaves no timer', () => {
    const { told, running, pending } = createWorld();
    told.stop();
    expect(running()).toEqual([]);
    expect(pending()).toBe(0);
  });
});

describe('the next session', () => {
  it.each([
    [0, 23 * HOUR],
    [0.5, 23.25 * HOUR],
    [0.999, 23.4995 * HOUR],
  ])('begins before the end of the old one: by chance %d after %d ms', (chance, due) => {
    const { advance, startedAt } = createWorld(() => chance);
    advance(due - 1);
    expect(startedAt()).toEqual([0]);
    advance(1);
    expect(startedAt()).toEqual([0, due]);
  });

  it('begins at once when the old one says that it is about to end, and once only', () => {
    const { session, advance, startedAt } = rotating();
    session(0).say('ending');
    advance(1);
    session(0).say('ending');
    advance(1_000);
    expect(startedAt()).toEqual([0, 60_000]);
  });

  it('is held back until it has been ready for 1 s, while the old one speaks', () => {
    const { session, told, advance, running } = rotating();
    session(1).say('b1');
    session(1).say('ready');
    session(0).say('a1');
    advance(999);
    session(0).say('a2');
    session(1).say('b2');
    expect(running()).toEqual([0, 1]);
    expect(told.values).toEqual(['ready', 'ending', 'a1', 'a2']);
    advance(1);
    expect(running()).toEqual([1]);
    session(1).say('b3');
    expect(told.values).toEqual(['ready', 'ending', 'a1', 'a2', 'b1', 'b2', 'b3']);
  });

  it('that is not ready any more is waited for anew', () => {
    const { session, advance, running } = rotating();
    session(1).say('ready');
    advance(900);
    session(1).say('unready');
    advance(5_000);
    expect(running()).toEqual([0, 1]);
    session(1).say('ready');
    advance(1_000);
    expect(running()).toEqual([1]);
  });

  it('that is never ready for long takes over all the same, at a moment in which it is', () => {
    const { session, told, advance, running } = rotating();
    session(0).say('a1');
    for (let round = 0; round < 11; round += 1) {
      expect(running()).toEqual([0, 1]);
      session(1).say('ready');
      advance(900);
      session(1).say('unready');
      advance(50);
    }
    session(1).say('b1');
    advance(5_000);
    expect(running()).toEqual([0, 1]);
    session(1).say('ready');
    advance(0);
    expect(running()).toEqual([1]);
    expect(told.values.filter((value) => /\d/.test(value))).toEqual(['a1', 'b1']);
  });

  it('tells what is said while it begins to speak in its turn', () => {
    const { session, told, advance } = rotating();
    session(1).say('ready');
    session(1).say('b1');
    session(1).say('b2');
    const values = told.values as string[];
    const push = values.push.bind(values);
    Object.assign(values, {
      push: (value: string) => {
        if (value === 'b1') session(1).say('b3');
        return push(value);
      },
    });
    advance(1_000);
    expect(values.slice(-3)).toEqual(['b1', 'b2', 'b3']);
  });

  it('is replaced in its turn', () => {
    const { session, advance, startedAt, running, told } = rotating();
    session(1).say('ready');
    advance(23 * HOUR);
    expect(startedAt()).toEqual([0, 60_000, 60_000 + 23 * HOUR]);
    session(2).say('ready');
    advance(1_000);
    session(2).say('c');
    expect(running()).toEqual([2]);
    expect(told.values).toEqual(['ready', 'ending', 'c']);
  });

  it('leaves nothing when it is left in the making', () => {
    for (const ms of [0, 500]) {
      const { session, advance, told, running, pending } = rotating();
      if (ms > 0) session(1).say('ready');
      advance(ms);
      told.stop();
      expect(running()).toEqual([]);
      expect(pending()).toBe(0);
    }
  });
});

describe('a next session that fails', () => {
  it.each<[string, (session: FakeSession) => void]>([
    ['by an error', ({ fail }) => fail(new ConnectorError('network', 'refused'))],
    ['by its end', ({ end }) => end()],
    ['because it is about to end as well', ({ say }) => say('ending')],
  ])('%s leaves the old one, and is tried again, less and less often', (_, fail) => {
    const { session, advance, startedAt, running, told, errors, sessions } = rotating();
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      fail(session(attempt));
      expect(running()).toEqual([0]);
      while (sessions.length === attempt + 1) advance(10);
    }
    expect(startedAt()).toEqual([0, 60_000, 60_500, 61_500, 63_500, 67_500]);
    expect(errors).toHaveLength(4);
    session(0).say('a');
    expect(told.values).toEqual(['ready', 'ending', 'a']);
    session(5).say('ready');
    advance(1_000);
    expect(running()).toEqual([5]);
  });

  it('in the overlap leaves the old one, and nothing of what it said is told', () => {
    const { session, advance, told, running } = rotating();
    session(1).say('ready');
    session(1).say('b');
    advance(500);
    session(1).fail('broken');
    advance(800);
    expect(running()).toEqual([0, 2]);
    session(0).say('a');
    expect(told.values).toEqual(['ready', 'ending', 'a']);
  });

  it('by taking too long, so that what it says would pile up', () => {
    const { session, advance, errors, running } = rotating();
    session(1).say('b');
    advance(60_001);
    session(1).say('b');
    expect(errors).toMatchObject([{ kind: 'timeout' }]);
    expect(running()).toEqual([0]);
  });

  it('is given the time that it waits for its socket', () => {
    const { session, advance, errors, running } = rotating();
    advance(300_000);
    session(1).say('b');
    session(1).say('ready');
    advance(1_000);
    expect(errors).toEqual([]);
    expect(running()).toEqual([1]);
  });

  it('and ends again and again does not begin at once each time', () => {
    const { session, advance, startedAt, sessions } = createWorld();
    for (let turn = 0; turn < 4; turn += 1) {
      session(turn).say('ready');
      advance(1_000);
      session(turn).say('ending');
      while (sessions.length === turn + 1) advance(10);
    }
    expect(startedAt()).toEqual([0, 1_000, 2_510, 4_510, 7_510]);
  });
});

describe('an old session that is lost', () => {
  it.each([false, true])('is told, and the next one goes on; ready: %s', (isReady) => {
    const { session, advance, told, errors, running } = rotating();
    session(1).say('b1');
    if (isReady) session(1).say('ready');
    session(0).fail(new ConnectorError('network', 'gone'));
    session(1).say('b2');
    advance(5_000);
    if (!isReady) session(1).say('ready');
    expect(told.values).toEqual(
      isReady
        ? ['ready', 'ending', 'lost: gone', 'b1', 'ready', 'b2']
        : ['ready', 'ending', 'lost: gone', 'b1', 'b2', 'ready'],
    );
    expect(errors).toMatchObject([{ message: 'gone' }]);
    expect(running()).toEqual([1]);
  });

  it('before the next one has begun is an error', () => {
    const { session, told, pending } = rotating();
    session(1).fail('refused');
    session(0).fail('gone');
    expect(told.error()).toBe('gone');
    expect(pending()).toBe(0);
  });
});

describe('any course of events', () => {
  const act = fc.record({
    after: fc.integer({ min: 0, max: 900 }),
    act: fc.constantFrom('news', 'news', 'news', 'ready', 'ending', 'fail old', 'fail new'),
  });

  it('loses no news, unless it says so', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const { session, sessions, running, advance, told, pending } = createWorld();
        let news = 0;
        const ready = new Set<number>();
        const sinceLost = (): readonly string[] => {
          const values = [...told.values];
          const lostAt = values.findLastIndex((value) => value.startsWith('lost'));
          const readyAt = values.indexOf('ready', lostAt);
          return readyAt === -1 ? [] : values.slice(readyAt);
        };
        for (const { after, act: what } of acts) {
          advance(after);
          const [old, next] = running();
          if (old === undefined || told.state() !== 'going on') break;
          if (what === 'news') {
            news += 1;
            // A session hears of what happens from when it is ready on.
            for (const index of running()) if (ready.has(index)) session(index).say(`${news}`);
          } else if (what === 'ready') {
            for (const index of running().filter((one) => !ready.has(one))) {
              ready.add(index);
              session(index).say('ready');
            }
          } else if (what === 'ending') session(old).say('ending');
          else if (what === 'fail old') session(old).fail(new ConnectorError('network', 'gone'));
          else if (next !== undefined) session(next).fail('refused');
        }
        // Since the last loss, every piece of news from the first `ready` on was told.
        const numbers = new Set(sinceLost().map(Number).filter(Number.isFinite));
        const first = Math.min(...numbers);
        if (told.state() === 'going on' && numbers.size > 0)
          for (let n = first; n <= Math.max(...numbers); n += 1) expect(numbers).toContain(n);
        told.stop();
        expect(running()).toEqual([]);
        expect(sessions.length).toBeLessThanOrEqual(acts.length + 1);
        expect(pending()).toBe(0);
      }),
    );
  });
});

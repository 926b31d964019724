import { createUserStreamWorld } from './user-stream-world.js';

describe('doubt in the account stream', () => {
  it('replaces its socket like a lost one', () => {
    const { listen, runTo, sessions, session, userDoubt, reports } = createUserStreamWorld();
    const { told } = listen();
    runTo(1_000);
    userDoubt.raise();
    runTo(5_000);
    expect(session(0).closedAt).toBe(1_000);
    expect(sessions).toHaveLength(2);
    expect(reports).toMatchObject([{ kind: 'network' }]);
    expect(told).toEqual([
      [20, 'subscribed'],
      [1_000, 'down'],
      [1_520, 'subscribed'],
    ]);
  });

  it('changes nothing while there is no socket', () => {
    const { listen, runTo, session, sessions, userDoubt, reports } = createUserStreamWorld();
    userDoubt.raise();
    const { told, leave } = listen();
    runTo(1_000);
    session(0).drop();
    userDoubt.raise();
    runTo(5_000);
    leave();
    userDoubt.raise();
    runTo(9_000);
    expect(sessions).toHaveLength(2);
    expect(reports).toHaveLength(1);
    expect(told.map(([, kind]) => kind)).toEqual(['subscribed', 'down', 'subscribed']);
  });
});

/** An event of the account, as the server sends it. */
const balances = (time: number): string => JSON.stringify([{ kind: 'balances', time }]);

describe('an account stream that is quiet', () => {
  it('is asked after 30 s, and stays while it answers', () => {
    const { listen, runTo, session, sessions } = createUserStreamWorld();
    const { told } = listen();
    runTo(100_000);
    expect(session(0).sent.map(({ at }) => at)).toEqual([10, 30_020, 60_030, 90_040]);
    expect(sessions).toHaveLength(1);
    expect(told).toEqual([[20, 'subscribed']]);
  });

  it('and does not answer is replaced', () => {
    const { listen, runTo, sessions, reports } = createUserStreamWorld({
      receive: (frame, one) => {
        if (frame !== 'ping') one.reply([{ kind: 'subscribed' }]);
      },
    });
    const { told } = listen();
    runTo(45_000);
    expect(sessions.map(({ closedAt }) => closedAt)).toEqual([40_020, undefined]);
    expect(reports).toMatchObject([{ kind: 'network' }]);
    expect(told.map(([, kind]) => kind)).toEqual(['subscribed', 'down', 'subscribed']);
  });
});

describe('an account stream whose acceptance was lost', () => {
  it('is replaced, though it tells of the account', () => {
    const { listen, runTo, session, sessions } = createUserStreamWorld({
      receive: (_, one) => one.reply(one.askedAt === 0 ? [] : [{ kind: 'subscribed' }]),
    });
    const { told } = listen();
    runTo(5_000);
    session(0).push(balances(1));
    runTo(20_000);
    expect(session(0).closedAt).toBe(10_010);
    expect(sessions).toHaveLength(2);
    expect(told.map(([, kind]) => kind)).toEqual(['balances', 'down', 'subscribed']);
  });
});

describe('an account stream that is about to end', () => {
  /** A world in which the old socket has said so, and the new one is up. */
  const atTheSeam = () => {
    const world = createUserStreamWorld();
    const { told, leave } = world.listen();
    world.runTo(60_000);
    world.session(0).push(JSON.stringify([{ kind: 'ending' }]));
    world.runTo(60_020);
    return { ...world, told, leave };
  };

  it('is replaced without a gap: what the new socket says comes after the old one', () => {
    const { runTo, session, told, reports } = atTheSeam();
    session(1).push(balances(2));
    session(0).push(balances(1));
    runTo(61_000);
    session(0).push(balances(2));
    runTo(62_000);
    expect(session(0).closedAt).toBe(61_020);
    session(1).push(balances(3));
    expect(told).toEqual([
      [20, 'subscribed'],
      [60_020, 'balances'],
      [61_000, 'balances'],
      [61_020, 'balances'],
      [62_000, 'balances'],
    ]);
    expect(reports).toEqual([]);
  });

  it('is so after 23 hours of 24', () => {
    const { listen, runTo, sessions } = createUserStreamWorld();
    const { told } = listen();
    runTo(24 * 3_600_000);
    expect(sessions.map(({ askedAt }) => askedAt)).toEqual([0, 23 * 3_600_000]);
    expect(told).toEqual([[20, 'subscribed']]);
  });

  it('stays where the new socket is refused, and is not told of it', () => {
    const { listen, runTo, session, sessions, reports } = createUserStreamWorld({
      receive: (frame, one) => {
        const failure = { kind: 'authentication', message: 'no' };
        if (frame === 'ping') one.reply([]);
        else
          one.reply(one.askedAt === 0 ? [{ kind: 'subscribed' }] : [{ kind: 'refused', failure }]);
      },
    });
    const { told } = listen();
    runTo(1_000);
    session(0).push(JSON.stringify([{ kind: 'ending' }]));
    runTo(20_000);
    session(0).push(balances(1));
    expect(sessions.length).toBeGreaterThan(2);
    expect(reports.every(({ kind }) => kind === 'authentication')).toBe(true);
    expect(told.map(([, kind]) => kind)).toEqual(['subscribed', 'balances']);
  });

  it('and is lost first, is down until the new socket goes on', () => {
    const { runTo, session, told } = atTheSeam();
    session(0).drop();
    session(1).push(balances(1));
    runTo(62_000);
    expect(told.map(([, kind]) => kind)).toEqual(['subscribed', 'down', 'subscribed', 'balances']);
  });

  it('leaves no timer and no socket when it is left', () => {
    const { leave, sessions, scheduler } = atTheSeam();
    leave();
    expect(sessions.map(({ closedAt }) => closedAt)).toEqual([60_020, 60_020]);
    expect(scheduler.actions).toEqual([]);
  });
});

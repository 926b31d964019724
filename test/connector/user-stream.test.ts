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

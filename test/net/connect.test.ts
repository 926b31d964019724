import { Subject } from 'rxjs';
import type { SocketTerms } from '../../src/core/contract.js';
import { createConnect } from '../../src/net/connect.js';
import { createThrottler } from '../../src/net/throttler.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';
import { createFakeSocket, type FakeServer } from './fake-socket.js';

const URL_OF_ALL = 'wss://exchange.test/all';
const terms: SocketTerms = {
  weights: { connections: 1 },
  priority: 'market_data',
  lifetime: 1e9,
};

const createWorld = (server: FakeServer = {}) => {
  const time = virtualTime(0);
  const { scheduler } = time;
  const { socket, sessions } = createFakeSocket(scheduler, server);
  const limits = { connections: { limit: 3, interval: 60_000 } };
  const throttler = createThrottler({ limits, scheduler, margin: 0 });
  const clockJump$ = new Subject<number>();
  const connect = createConnect({ socket, scheduler, throttler, clockJump$ });
  return { ...time, sessions, throttler, clockJump$, connect };
};

describe('a connection', () => {
  it('is opened at each subscription, and closed with it', () => {
    const { connect, sessions, advance, pending } = createWorld();
    const connection$ = connect(URL_OF_ALL, terms);
    expect(sessions).toEqual([]);
    const opened = record(connection$);
    advance(20);
    expect(opened.values).toHaveLength(1);
    expect(sessions.map(({ url }) => url)).toEqual([URL_OF_ALL]);
    opened.stop();
    expect(sessions[0]!.closedAt).toBe(20);
    expect(pending()).toBe(0);
  });

  it('waits for the budget, which is one for all', () => {
    const { connect, sessions, advance, throttler } = createWorld();
    throttler.acquire({ weights: { connections: 1 }, priority: 'query' }).subscribe();
    for (let n = 0; n < 5; n += 1) record(connect(URL_OF_ALL, terms));
    advance(59_999);
    expect(sessions).toHaveLength(2);
    advance(120_000);
    expect(sessions.map(({ askedAt }) => askedAt)).toEqual([0, 0, 60_000, 60_000, 60_000]);
  });

  it('that is given up while it waits takes nothing', () => {
    const { connect, sessions, advance, pending } = createWorld();
    for (let n = 0; n < 3; n += 1) record(connect(URL_OF_ALL, terms));
    record(connect(URL_OF_ALL, terms)).stop();
    const last = record(connect(URL_OF_ALL, terms));
    advance(60_020);
    expect(sessions).toHaveLength(4);
    expect(last.values).toHaveLength(1);
    expect(pending()).toBe(0);
  });

  it('that does not open within 10 s is given up', () => {
    const { connect, sessions, advance } = createWorld({ opensIn: () => 60_000 });
    const opened = record(connect(URL_OF_ALL, terms));
    advance(9_999);
    expect(opened.state()).toBe('going on');
    advance(1);
    expect(opened.error()).toMatchObject({ kind: 'timeout' });
    expect(String(opened.error())).toContain('exchange.test');
    expect(sessions[0]!.closedAt).toBe(10_000);
  });

  it('that is open may be quiet as long as it likes', () => {
    const { connect, advance } = createWorld();
    const opened = record(connect(URL_OF_ALL, terms));
    advance(3_600_000);
    expect(opened.state()).toBe('going on');
  });

  it.each([
    [3_600_000, '3600 s ahead'],
    [-60_000, '60 s back'],
  ])('is lost when the clock jumps by %d ms', (jump, text) => {
    const { connect, advance, clockJump$, sessions } = createWorld();
    const opened = [record(connect(URL_OF_ALL, terms)), record(connect(URL_OF_ALL, terms))];
    advance(5);
    expect(clockJump$.observed).toBe(true);
    advance(15);
    clockJump$.next(jump);
    for (const one of opened) {
      expect(one.error()).toMatchObject({ kind: 'network' });
      expect(String(one.error())).toContain(text);
    }
    expect(sessions.map(({ closedAt }) => closedAt)).toEqual([20, 20]);
    expect(clockJump$.observed).toBe(false);
  });
});

import { delay, type Observable, of, throwError } from 'rxjs';
import { ConnectorError } from '../../src/core/errors.js';
import { createUserStreamWorld, GONE, listenKey } from './user-stream-world.js';

const MINUTE = 60_000;
const HALF_AN_HOUR = 30 * MINUTE;

/** A world of keys `key1`, `key2`…, whose calls fail where an error is due. */
const createKeyWorld = (errorOf: (method: string, count: number) => ConnectorError | undefined) => {
  let [made, asked] = [0, 0];
  return createUserStreamWorld({
    source: listenKey,
    receive: (_, session) => session.reply([]),
    answer: (method) => {
      const error = errorOf(method, (asked += 1));
      if (error !== undefined) return throwError(() => error);
      if (method === 'POST') made += 1;
      return of(`key${made}`);
    },
  });
};

const never = (): undefined => undefined;
const gone = new ConnectorError('exchange', 'This listenKey does not exist.', { code: GONE });
const banned = new ConnectorError('banned', 'Stop.', { retryAfter: 20_000 });
const busy = new ConnectorError('maintenance', 'Busy.', { code: -1008, outcome: 'unknown' });

describe('a listen key', () => {
  it('is made first, is in the address, and subscribes by itself', () => {
    const { listen, runTo, sessions, calls, reports } = createKeyWorld(never);
    const { told, leave } = listen();
    runTo(1_000);
    expect(calls).toEqual([[0, 'POST']]);
    expect(sessions.map(({ url, sent }) => [url, sent])).toEqual([
      ['wss://exchange.test/account/key1', []],
    ]);
    expect(told).toEqual([[10, 'subscribed']]);
    leave();
    runTo(3 * HALF_AN_HOUR);
    expect(calls).toHaveLength(1);
    expect(reports).toEqual([]);
  });

  it('is kept alive every half an hour, without anybody noticing', () => {
    const { listen, runTo, sessions, calls } = createKeyWorld(never);
    const { told } = listen();
    runTo(3 * HALF_AN_HOUR + 1_000);
    expect(calls).toEqual([
      [0, 'POST'],
      ...[1, 2, 3].map((times) => [10 + times * HALF_AN_HOUR, 'PUT']),
    ]);
    expect(sessions).toHaveLength(1);
    expect(told).toHaveLength(1);
  });

  it('that could not be kept alive is tried again a minute later', () => {
    const { listen, runTo, sessions, calls, reports } = createKeyWorld((_, count) =>
      count === 2 || count === 3 ? busy : undefined,
    );
    const { told } = listen();
    runTo(2 * HALF_AN_HOUR + 3 * MINUTE);
    expect(calls.slice(1)).toEqual(
      [0, 1, 2, 32].map((minutes) => [10 + HALF_AN_HOUR + minutes * MINUTE, 'PUT']),
    );
    expect(reports).toEqual([busy, busy]);
    expect(sessions).toHaveLength(1);
    expect(told).toHaveLength(1);
  });

  it('that is gone is replaced by a new one, at another address', () => {
    const { listen, runTo, sessions, calls, reports } = createKeyWorld((_, count) =>
      count === 2 ? gone : undefined,
    );
    const { told } = listen();
    runTo(HALF_AN_HOUR + MINUTE);
    expect(calls.map(([, method]) => method)).toEqual(['POST', 'PUT', 'POST']);
    expect(sessions.map(({ url, closedAt }) => [url, closedAt])).toEqual([
      ['wss://exchange.test/account/key1', 10 + HALF_AN_HOUR],
      ['wss://exchange.test/account/key2', undefined],
    ]);
    expect(told.map(([, kind]) => kind)).toEqual(['subscribed', 'down', 'subscribed']);
    expect(reports).toEqual([gone]);
  });

  it('that the exchange says has expired is replaced by a new one', () => {
    const { listen, runTo, session, sessions, calls } = createKeyWorld(never);
    const { told } = listen();
    runTo(1_000);
    session(0).push(JSON.stringify([{ kind: 'ended' }]));
    runTo(MINUTE);
    expect(calls.map(([, method]) => method)).toEqual(['POST', 'POST']);
    expect(sessions.map(({ url }) => url)).toEqual([
      'wss://exchange.test/account/key1',
      'wss://exchange.test/account/key2',
    ]);
    expect(told.map(([, kind]) => kind)).toEqual(['subscribed', 'down', 'subscribed']);
  });

  it('is asked for anew with each socket', () => {
    const { listen, runTo, session, calls } = createKeyWorld(never);
    const { told } = listen();
    runTo(1_000);
    session(0).drop();
    runTo(MINUTE);
    expect(calls.map(([, method]) => method)).toEqual(['POST', 'POST']);
    expect(told.map(([, kind]) => kind)).toEqual(['subscribed', 'down', 'subscribed']);
    runTo(MINUTE + HALF_AN_HOUR);
    expect(calls.filter(([, method]) => method === 'PUT')).toHaveLength(1);
  });

  it('that cannot be made is asked for less and less often', () => {
    const { listen, runTo, sessions, calls, reports } = createKeyWorld((_, count) =>
      count <= 3 ? busy : undefined,
    );
    const { told } = listen();
    runTo(MINUTE);
    expect(calls.map(([, method]) => method)).toEqual(['POST', 'POST', 'POST', 'POST']);
    const pauses = calls.slice(1).map(([at], index) => at - calls[index]![0]);
    expect(pauses[1]).toBeGreaterThan(pauses[0]!);
    expect(pauses[2]).toBeGreaterThan(pauses[1]!);
    expect(sessions).toHaveLength(1);
    expect(reports).toHaveLength(3);
    expect(told.at(-1)?.[1]).toBe('subscribed');
  });

  it('that cannot be made for a ban is made once that is over, whoever the keys belong to', () => {
    const { listen, runTo, calls, reports } = createKeyWorld((_, count) =>
      count === 1 ? banned : undefined,
    );
    const { told } = listen();
    runTo(MINUTE);
    expect(calls).toEqual([
      [0, 'POST'],
      [20_000, 'POST'],
    ]);
    expect(reports).toEqual([banned]);
    expect(told).toEqual([[20_010, 'subscribed']]);
  });

  it('gets a socket’s successor before its 24 hours are over, without a gap', () => {
    const { listen, runTo, sessions } = createKeyWorld(never);
    const { told } = listen();
    runTo(24 * 60 * MINUTE);
    expect(sessions).toHaveLength(2);
    expect(told.map(([, kind]) => kind)).toEqual(['subscribed']);
  });

  it('is not waited for once nobody listens', () => {
    const world = createUserStreamWorld({
      source: listenKey,
      answer: (): Observable<string> => of('late').pipe(delay(5_000, world.scheduler)),
    });
    const { leave } = world.listen();
    world.runTo(1_000);
    leave();
    world.runTo(MINUTE);
    expect(world.sessions).toEqual([]);
  });
});

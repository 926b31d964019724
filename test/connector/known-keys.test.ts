import { defer, NEVER, throwError } from 'rxjs';
import { createKnownKeys } from '../../src/connector/known-keys.js';
import { ConnectorError } from '../../src/core/errors.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';

const refused = new ConnectorError('authentication', 'No.');
const other = new ConnectorError('not_supported', 'No.');

/** A source that fails the first time, with an error. */
const start = (error: ConnectorError) => {
  const time = virtualTime();
  const keys = createKnownKeys(time.scheduler);
  let attempts = 0;
  const source = defer(() => {
    attempts += 1;
    return attempts === 1 ? throwError(() => error) : NEVER;
  });
  const begin = () => record(source.pipe(keys.tryAgain()));
  return { ...time, keys, begin, attempts: () => attempts };
};

describe('keys that are refused', () => {
  it('are wrong where they were never taken', () => {
    const { begin } = start(refused);
    expect(begin().error()).toBe(refused);
  });

  it('are tried again 5 min later where they were taken before', () => {
    const { keys, begin, advance, attempts } = start(refused);
    keys.taken();
    const trying = begin();
    advance(299_999);
    expect(attempts()).toBe(1);
    advance(1);
    expect(attempts()).toBe(2);
    expect(trying.state()).toBe('going on');
  });

  it.each([
    [{}, 300_000],
    [{ retryAfter: 120_000 }, 300_000],
    [{ retryAfter: 900_000 }, 900_000],
  ])('are tried again after a ban of %j', (facts, after) => {
    const { keys, begin, advance, attempts } = start(new ConnectorError('banned', 'No.', facts));
    keys.taken();
    begin();
    advance(after - 1);
    expect(attempts()).toBe(1);
    advance(1);
    expect(attempts()).toBe(2);
  });

  it('are not what another error is about', () => {
    const { keys, begin } = start(other);
    keys.taken();
    expect(begin().error()).toBe(other);
  });

  it('leave no timer behind', () => {
    const { keys, begin, pending } = start(refused);
    keys.taken();
    begin().stop();
    expect(pending()).toBe(0);
  });
});

import { Subject } from 'rxjs';
import { withGaps } from '../../src/connector/with-gaps.js';
import { ConnectorError } from '../../src/core/errors.js';
import { record } from '../support/recording.js';

const start = () => {
  let now = 0;
  let goodAt = 0;
  const source = new Subject<object>();
  const told = record(source.pipe(withGaps(() => goodAt)));
  /** Each value comes 1 ms after the one before. */
  const give = (...values: readonly object[]): void => {
    for (const value of values) {
      now += 1;
      if (!(value instanceof ConnectorError)) goodAt = now;
      source.next(value);
    }
  };
  return { source, told, give };
};

const cause = new ConnectorError('network', 'lost');
const other = new ConnectorError('sequence_gap', 'lost again');
const [a, b] = [{ state: 'a' }, { state: 'b' }];
const data = (value: object) => ({ kind: 'data', value, backfilled: false });
const resumed = { kind: 'resumed', recovered: 'complete' };

describe('a state with its gaps', () => {
  it('is told as it is while nothing is lost', () => {
    const { told, give } = start();
    give(a, b);
    expect(told.values).toEqual([data(a), data(b)]);
  });

  it('has a gap since it was last good, and is whole with the next state', () => {
    const { told, give } = start();
    give(a, b, cause, a);
    expect(told.values).toEqual([
      data(a),
      data(b),
      { kind: 'gap', since: 2, cause },
      resumed,
      data(a),
    ]);
  });

  it('has one gap, however often it is lost in it', () => {
    const { told, give } = start();
    give(a, cause, other, b, other);
    expect(told.values).toEqual([
      data(a),
      { kind: 'gap', since: 1, cause },
      resumed,
      data(b),
      { kind: 'gap', since: 4, cause: other },
    ]);
  });

  it('has no gap before it was ever good', () => {
    const { told, give } = start();
    give(cause, other, a);
    expect(told.values).toEqual([data(a)]);
  });

  it('ends as its source does', () => {
    const failed = start();
    failed.source.error(cause);
    expect(failed.told.error()).toBe(cause);
    const ended = start();
    ended.source.complete();
    expect(ended.told.state()).toBe('completed');
  });
});

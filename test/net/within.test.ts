import { concat, NEVER, of, timer } from 'rxjs';
import { ConnectorError } from '../../src/core/errors.js';
import { within } from '../../src/net/within.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';

const late = (): ConnectorError => new ConnectorError('timeout', 'Nothing within 100 ms.');

describe('a first value within a time', () => {
  it('errors where there is none by then, and leaves the source', () => {
    const { scheduler, advance, pending } = virtualTime(0);
    const heard = record(timer(101, scheduler).pipe(within(100, scheduler, late)));
    advance(99);
    expect(heard.state()).toBe('going on');
    advance(1);
    expect(heard.error()).toMatchObject({ kind: 'timeout', message: 'Nothing within 100 ms.' });
    expect(pending()).toBe(0);
  });

  it('lets later values take any time', () => {
    const { scheduler, advance, pending } = virtualTime(0);
    const heard = record(concat(of('first'), NEVER).pipe(within(100, scheduler, late)));
    advance(1_000);
    expect(heard.values).toEqual(['first']);
    expect(heard.state()).toBe('going on');
    heard.stop();
    expect(pending()).toBe(0);
  });

  it('holds no timer for what completes', () => {
    const { scheduler, pending } = virtualTime(0);
    const heard = record(of('all').pipe(within(100, scheduler, late)));
    expect(heard.state()).toBe('completed');
    expect(pending()).toBe(0);
  });
});

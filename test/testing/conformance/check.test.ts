import { ConformanceError, notApplicable } from 'rxchange/testing';
import { advising } from '../../../src/testing/conformance/check.js';
import { expectMeans } from '../../../src/testing/conformance/expect.js';

const { check, given } = advising('mend it');

const failureOf = (run: () => void): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('a check', () => {
  it('has its number and its name', () => {
    expect(check('2.07 diffs are read', () => undefined)).toMatchObject({
      number: '2.07',
      name: 'diffs are read',
    });
  });

  it('that fails says what was expected, what came, and what to do', () => {
    const { run } = check('2.07 diffs are read', () =>
      expectMeans('the diff', { time: 1 }, { time: 2 }),
    );
    const error = failureOf(run);
    expect(error).toBeInstanceOf(ConformanceError);
    expect((error as ConformanceError).message.split('\n').map((line) => line.trim())).toEqual([
      '2.07 diffs are read: it does not.',
      'the diff, at time',
      'expected: 2',
      'actual:   1',
      'what to do: mend it',
    ]);
  });

  it('that meets an exception tells it', () => {
    const { run } = check('2.07 diffs are read', () => {
      throw new TypeError('no such field');
    });
    expect((failureOf(run) as Error).message).toContain('TypeError: no such field');
  });

  it('that does not apply says why in its name, and is not run', () => {
    const run = jest.fn();
    const skipped = given('2.21 checksums', notApplicable('it has none'), run);
    skipped.run();
    expect(skipped).toMatchObject({ name: 'checksums (n/a: it has none)', number: '2.21' });
    expect(skipped.notApplicable).toBe('it has none');
    expect(run).not.toHaveBeenCalled();
  });
});

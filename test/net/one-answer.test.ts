import { map, NEVER, of, throwError, timer } from 'rxjs';
import { ConnectorError, toConnectorError } from '../../src/core/errors.js';
import { oneAnswer } from '../../src/net/one-answer.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';

const createWorld = () => {
  const time = virtualTime(0);
  const options = {
    scheduler: time.scheduler,
    within: 100,
    late: () => new ConnectorError('timeout', 'Too late.'),
    read: (answer: number) => {
      if (answer === 13) throw new TypeError('Thirteen.');
      return `the answer ${answer}`;
    },
    failure: (error: unknown) => toConnectorError(error, 'exchange'),
  };
  const after = (ms: number, answer: number) => timer(ms, time.scheduler).pipe(map(() => answer));
  return { ...time, options, after };
};

describe('one answer', () => {
  it('is asked for at each subscription, read, and then it is over', () => {
    const { options, after, advance, pending } = createWorld();
    let asked = 0;
    const answer$ = oneAnswer(() => {
      asked += 1;
      return after(99, 42);
    }, options);
    expect(asked).toBe(0);
    const heard = [record(answer$), record(answer$)];
    expect(asked).toBe(2);
    advance(99);
    for (const { values, state } of heard)
      expect([values, state()]).toEqual([['the answer 42'], 'completed']);
    expect(pending()).toBe(0);
  });

  it.each([
    ['that comes too late', () => NEVER, 'Too late.'],
    ['that does not come', () => throwError(() => new Error('No network.')), 'No network.'],
    ['that cannot be read', () => of(13), 'Thirteen.'],
    [
      'that cannot be asked for',
      () => {
        throw new Error('No question.');
      },
      'No question.',
    ],
  ])('%s is a failure', (_, ask, message) => {
    const { options, advance, pending } = createWorld();
    const heard = record(oneAnswer(ask, options));
    advance(100);
    expect(heard.error()).toBeInstanceOf(ConnectorError);
    expect(heard.error()).toMatchObject({ message });
    expect(pending()).toBe(0);
  });

  it('is taken back with the subscription', () => {
    const { options, after, pending } = createWorld();
    const heard = record(oneAnswer(() => after(50, 42), options));
    expect(pending()).toBe(2);
    heard.stop();
    expect(pending()).toBe(0);
  });
});

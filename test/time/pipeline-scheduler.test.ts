import { map, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { pipelineScheduler } from '../../src/time/pipeline-scheduler.js';

const HOUR = 3_600_000;

describe('the time of pipelines', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('goes on evenly when somebody sets the machine’s clock', () => {
    const before = pipelineScheduler.now();
    jest.advanceTimersByTime(5);
    jest.setSystemTime(Date.now() - HOUR);
    jest.advanceTimersByTime(5);
    expect(pipelineScheduler.now()).toBe(before + 10);
  });

  it('is virtual in marbles', () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(
      ({ expectObservable }) => {
        const time$ = timer(7, pipelineScheduler).pipe(map(() => pipelineScheduler.now()));
        expectObservable(time$).toBe('-------(t|)', { t: 7 });
      },
    );
    expect(pipelineScheduler.now()).toBeGreaterThan(HOUR);
  });
});

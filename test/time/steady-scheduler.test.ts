import { firstValueFrom, timer } from 'rxjs';
import { createEnvironment } from '../../src/net/environment.js';
import { steadyScheduler } from '../../src/time/steady-scheduler.js';

afterEach(() => jest.restoreAllMocks());

describe('real time', () => {
  it('is that of the machine, in whole ms', () => {
    const now = steadyScheduler.now();
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  });

  it('goes on evenly when somebody sets the machine’s clock', async () => {
    const { scheduler, wallClock } = createEnvironment();
    const before = scheduler.now();
    jest.spyOn(Date, 'now').mockReturnValue(before - 3_600_000);
    await firstValueFrom(timer(2, scheduler));
    expect(scheduler.now()).toBeGreaterThan(before);
    expect(scheduler.now()).toBeLessThan(before + 60_000);
    expect(wallClock()).toBe(before - 3_600_000);
  });

  it('is both clocks where it was handed in', () => {
    const scheduler = { ...steadyScheduler, now: () => 7 };
    expect(createEnvironment({ scheduler }).wallClock()).toBe(7);
  });
});

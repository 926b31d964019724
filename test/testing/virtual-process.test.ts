import { defer, interval, of } from 'rxjs';
import { memoryStore } from '../../src/store/memory-store.js';
import { createVirtualProcess } from '../../src/testing/virtual-process.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';

const createWorld = () => {
  const time = virtualTime();
  const answer = { status: 200, headers: {}, body: '' };
  const arrived: string[] = [];
  const process = createVirtualProcess({
    scheduler: time.scheduler,
    random: () => 0.5,
    http: ({ url }) =>
      defer(() => {
        arrived.push(url);
        return of(answer);
      }),
    socket: () => of({ frame$: of(), send: (text) => arrived.push(text) }),
  });
  const request = (url: string) =>
    record(process.environment.http({ method: 'GET', url, headers: {} }));
  return { time, process, arrived, request };
};

describe('a process', () => {
  it('does as its environment does while it lives', () => {
    const { time, process, arrived, request } = createWorld();
    const ticks = record(interval(100, process.environment.scheduler));
    const [connection] = record(process.environment.socket('wss://venue.test')).values;
    connection!.send('frame');
    expect(request('/1').state()).toBe('completed');
    time.advance(250);
    expect(arrived).toEqual(['frame', '/1']);
    expect(ticks.values).toEqual([0, 1]);
  });

  it('does nothing any more once it is dead, and leaves no timer behind', () => {
    const { time, process, arrived, request } = createWorld();
    const store = memoryStore();
    const ticks = record(interval(100, process.environment.scheduler));
    const [connection] = record(process.environment.socket('wss://venue.test')).values;
    const death = record(process.death$);
    process.kill();
    process.kill();
    connection!.send('frame');
    request('/1');
    record(process.store(store).append('line'));
    record(interval(100, process.environment.scheduler));
    time.advance(1_000);
    expect([arrived, ticks.values, record(store.load()).last()]).toEqual([[], [], []]);
    expect([process.isAlive(), time.pending(), death.values.length]).toEqual([false, 0, 1]);
  });

  it('dies before one of its steps', () => {
    const { process, arrived, request } = createWorld();
    process.killBeforeStep(3);
    ['/1', '/2', '/3', '/4'].forEach(request);
    expect(arrived).toEqual(['/1', '/2']);
    expect(process.isAlive()).toBe(false);
  });

  it('has a machine’s clock that is set, and waits and measures by one that is not', () => {
    const { time, process } = createWorld();
    const { scheduler, wallClock } = process.environment;
    const ticks = record(interval(100, scheduler));
    process.setClockAhead(5_000);
    expect([wallClock(), scheduler.now()]).toEqual([time.now() + 5_000, time.now()]);
    time.advance(100);
    expect(ticks.values).toEqual([0]);
  });

  it('has clocks that run too fast or too slow, evenly', () => {
    const { time, process } = createWorld();
    const { scheduler, wallClock } = process.environment;
    process.setDrift(2);
    time.advance(10_000);
    expect(scheduler.now()).toBe(time.now() + 20);
    process.setDrift(-1);
    time.advance(5_000);
    expect([scheduler.now(), wallClock()]).toEqual([time.now() + 15, time.now() + 15]);
  });
});

describe('a process that sleeps', () => {
  const HOUR = 3_600_000;

  it('does what is due, and hears what arrived, when it wakes', () => {
    const { time, process, request } = createWorld();
    const ticks = record(interval(600_000, process.environment.scheduler));
    const wake = process.sleep(true);
    const answer = request('/1');
    time.advance(HOUR);
    expect([ticks.values, answer.values, process.isAwake()]).toEqual([[], [], false]);
    wake();
    expect([answer.state(), process.isAwake()]).toEqual(['completed', true]);
    time.advance(1_000);
    expect(ticks.values).toEqual([0]);
    time.advance(600_000);
    expect(ticks.values).toEqual([0, 1]);
  });

  it('measures the time that it was stopped, but not how long its machine slept', () => {
    const { time, process } = createWorld();
    const { scheduler, wallClock } = process.environment;
    const goOn = process.sleep(true);
    time.advance(HOUR);
    goOn();
    expect(scheduler.now()).toBe(time.now());
    const wake = process.sleep(false);
    time.advance(HOUR);
    expect(scheduler.now()).toBe(time.now() - HOUR);
    wake();
    time.advance(HOUR);
    expect([scheduler.now(), wallClock()]).toEqual([time.now() - HOUR, time.now()]);
  });

  it('dies of it where it is killed', () => {
    const { time, process, request } = createWorld();
    const wake = process.sleep(false);
    const answer = request('/1');
    process.kill();
    wake();
    time.advance(HOUR);
    expect([answer.values, time.pending()]).toEqual([[], 0]);
  });
});

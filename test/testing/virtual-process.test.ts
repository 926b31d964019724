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

  it('has a clock of its own, and waits as long by it as by any other', () => {
    const { time, process } = createWorld();
    process.setClockAhead(5_000);
    expect(process.environment.scheduler.now()).toBe(time.now() + 5_000);
    const ticks = record(interval(100, process.environment.scheduler));
    time.advance(100);
    expect(ticks.values).toEqual([0]);
  });
});

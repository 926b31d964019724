import { VirtualTimeScheduler } from 'rxjs';
import { startHeartbeat } from '../../src/emulator/heartbeat.js';

const createScene = () => {
  const scheduler = new VirtualTimeScheduler();
  scheduler.maxFrames = 0;
  const pings: string[] = [];
  let drops = 0;
  const heartbeat = startHeartbeat(scheduler, {
    ping: (payload) => pings.push(payload),
    drop: () => {
      drops += 1;
      heartbeat.stop();
    },
  });
  const advance = (seconds: number) => {
    scheduler.maxFrames = scheduler.frame + seconds * 1000;
    scheduler.flush();
    scheduler.frame = scheduler.maxFrames;
  };
  return { heartbeat, pings, advance, drops: () => drops };
};

describe('a heartbeat', () => {
  it('pings every 20 s', () => {
    const { heartbeat, pings, advance } = createScene();
    advance(19);
    expect(pings).toEqual([]);
    for (let count = 1; count <= 10; count += 1) {
      advance(20);
      expect(pings).toHaveLength(count);
      heartbeat.pong(pings.at(-1)!);
    }
    expect(new Set(pings).size).toBe(10);
  });

  it('drops a connection whose ping nobody answers for 60 s', () => {
    const { advance, drops } = createScene();
    advance(79);
    expect(drops()).toBe(0);
    advance(1);
    expect(drops()).toBe(1);
  });

  it('is kept alive by answers, not by pongs of another payload', () => {
    const { heartbeat, pings, advance, drops } = createScene();
    advance(60);
    heartbeat.pong(pings[1]!);
    heartbeat.pong('');
    advance(59);
    expect(drops()).toBe(0);
    heartbeat.pong('hello');
    advance(1);
    expect(drops()).toBe(1);
  });

  it('stops', () => {
    const { heartbeat, pings, advance, drops } = createScene();
    advance(20);
    heartbeat.stop();
    advance(1000);
    expect([pings.length, drops()]).toEqual([1, 0]);
  });
});

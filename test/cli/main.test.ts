import { rxchange } from '../support/child.js';

const LONG = 30_000;

describe('rxchange emulator', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints where it is as one line of JSON, and ends on %s',
    async (signal) => {
      const emulator = rxchange('emulator', '--port', '0');
      const text = await emulator.printed('\n');
      const address = JSON.parse(text) as Readonly<Record<string, string>>;
      expect(Object.keys(address).sort()).toEqual(
        ['apiKey', 'apiSecret', 'rest', 'stream', 'wsApi'].sort(),
      );
      const answer = await fetch(`${address.rest}/api/v3/time`);
      expect(await answer.json()).toEqual({ serverTime: expect.any(Number) as number });
      emulator.kill(signal);
      expect(await emulator.ended).toEqual({ code: 0, signal: null });
      expect(emulator.stdout()).toBe(text);
      expect(emulator.stderr()).toBe('');
    },
    LONG,
  );

  it(
    'says so where its port is taken',
    async () => {
      const first = rxchange('emulator', '--port', '0');
      const { rest = '' } = JSON.parse(await first.printed('\n')) as { rest?: string };
      const second = rxchange('emulator', '--port', new URL(rest).port);
      expect(await second.ended).toEqual({ code: 1, signal: null });
      expect(second.stderr()).toMatch(/^listen EADDRINUSE.*\n$/);
      first.kill('SIGTERM');
      await first.ended;
    },
    LONG,
  );
});

describe('rxchange demo', () => {
  it(
    'trades, and finds its books equal to the exchange’s',
    async () => {
      const demo = rxchange('demo', '--seconds', '3', '--disconnect-every', '1');
      expect(await demo.ended).toEqual({ code: 0, signal: null });
      expect(demo.stdout()).toMatch(/Closing statement for BTC-USDT/);
      expect(demo.stdout()).toMatch(/reconciliation +exact/);
      expect(demo.stdout()).not.toMatch(/DIFFERENCE/);
      expect(demo.stderr()).toBe('');
    },
    LONG,
  );

  it(
    'earns funding, and finds its books equal to those of both exchanges',
    async () => {
      const demo = rxchange('demo', '--perpetual', '--seconds', '1');
      expect(await demo.ended).toEqual({ code: 0, signal: null });
      expect(demo.stdout()).toMatch(/the perpetual\n {2}orders +2: 2 filled/);
      expect(demo.stdout()).toMatch(/reconciliation +exact: .*funding payments/);
      expect(demo.stderr()).toBe('');
    },
    LONG,
  );

  it(
    'ends at once on Ctrl-C, with the statement',
    async () => {
      const demo = rxchange('demo', '--seconds', '600');
      await demo.printed('1 s |');
      demo.kill('SIGINT');
      expect(await demo.ended).toEqual({ code: 0, signal: null });
      expect(demo.stdout()).toMatch(/reconciliation +exact/);
    },
    LONG,
  );
});

describe('rxchange', () => {
  it.each([[], ['demo', '--help']])('explains itself: %j', async (...args) => {
    const child = rxchange(...args);
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(child.stdout()).toMatch(/rxchange emulator \[--port/);
    expect(child.stderr()).toBe('');
  });

  it.each([
    [['frob'], 'There is no command "frob".'],
    [['demo', '--secnds', '3'], "Unknown option '--secnds'"],
    [['demo', '--seconds'], "Option '--seconds <value>' argument missing"],
    [['demo', '--seconds', 'x'], '--seconds takes a number of at least 0, got "x".'],
    [['demo', '--seed=-1'], '--seed takes a number of at least 0, got "-1".'],
    [['demo', '--pair', 'BTC-EUR'], '--pair takes one of BTC-USDT'],
    [['demo', '--perpetual', '--pair', 'ETH-BTC'], '--pair takes one of BTC-USDT'],
    [['demo', 'fast'], 'demo takes options only, got "fast".'],
    [['emulator', '--port', '70000'], '--port takes a number from 0 to 65535, got "70000".'],
  ])('refuses %j with a message and status 2', async (args, message) => {
    const child = rxchange(...args);
    expect(await child.ended).toEqual({ code: 2, signal: null });
    expect(child.stderr()).toContain(message);
    expect(child.stderr()).not.toMatch(/\n {4}at /);
    expect(child.stdout()).toBe('');
  });
});

import { emulator, type Venue } from '../../src/emulator/index.js';
import { runModule } from '../support/child.js';

/** Ends with how long it took to exit after all was left, in tenths of a second, as its status. */
const preamble = `
  import { binance } from 'rxchange/binance';
  import { filter, firstValueFrom, lastValueFrom, merge, take, toArray } from 'rxjs';
  const { domain, credentials } = JSON.parse(process.argv[1]);
  const exchange = binance({ domain, credentials });
  let leftAt = Date.now();
  process.on('exit', (code) => {
    if (code === 0) process.exitCode = Math.min(200, Math.round((Date.now() - leftAt) / 100));
  });
`;

const programs: Readonly<Record<string, string>> = {
  'that only makes a connector': '',
  'that watched a market': `
    await lastValueFrom(
      merge(exchange.orderBook$('BTC-USDT'), exchange.trades$('BTC-USDT')).pipe(take(20)),
    );
    leftAt = Date.now();
  `,
  'that traded': `
    const all = merge(
      exchange.connect(), exchange.orderBook$('BTC-USDT'), exchange.balances$, exchange.fills$,
    ).subscribe();
    await firstValueFrom(exchange.status$.pipe(filter(({ ready }) => ready)));
    const order = { pair: 'BTC-USDT', amount: '0.001' };
    await lastValueFrom(exchange.buy({ ...order, type: 'market' }));
    const [, open] = await firstValueFrom(
      exchange.buy({ ...order, type: 'limit', price: 50_000 }).pipe(take(2), toArray()),
    );
    if (open.state !== 'open') throw new Error(open.state);
    const { outcome } = await lastValueFrom(exchange.cancel(open.clientOrderId));
    if (outcome !== 'canceled') throw new Error(outcome);
    all.unsubscribe();
    leftAt = Date.now();
  `,
  'that left before anything was connected': `
    merge(exchange.connect(), exchange.orderBook$('BTC-USDT')).subscribe().unsubscribe();
    leftAt = Date.now();
  `,
  'whose order failed': `
    const order = { pair: 'BTC-USDT', type: 'limit', price: 50_000, amount: 50 };
    await lastValueFrom(exchange.buy(order)).then(
      () => { throw new Error('the account had enough'); },
      ({ kind }) => { if (kind !== 'insufficient_funds') throw new Error(kind); },
    );
    leftAt = Date.now();
  `,
};

describe('a process', () => {
  let venue: Venue;
  beforeAll(async () => {
    venue = await emulator().listen();
  });
  afterAll(() => venue.close());

  it.each(Object.entries(programs))(
    '%s exits by itself as soon as nobody is subscribed, and prints nothing',
    async (_, program) => {
      const { domain, credentials } = venue;
      const child = runModule(preamble + program, { domain, credentials });
      const hung = setTimeout(() => child.kill('SIGKILL'), 15_000);
      const { code, signal } = await child.ended;
      clearTimeout(hung);
      expect(child.stderr()).toBe('');
      expect(child.stdout()).toBe('');
      expect(signal).toBeNull();
      // A second is promised; a busy machine gets some more.
      expect(code).toBeLessThan(50);
    },
    20_000,
  );
});

import fc from 'fast-check';
import { FundingLedger, lastingMarks, type FundingMark } from '../../src/account/funding-ledger.js';
import { Decimal } from '../../src/core/decimal.js';
import type { FundingPayment } from '../../src/core/funding.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const paid = (id: string, time: number): FundingPayment => ({
  id,
  pair: 'BTC-USDT',
  asset: 'USDT',
  amount: new Decimal(1),
  time,
});
const ids = (payments: readonly FundingPayment[]) => payments.map(({ id }) => id).join();

describe('the ledger of funding payments', () => {
  it('tells each payment once, oldest first', () => {
    const ledger = new FundingLedger([], 0);
    expect(ids(ledger.take([paid('b', 2), paid('a', 1), paid('b', 2)]))).toBe('a,b');
    expect(ids(ledger.take([paid('a', 1), paid('b', 2), paid('c', 2)]))).toBe('c');
  });

  it('tells nothing that was paid before it began', () => {
    const ledger = new FundingLedger([], 1_000);
    expect(ledger.since).toBe(1_000);
    expect(ids(ledger.take([paid('a', 999), paid('b', 1_000)]))).toBe('b');
  });

  it('asks for what may show up late, and no earlier', () => {
    const ledger = new FundingLedger([], 0);
    ledger.take([paid('a', HOUR)]);
    expect(ledger.since).toBe(HOUR - 10 * MINUTE);
    expect(ids(ledger.take([paid('b', HOUR - MINUTE)]))).toBe('b');
    expect(ids(ledger.take([paid('c', HOUR - 11 * MINUTE)]))).toBe('');
  });

  it('goes on where its marks end', () => {
    const marks: readonly FundingMark[] = [{ time: 0 }, { id: 'a', time: HOUR }];
    const ledger = new FundingLedger(marks, 9 * HOUR);
    expect(ids(ledger.take([paid('a', HOUR), paid('b', 2 * HOUR)]))).toBe('b');
  });

  it('goes on from its beginning where nothing was paid', () => {
    expect(new FundingLedger([{ time: 5 }], HOUR).since).toBe(5);
  });

  it('tells each payment once over any number of restarts, whatever it forgot', () => {
    const times = fc.array(fc.nat(5 * HOUR), { maxLength: 30 });
    fc.assert(
      fc.property(times, fc.array(fc.nat(5 * HOUR), { maxLength: 30 }), (payments, looks) => {
        const all = payments.map((time, index) => paid(`${index}`, time));
        const told: string[] = [];
        let marks: readonly FundingMark[] = [{ time: 0 }];
        for (const now of [...looks.sort((a, b) => a - b), 5 * HOUR]) {
          const ledger = new FundingLedger(marks, now);
          const { since } = ledger;
          const news = ledger.take(all.filter(({ time }) => time >= since && time <= now));
          told.push(...news.map(({ id }) => id));
          marks = lastingMarks([...marks, ...news]);
        }
        expect([...told].sort()).toEqual(all.map(({ id }) => id).sort());
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });
});

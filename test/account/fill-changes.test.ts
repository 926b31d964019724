import { fillChanges, lockChange, releaseChange } from '../../src/account/fill-changes.js';
import type { Change } from '../../src/account/postings.js';
import { Decimal } from '../../src/core/decimal.js';

const fill = {
  pair: 'BTC-USDT',
  amount: new Decimal('0.5'),
  quoteAmount: new Decimal(100),
  fee: { asset: 'BNB', amount: new Decimal('0.01') },
} as const;

const text = (changes: readonly Change[]) =>
  changes.map(
    ({ asset, available, total }) => `${asset} ${available.toFixed()} of ${total.toFixed()}`,
  );

it('a buy pays of what was locked, receives, and gives the fee', () => {
  expect(text(fillChanges({ ...fill, side: 'buy' }, new Decimal(110)))).toEqual([
    'USDT 10 of -100',
    'BTC 0.5 of 0.5',
    'BNB -0.01 of -0.01',
  ]);
});

it('a sell does the reverse', () => {
  expect(text(fillChanges({ ...fill, side: 'sell' }, new Decimal('0.5')))).toEqual([
    'BTC 0 of -0.5',
    'USDT 100 of 100',
    'BNB -0.01 of -0.01',
  ]);
});

it('a lock and its release change nothing in all', () => {
  const amount = { asset: 'USDT', amount: new Decimal(7) };
  expect(text([lockChange(amount), releaseChange(amount)])).toEqual([
    'USDT -7 of 0',
    'USDT 7 of 0',
  ]);
});

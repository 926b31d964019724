import { binanceSpot } from 'rxchange/binance';
import { binanceFixtures } from './binance/fixtures.js';
import { accountMutations } from './mutations/account-mutations.js';
import { bookMutations } from './mutations/book-mutations.js';
import { failureMutations } from './mutations/failure-mutations.js';
import { marketMutations } from './mutations/market-mutations.js';
import { orderMutations } from './mutations/order-mutations.js';
import { placementMutations } from './mutations/placement-mutations.js';
import { failuresOf } from './mutations/run-mutations.js';
import { signingMutations } from './mutations/signing-mutations.js';
import { streamMutations } from './mutations/stream-mutations.js';
import { tradesMutations } from './mutations/trades-mutations.js';
import { userStreamMutations } from './mutations/user-stream-mutations.js';

const table = [
  ...marketMutations,
  ...bookMutations,
  ...tradesMutations,
  ...streamMutations,
  ...signingMutations,
  ...placementMutations,
  ...orderMutations,
  ...userStreamMutations,
  ...failureMutations,
  ...accountMutations,
];
const failures = failuresOf(binanceSpot, binanceFixtures);

describe('a broken description of spot, of which', () => {
  it.each(table)('$name, fails exactly the checks that see it', ({ mutation, fails }) => {
    expect(failures(mutation)).toEqual(fails);
  });
});

describe('the table', () => {
  it('names each mutation once, and has a check that fails for each', () => {
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
    expect(table.filter(({ fails }) => fails.length === 0)).toEqual([]);
  });

  it('is not about a description that is whole', () => {
    expect(failures((exchange) => exchange)).toEqual([]);
    expect(failures((exchange) => ({ ...exchange, more: 1 }))).toEqual([]);
  });
});

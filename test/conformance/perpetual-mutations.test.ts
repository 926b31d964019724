import { binanceUsdm } from 'rxchange/binance-perpetual';
import { binancePerpetualFixtures } from './binance-perpetual/fixtures.js';
import { perpetualMutations } from './mutations/perpetual-mutations.js';
import { perpetualOrderMutations } from './mutations/perpetual-order-mutations.js';
import { failuresOf } from './mutations/run-mutations.js';

const failures = failuresOf(binanceUsdm, binancePerpetualFixtures);

describe('a broken description of perpetuals, of which', () => {
  it.each([...perpetualMutations, ...perpetualOrderMutations])(
    '$name, fails exactly the checks that see it',
    ({ mutation, fails }) => {
      expect(failures(mutation)).toEqual(fails);
    },
  );
});

import { broken, misasked, misread, over, type Broken } from './mutation.js';

/** Ways to break what the account tells. */
export const accountMutations: readonly Broken[] = [
  broken(
    'balances are what is free',
    over(({ balances }) => ({
      balances: misread(balances, (update) => ({
        ...update,
        balances: new Map(
          [...update.balances].map(([asset, { available }]) => [
            asset,
            { total: available, available },
          ]),
        ),
      })),
    })),
    '11.02 11.06',
  ),
  broken(
    'balances are asked for elsewhere',
    over(({ balances }) => ({ balances: { ...balances, path: '/balances' } })),
    '11.01',
  ),
  broken(
    'fees of makers and takers are mixed up',
    over(({ tradeFees }) => ({
      tradeFees: misread(tradeFees, ({ maker, taker, ...rest }) => ({
        ...rest,
        maker: taker,
        taker: maker,
      })),
    })),
    '11.11 11.13',
  ),
  broken(
    'usual fees are in percent',
    over(({ fees }) => ({
      fees: {
        ...fees,
        maker: { ...fees.maker, buy: { ...fees.maker.buy, rate: fees.maker.buy.rate.times(100) } },
      },
    })),
    '11.12',
  ),
  broken(
    'fees are asked for without a market',
    over(({ tradeFees }) => ({ tradeFees: misasked(tradeFees, () => ({})) })),
    '11.10',
  ),
];

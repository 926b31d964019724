import * as kit from '../../exchange.js';
import { ofMarket } from '../binance-shared/market-data.js';

/**
 * `balance` is what is in the wallet, without what positions won or lost so far.
 *
 * @see USDⓈ-M Futures API, "Futures Account Balance V3"
 */
const Holding = kit.message('Holding', {
  texts: { asset: 'asset' },
  decimals: { total: 'balance', available: 'availableBalance' },
  ints: { time: 'updateTime' },
});

/** @see USDⓈ-M Futures API, "User Commission Rate" */
const CommissionRate = kit.message('CommissionRate', {
  decimals: { maker: 'makerCommissionRate', taker: 'takerCommissionRate' },
});

/** What the account holds, what trades cost a regular one of what they are worth, and what they cost this one. */
export const account: Pick<kit.Exchange, 'balances' | 'balanceMode' | 'fees' | 'tradeFees'> = {
  balances: {
    ...kit.accountCall('GET /fapi/v3/balance', { weight: 5 }),
    decode: kit.reading(kit.listOf(Holding), (holdings) =>
      kit.balanceUpdate(holdings, Math.max(0, ...holdings.map(({ time }) => time))),
    ),
  },
  balanceMode: 'asked',
  fees: kit.flatFees({ maker: '0.0002', taker: '0.0005' }, 'quote'),
  tradeFees: {
    ...kit.accountCall('GET /fapi/v1/commissionRate', { weight: 20 }),
    params: ofMarket,
    decode: kit.reading(CommissionRate, (rates) => kit.flatFees(rates, 'quote')),
  },
};

import { Decimal } from 'rxchange';
import { binancePerpetual } from 'rxchange/binance-perpetual';
import { mergeMap } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const perpetual = binancePerpetual({ credentials: { apiKey, apiSecret } });

const candidate = {
  pair: 'BTC-USDT',
  side: 'buy',
  type: 'limit',
  amount: new Decimal(100),
  price: new Decimal(60_000),
  positionAction: 'open',
} as const;

perpetual
  .setLeverage('BTC-USDT', 10)
  .pipe(mergeMap(() => perpetual.budgetChecker.adjustCandidate(candidate, { allOrNone: false })))
  .subscribe(({ amount, orderCollateral: margin, estimatedFee: fee }) => {
    console.log('affordable', amount.toFixed());
    console.log('margin', margin.amount.toFixed(), margin.asset);
    console.log('fee', fee.amount.toFixed(), fee.asset);
  });

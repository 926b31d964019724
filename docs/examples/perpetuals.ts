import { binancePerpetual } from 'rxchange/binance-perpetual';
import { concat } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const perpetual = binancePerpetual({ credentials: { apiKey, apiSecret } });

// what longs will pay to shorts, and when
perpetual.fundingInfo$('BTC-USDT').subscribe(({ rate, nextFundingTime, markPrice, indexPrice }) => {
  console.log('funding', rate.toFixed(), new Date(nextFundingTime).toISOString());
  console.log('prices', markPrice.toFixed(), indexPrice.toFixed());
});
// what the account was paid, or paid where it is negative: each payment once
perpetual.fundingPayments$.subscribe(({ pair, amount, asset }) =>
  console.log('payment', pair, amount.toFixed(), asset),
);
// the positions that are not 0, at every change
perpetual.positions$.subscribe((positions) => {
  const position = positions.get('BTC-USDT');
  console.log('position', position?.amount.toFixed() ?? 'none', position?.unrealizedPnl.toFixed());
});

concat(
  perpetual.setPositionMode('one_way'),
  perpetual.setLeverage('BTC-USDT', 5),
  perpetual.sell({ pair: 'BTC-USDT', type: 'market', amount: '0.01', positionAction: 'open' }),
).subscribe({ error: console.error });

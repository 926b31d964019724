import { binance } from 'rxchange/binance';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

exchange.tradeFee$('BTC-USDT').subscribe(({ maker, taker, discountAsset = 'nothing' }) => {
  console.log('resting', maker.buy.rate.toFixed(), 'at once', taker.buy.rate.toFixed());
  console.log('discount by', discountAsset);
});

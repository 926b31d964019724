import { Decimal, type OrderCandidate } from 'rxchange';
import { binance } from 'rxchange/binance';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const price = new Decimal(64_000);
const limit = { pair: 'BTC-USDT', type: 'limit', price } as const;
const candidates: readonly OrderCandidate[] = [
  { ...limit, side: 'buy', amount: new Decimal(1) },
  { ...limit, side: 'buy', amount: new Decimal(1) }, // of what the first one leaves
  { ...limit, side: 'sell', amount: new Decimal(1) },
];

exchange.budgetChecker.adjustCandidates(candidates, { allOrNone: false }).subscribe((adjusted) => {
  for (const { side, amount, resized, orderCollateral: locks, potentialReturns: gets } of adjusted)
    console.log(
      `${side} ${amount.toFixed()}${resized ? ', made smaller,' : ''}`,
      `locks ${locks.amount.toFixed()} ${locks.asset}, gets ${gets.amount.toFixed()} ${gets.asset}`,
    );
});

import { isLeft } from 'fp-ts/lib/Either.js';
import type { Link } from '../../../src/core/contract.js';
import { marketData } from '../../../src/exchanges/binance/market-data.js';
import { btcUsdt, decimal, frameData, messages, right } from './support.js';

const { trades } = marketData;

const samples = messages('market-data');

describe('a trade', () => {
  it('comes by the name of the market in lower case', () => {
    expect(trades.channel.topic(btcUsdt)).toBe('btcusdt@trade');
  });

  it('was made by the buyer where the seller had waited', () => {
    expect(right(trades.channel.decode(frameData(samples.tradeByABuyer), btcUsdt))).toEqual({
      pair: 'BTC-USDT',
      tradeId: '5123456789',
      side: 'buy',
      price: decimal('50000.01'),
      amount: decimal('0.00123'),
      time: 1_772_600_760_249,
    });
  });

  it('was made by the seller where the buyer had waited', () => {
    expect(right(trades.channel.decode(frameData(samples.tradeByASeller), btcUsdt))).toMatchObject({
      tradeId: '5123456790',
      side: 'sell',
    });
  });

  it('is nothing else', () => {
    expect(isLeft(trades.channel.decode(frameData(samples.depthUpdate), btcUsdt))).toBe(true);
  });
});

describe('the trades after one', () => {
  const { since, pageSize, follow } = trades;

  it('are asked for from its id on, 1,000 at once, which weigh 25', () => {
    expect(since).toMatchObject({ method: 'GET', path: '/api/v3/historicalTrades', signed: false });
    expect(since.weights).toEqual({ weight: 25, requests: 1 });
    expect(since.params({ rule: btcUsdt, tradeId: '28456' })).toEqual({
      symbol: 'BTCUSDT',
      limit: '1000',
      fromId: '28457',
    });
    expect(pageSize).toBe(1_000);
  });

  it('are the latest one where none is named', () => {
    expect(since.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT', limit: '1' });
  });

  it('are trades like those of the channel', () => {
    expect(right(since.decode(samples.historicalTrades, { rule: btcUsdt }))).toEqual([
      {
        pair: 'BTC-USDT',
        tradeId: '28457',
        side: 'sell',
        price: decimal('4.000001'),
        amount: decimal('12'),
        time: 1_499_865_549_590,
      },
    ]);
  });

  it.each<[string, Link]>([
    ['28456', 'stale'],
    ['28457', 'stale'],
    ['28458', 'next'],
    ['28459', 'gap'],
    ['9007199254740991', 'gap'],
  ])('come without a hole: %s after 28457 is %s', (tradeId, link) => {
    const [trade] = right(since.decode(samples.historicalTrades, { rule: btcUsdt }));
    expect(follow('28457', { ...trade!, tradeId })).toBe(link);
  });
});

import { isLeft } from 'fp-ts/lib/Either.js';
import { btcUsdt, decimal, exchange, frameData, messages, right } from './support.js';

const samples = messages('market-data');
const { trades, lastPrice, perpetual, streams } = exchange;

const domain = { rest: '', stream: 'wss://fstream.binance.com', wsApi: '' };

it.each([
  ['btcusdt@depth@100ms', 'public'],
  ['btcusdt@bookTicker', 'public'],
  ['btcusdt@aggTrade', 'market'],
  ['btcusdt@markPrice@1s', 'market'],
])('hears %s at the address for what is %s', (topic, route) => {
  expect(streams.url(domain, topic)).toBe(`wss://fstream.binance.com/${route}/stream`);
});

describe('a trade', () => {
  it('is one of those that are aggregated', () => {
    expect(trades.channel.topic(btcUsdt)).toBe('btcusdt@aggTrade');
    expect(right(trades.channel.decode(frameData(samples.aggTrade), btcUsdt))).toEqual({
      pair: 'BTC-USDT',
      tradeId: '5933014',
      side: 'sell',
      price: decimal('50000.1'),
      amount: decimal('0.1'),
      time: 1_772_600_760_200,
    });
    expect(isLeft(trades.channel.decode(frameData(samples.markPrice), btcUsdt))).toBe(true);
  });

  it('that was missed is asked for by its id', () => {
    const { since } = trades;
    expect(since).toMatchObject({ path: '/fapi/v1/aggTrades', weights: { weight: 20 } });
    expect(since.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT', limit: '1' });
    expect(since.params({ rule: btcUsdt, tradeId: '26128' })).toEqual({
      symbol: 'BTCUSDT',
      limit: '1000',
      fromId: '26129',
    });
    expect(right(since.decode(samples.aggTrades, { rule: btcUsdt }))).toEqual([
      {
        pair: 'BTC-USDT',
        tradeId: '26129',
        side: 'buy',
        price: decimal('50000.1'),
        amount: decimal('4.704'),
        time: 1_772_600_700_153,
      },
    ]);
  });
});

it('knows the price of the last trade', () => {
  expect(lastPrice).toMatchObject({ path: '/fapi/v2/ticker/price', weights: { weight: 1 } });
  expect(lastPrice.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT' });
  expect(right(lastPrice.decode(samples.price, { rule: btcUsdt }))).toEqual(decimal('50000.1'));
});

describe('mark price and funding', () => {
  it('come every second', () => {
    expect(perpetual.fundingInfo.topic(btcUsdt)).toBe('btcusdt@markPrice@1s');
    expect(right(perpetual.fundingInfo.decode(frameData(samples.markPrice), btcUsdt))).toEqual({
      pair: 'BTC-USDT',
      indexPrice: decimal('50000.2'),
      markPrice: decimal('50001.1'),
      rate: decimal('-0.0001'),
      nextFundingTime: 1_772_611_200_000,
      time: 1_772_600_760_000,
    });
    expect(isLeft(perpetual.fundingInfo.decode(frameData(samples.aggTrade), btcUsdt))).toBe(true);
  });

  it('are to be had at once', () => {
    const { latestFundingInfo } = perpetual;
    expect(latestFundingInfo).toMatchObject({
      path: '/fapi/v1/premiumIndex',
      weights: { weight: 1 },
      signed: false,
    });
    expect(latestFundingInfo.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT' });
    expect(right(latestFundingInfo.decode(samples.premiumIndex, { rule: btcUsdt }))).toEqual({
      pair: 'BTC-USDT',
      indexPrice: decimal('50000.2'),
      markPrice: decimal('50001.1'),
      rate: decimal('0.00038246'),
      nextFundingTime: 1_772_611_200_000,
      time: 1_772_600_760_001,
    });
  });
});

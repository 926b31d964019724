import { isLeft } from 'fp-ts/lib/Either.js';
import type { StreamFrame, StreamProtocol } from '../../../src/core/contract.js';
import { binanceSpot } from '../../../src/exchanges/binance/exchange.js';
import { frameData, messages, right } from './support.js';

const streams: StreamProtocol = binanceSpot.streams;

const samples = messages('market-data');

describe('a market stream', () => {
  it('is one socket for all channels', () => {
    const domain = { rest: '', stream: 'wss://stream.binance.com:9443', wsApi: '' };
    expect(streams.url(domain, 'btcusdt@trade')).toBe('wss://stream.binance.com:9443/stream');
    expect(streams.limits).toEqual({
      topicsPerSocket: 1024,
      topicsPerMessage: 200,
      messagesPerSecond: 5,
    });
  });

  it('is told what is wanted, in the words of the documentation', () => {
    const topics = ['btcusdt@depth@100ms', 'btcusdt@trade'];
    expect(JSON.parse(streams.subscribe(topics, 7))).toEqual({
      method: 'SUBSCRIBE',
      params: topics,
      id: 7,
    });
    expect(JSON.parse(streams.unsubscribe(topics, 8))).toEqual({
      method: 'UNSUBSCRIBE',
      params: topics,
      id: 8,
    });
  });

  it('asks a quiet socket for what it is subscribed to', () => {
    expect(JSON.parse(streams.ping(9))).toEqual({ method: 'LIST_SUBSCRIPTIONS', id: 9 });
  });

  const frames: readonly (readonly [string, StreamFrame])[] = [
    [
      'depthUpdate',
      { type: 'data', topic: 'btcusdt@depth@100ms', data: expect.any(Object) as unknown },
    ],
    [
      'tradeByABuyer',
      { type: 'data', topic: 'btcusdt@trade', data: expect.any(Object) as unknown },
    ],
    ['acknowledged', { type: 'acknowledged', id: 7 }],
    ['subscriptions', { type: 'pong', id: 3, topics: ['btcusdt@aggTrade'] }],
    ['refused', { type: 'refused', id: 7, message: 'Invalid request: unknown method' }],
    [
      'refusedWithoutId',
      {
        type: 'refused',
        id: undefined,
        message: 'Invalid JSON: expected value at line 1 column 1',
      },
    ],
    [
      'refusedWithNullId',
      { type: 'refused', id: undefined, message: 'Invalid value type: expected Boolean' },
    ],
    ['refusedNested', { type: 'refused', id: 8, message: 'Invalid request: too many parameters' }],
    ['refusedNestedWithoutId', { type: 'refused', id: undefined, message: 'Unknown property' }],
    ['serverShutdown', { type: 'ending' }],
  ];

  it.each(frames)('says: %s', (name, frame) => {
    expect(right(streams.read(samples[name]))).toEqual(frame);
  });

  it.each([
    ['{"stream":"btcusdt@depth@100ms","data":{', 'btcusdt@depth@100ms'],
    ['{"stream":"btcusdt@trade","data":[]}', 'btcusdt@trade'],
    ['{"stream":"!serverShutdown","data":{}}', undefined],
    ['{"stream":"btcusdt@trade"}', undefined],
    ['{"stream": "btcusdt@trade","data":{}}', undefined],
    ['{"data":{},"stream":"btcusdt@trade"}', undefined],
    ['{"stream":"btcusdt', undefined],
    ['{"result":null,"id":7}', undefined],
    ['', undefined],
  ])('tells the topic of %s from its beginning: %s', (frame, topic) => {
    expect(streams.topicOf?.(frame)).toBe(topic);
  });

  it('passes data on as they are', () => {
    const { data } = samples.tradeByABuyer as { readonly data: unknown };
    expect(frameData(samples.tradeByABuyer)).toEqual(data);
  });

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { result: null },
    { id: 1 },
    { result: [1], id: 1 },
  ])('says nothing by %j', (frame) => {
    expect(isLeft(streams.read(frame))).toBe(true);
  });
});

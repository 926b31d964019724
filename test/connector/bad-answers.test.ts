import { MARKET_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import type { RequestFault } from '../../src/testing/virtual-network.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

const DEPTH = 'GET /api/v3/depth';
const SINCE = 'GET /api/v3/historicalTrades';
const RULES = 'GET /api/v3/exchangeInfo';

const answer = (status: number, body: string, headers = {}): RequestFault => ({
  answer: { status, headers, body },
});

const answers: readonly (readonly [string, RequestFault])[] = [
  ['no connection', { answer: 'broken connection' }],
  ['no answer', { answerDelay: Infinity }],
  ['an empty answer', answer(200, '')],
  ['a page', answer(200, '<html><body>It works!</body></html>')],
  ['another answer', answer(200, '[{"nothing":["of",{"all":"that"}]}]')],
  ['a firewall', answer(403, '<html><body>403 Forbidden</body></html>')],
  [
    'too many requests',
    answer(429, '{"code":-1003,"msg":"Too many requests."}', { 'retry-after': '5' }),
  ],
  ['an error of the server', answer(500, '')],
  ['a bad gateway', answer(502, '<html></html>')],
  ['maintenance', answer(503, '{"code":-1016,"msg":"This service is no longer available."}')],
  ['a code that is new', answer(400, '{"code":-9999,"msg":"What?"}')],
  ['a bad request', answer(400, 'Bad request')],
];

describe.each(answers)('%s', (_, fault) => {
  it.each([
    ['a book', DEPTH],
    ['trades', SINCE],
    ['trading rules', RULES],
  ])('to %s ends no stream of market data', (_name, request) => {
    const venue = createVirtualVenue();
    const { exchange, network } = venue;
    const healed =
      request === RULES
        ? network.requestFaults.add(({ name }) => name === request, fault)
        : undefined;
    const streams = [
      record(exchange.orderBook$('BTC-USDT')),
      record(exchange.trades$('BTC-USDT')),
      record(exchange.tradingRules$),
    ];
    const errors = record(exchange.errors$);
    const trade = (): void => {
      venue.rival('sell', '60000', '0.002');
      venue.rival('buy', '60000', '0.001');
      venue.advance(1_000);
    };
    venue.advance(1_000);
    trade();
    const stop = network.requestFaults.add(({ name }) => name === request, fault);
    network.disconnect();
    trade();
    venue.advance(60_000);
    healed?.();
    stop();
    venue.advance(60_000);
    const before = streams.map(({ values }) => values.length);
    trade();
    expect(streams.map(({ state }) => state())).toEqual(Array(3).fill('going on'));
    expect(streams[0]!.values.length).toBeGreaterThan(before[0]!);
    expect(streams[1]!.values.length).toBeGreaterThan(before[1]!);
    expect(before[2]).toBeGreaterThan(0);
    expect(errors.values.length).toBeGreaterThan(0);
    expect(network.sockets()).toEqual([MARKET_STREAM]);
  });
});

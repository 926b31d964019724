import { binance } from 'rxchange/binance';
import { ConnectorError } from '../../src/core/errors.js';
import { errorLine, eventLine, statusLines } from '../../src/connector/log-lines.js';
import type { MetricEvent } from '../../src/connector/metric.js';
import type { ConnectorStatus } from '../../src/connector/status.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { memoryLog } from '../support/memory-log.js';
import { BID, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

describe('the log of a connector', () => {
  it('says how its parts come and go', () => {
    const { logger, lines } = memoryLog();
    const venue = createVirtualVenue({ connector: { logger } });
    expect(lines()).toEqual([]);
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    venue.advance(1_000);
    book.stop();
    expect(lines()).toEqual([
      'debug tradingRules: starting',
      'info network: connected',
      'info tradingRules: ready',
      'debug orderBooks: starting',
      'debug GET /api/v3/exchangeInfo: 200',
      'debug tradingRules: not in demand any more',
      'debug market socket: opened',
      'info orderBooks: ready',
      'debug GET /api/v3/depth: 200',
      'debug market socket: closed',
      'debug orderBooks: not in demand any more',
      'info network: stopped',
    ]);
  });

  it('says what went wrong, and where it came from', () => {
    const { logger, entries, lines } = memoryLog();
    const venue = createVirtualVenue({ connector: { logger } });
    const connected = record(venue.exchange.connect());
    const errors = record(venue.exchange.errors$);
    venue.advance(1_000);
    venue.network.disconnect(USER_STREAM);
    const [lost] = errors.values;
    expect(lost).toMatchObject({ kind: 'network' });
    expect(entries).toContainEqual([
      'warn',
      { exchange: 'binance', kind: 'network', outcome: 'refused', code: 1006 },
      lost!.message,
    ]);
    expect(lines()).toContain('warn network: reconnecting');
    expect(lines().some((line) => line.startsWith('warn userStream: '))).toBe(true);
    venue.advance(10_000);
    expect(
      lines()
        .filter((line) => line.includes('network: '))
        .at(-1),
    ).toBe('info network: connected');
    connected.stop();
    venue.advance(1_000);
    expect(venue.pending()).toBe(0);
  });

  it('keeps nothing alive and asks for nothing', () => {
    const { logger } = memoryLog();
    const venue = createVirtualVenue({ connector: { logger } });
    venue.advance(60_000);
    expect([venue.pending(), venue.network.requests()]).toEqual([0, []]);
  });

  it('does not keep a connector from working where it throws', () => {
    const thrown: unknown[] = [];
    const fail = (): never => {
      throw new Error('The disk is full.');
    };
    const logger = { debug: fail, info: fail, warn: fail, error: fail };
    const venue = createVirtualVenue({ connector: { logger } });
    const onUnhandled = jest.spyOn(global, 'setTimeout').mockImplementation(((run: () => void) => {
      try {
        run();
      } catch (error) {
        thrown.push(error);
      }
      return 0;
    }) as never);
    const order = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    onUnhandled.mockRestore();
    expect(order.last()).toMatchObject({ state: 'open' });
    expect(thrown.length).toBeGreaterThan(0);
  });

  it('takes console as it is', () => {
    expect(() => binance({ logger: console })).not.toThrow();
  });
});

describe('the line of an event', () => {
  const order = { kind: 'order', pair: 'BTC-USDT', clientOrderId: 'x', ms: 20 } as const;
  const book = { channel: 'orderBooks', pair: 'BTC-USDT' } as const;
  const events: readonly (readonly [MetricEvent, string])[] = [
    [{ kind: 'gap', ...book, cause: 'network' }, 'warn BTC-USDT: something is missed'],
    [
      { kind: 'gap', channel: 'userStream', pair: undefined, cause: 'network' },
      'warn userStream: something is missed',
    ],
    [
      { kind: 'resumed', ...book, recovered: 'complete', lasted: 7 },
      'info BTC-USDT: nothing is missed any more',
    ],
    [{ kind: 'socket', stream: 'account', event: 'lost' }, 'debug account socket: lost'],
    [
      { kind: 'request', method: 'GET', path: '/depth', status: undefined, ms: 5 },
      'debug GET /depth: no answer',
    ],
    [{ ...order, command: 'place', state: 'open' }, 'info place x: open'],
  ];

  it.each(events)('%j', (event, line) => {
    const { level, message, facts } = eventLine(event);
    expect(`${level} ${message}`).toBe(line);
    const { kind, ...rest } = event;
    expect([kind in facts, facts]).toEqual([false, rest]);
  });
});

describe('the line of an error', () => {
  it('is an error where the same would go wrong again', () => {
    const error = new ConnectorError('authentication', 'The key is wrong.', {
      code: -2015,
      request: 'GET /api/v3/account',
      retryAfter: 300_000,
      cause: { secret: 'x' },
    });
    expect(errorLine(error)).toEqual({
      level: 'error',
      facts: {
        kind: 'authentication',
        outcome: 'refused',
        code: -2015,
        request: 'GET /api/v3/account',
        retryAfter: 300_000,
      },
      message: 'The key is wrong.',
    });
  });
});

describe('the lines of a status', () => {
  const status = (parts: ConnectorStatus['parts']): ConnectorStatus => ({
    network: 'connected',
    ready: true,
    parts,
  });
  const up = { ready: true, since: 1 };
  const down = { ready: false, since: 1, reason: 'lost' };

  it.each([
    ['is as it was', up, { ...up, since: 2 }, []],
    ['is down as before', down, { ...down, since: 2 }, []],
    ['is down for another reason', down, { ...down, reason: 'banned' }, ['debug trades: banned']],
    ['is lost', up, down, ['warn trades: lost']],
    ['is back', down, up, ['info trades: ready']],
    ['is down', up, { ready: false, since: 1 }, ['warn trades: not ready']],
    ['is new', undefined, up, ['info trades: ready']],
  ])('say that a part %s', (_, before, after, lines) => {
    const told = statusLines(status(before === undefined ? {} : { trades: before }), {
      ...status({ trades: after }),
    });
    expect(told.map(({ level, message }) => `${level} ${message}`)).toEqual(lines);
  });
});

import { inspect } from 'node:util';
import { ConnectorError, toConnectorError, type ErrorKind } from '../../src/core/errors.js';

const retryable: Readonly<Record<ErrorKind, boolean>> = {
  network: true,
  timeout: true,
  rate_limited: true,
  banned: false,
  authentication: false,
  clock_skew: true,
  insufficient_funds: false,
  invalid_order: false,
  order_not_found: false,
  duplicate_order_id: false,
  not_placed: false,
  lost: false,
  maintenance: true,
  decode: false,
  sequence_gap: true,
  position_conflict: false,
  not_supported: false,
  exchange: false,
};

describe('ConnectorError', () => {
  it.each(Object.entries(retryable) as [ErrorKind, boolean][])(
    '%s is retryable: %p',
    (kind, expected) => {
      expect(new ConnectorError(kind, 'text').retryable).toBe(expected);
    },
  );

  it('is an Error with a name, a text and a trace', () => {
    const error = new ConnectorError('network', 'No answer.');
    expect(error).toBeInstanceOf(Error);
    expect(`${error}`).toBe('ConnectorError: No answer.');
    expect(error.stack).toContain('errors.test');
  });

  it('takes a refusal for certain unless it is told otherwise', () => {
    expect(new ConnectorError('timeout', '').outcome).toBe('refused');
    expect(new ConnectorError('timeout', '', { outcome: 'unknown' }).outcome).toBe('unknown');
  });

  it('has a cause only where one was given', () => {
    expect('cause' in new ConnectorError('network', '')).toBe(false);
    expect(new ConnectorError('network', '', { cause: undefined })).toHaveProperty(
      'cause',
      undefined,
    );
    const cause = new Error('ECONNRESET');
    expect(new ConnectorError('network', '', { cause }).cause).toBe(cause);
  });

  describe('shows its facts and nothing else', () => {
    const given = {
      code: -2010,
      request: 'POST /api/v3/order',
      retryAfter: 1_000,
      outcome: 'unknown',
      // What a careless caller might spread in.
      headers: { 'X-MBX-APIKEY': 'the-key' },
      query: 'symbol=BTCUSDT&signature=c0ffee',
    } as const;
    const error = new ConnectorError('exchange', 'No.', given);

    it('as JSON', () => {
      expect(JSON.parse(JSON.stringify(error))).toEqual({
        name: 'ConnectorError',
        kind: 'exchange',
        retryable: false,
        code: -2010,
        request: 'POST /api/v3/order',
        retryAfter: 1_000,
        outcome: 'unknown',
      });
    });

    it('as its own properties, hidden ones too', () => {
      expect(Object.getOwnPropertyNames(error).sort()).toEqual([
        'code',
        'kind',
        'message',
        'name',
        'outcome',
        'request',
        'retryAfter',
        'retryable',
        'stack',
      ]);
      expect(Object.getOwnPropertySymbols(error)).toEqual([]);
    });

    it('as a log line', () => {
      const line = inspect(error, { depth: Infinity, showHidden: true });
      expect(line).toContain("request: 'POST /api/v3/order'");
      expect(line).not.toMatch(/the-key|c0ffee|signature/);
    });
  });
});

describe('toConnectorError', () => {
  it('leaves a ConnectorError as it is', () => {
    const error = new ConnectorError('banned', 'Wait.');
    expect(toConnectorError(error, 'network', { code: 1 })).toBe(error);
  });

  it.each<[what: string, thrown: unknown, message: string]>([
    ['an error', new TypeError('fetch failed'), 'fetch failed'],
    ['a text', 'gone', 'gone'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['an object', { a: 1 }, '[object Object]'],
  ])('puts one around %s', (_, thrown, message) => {
    const error = toConnectorError(thrown, 'network', { outcome: 'unknown', request: 'GET /x' });
    expect(error).toMatchObject({
      kind: 'network',
      message,
      outcome: 'unknown',
      request: 'GET /x',
    });
    expect(error.cause).toBe(thrown);
  });
});

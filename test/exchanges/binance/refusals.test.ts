import fc from 'fast-check';
import type { RestAnswer } from '../../../src/core/contract.js';
import { ConnectorError, type ErrorKind } from '../../../src/core/errors.js';
import { failure } from '../../../src/exchanges/binance/refusals.js';

const answer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): RestAnswer => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

interface Case {
  readonly status: number;
  readonly code: number;
  readonly msg: string;
  readonly kind: ErrorKind;
  readonly outcome: 'refused' | 'unknown';
}

const refused = (status: number, code: number, msg: string, kind: ErrorKind): Case => ({
  status,
  code,
  msg,
  kind,
  outcome: 'refused',
});
const unknown = (status: number, code: number, msg: string, kind: ErrorKind): Case => ({
  ...refused(status, code, msg, kind),
  outcome: 'unknown',
});

// errors.md, with its messages.
const cases: readonly Case[] = [
  unknown(500, -1000, 'An unknown error occurred while processing the request.', 'exchange'),
  unknown(400, -1000, 'An unknown error occurred while processing the request.', 'exchange'),
  unknown(
    500,
    -1001,
    'Internal error; unable to process your request. Please try again.',
    'network',
  ),
  unknown(
    400,
    -1001,
    'Internal error; unable to process your request. Please try again.',
    'network',
  ),
  unknown(
    500,
    -1006,
    'An unexpected response was received from the message bus. Execution status unknown.',
    'exchange',
  ),
  unknown(
    400,
    -1007,
    'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
    'timeout',
  ),
  unknown(
    503,
    -1003,
    'Unknown error, please check your request or try again later.',
    'rate_limited',
  ),
  unknown(
    503,
    -1008,
    'Server is currently overloaded with other requests. Please try again in a few minutes.',
    'maintenance',
  ),
  refused(
    429,
    -1003,
    'Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.',
    'rate_limited',
  ),
  refused(
    418,
    -1003,
    'Way too much request weight used; IP banned until 1772600880000. Please use WebSocket Streams for live updates to avoid bans.',
    'banned',
  ),
  refused(
    429,
    -1015,
    'Too many new orders; current limit is 50 orders per 10 SECOND.',
    'rate_limited',
  ),
  refused(400, -1016, 'This service is no longer available.', 'maintenance'),
  refused(400, -1021, 'Timestamp for this request is outside of the recvWindow.', 'clock_skew'),
  refused(
    400,
    -1021,
    "Timestamp for this request was 1000ms ahead of the server's time.",
    'clock_skew',
  ),
  refused(400, -1022, 'Signature for this request is not valid.', 'authentication'),
  refused(400, -2014, 'API-key format invalid.', 'authentication'),
  refused(401, -2015, 'Invalid API-key, IP, or permissions for action.', 'authentication'),
  refused(401, -1002, 'You are not authorized to execute this request.', 'authentication'),

  refused(400, -1013, 'Filter failure: PRICE_FILTER', 'invalid_order'),
  refused(400, -1013, 'Filter failure: LOT_SIZE', 'invalid_order'),
  refused(400, -1013, 'Filter failure: NOTIONAL', 'invalid_order'),
  refused(400, -1013, 'Filter failure: PERCENT_PRICE_BY_SIDE', 'invalid_order'),
  refused(400, -1100, "Illegal characters found in parameter 'newClientOrderId'.", 'invalid_order'),
  refused(400, -1101, "Too many parameters; expected '1' and received '2'.", 'invalid_order'),
  refused(
    400,
    -1102,
    "Mandatory parameter 'price' was not sent, was empty/null, or malformed.",
    'invalid_order',
  ),
  refused(400, -1103, 'An unknown parameter was sent.', 'invalid_order'),
  refused(400, -1104, 'Not all sent parameters were read.', 'invalid_order'),
  refused(400, -1105, "Parameter 'price' was empty.", 'invalid_order'),
  refused(400, -1106, "Parameter 'timeInForce' sent when not required.", 'invalid_order'),
  refused(400, -1111, "Parameter 'quantity' has too much precision.", 'invalid_order'),
  refused(400, -1114, 'TimeInForce parameter sent when not required.', 'invalid_order'),
  refused(400, -1115, 'Invalid timeInForce.', 'invalid_order'),
  refused(400, -1116, 'Invalid orderType.', 'invalid_order'),
  refused(400, -1117, 'Invalid side.', 'invalid_order'),
  refused(400, -1121, 'Invalid symbol.', 'invalid_order'),
  refused(400, -1128, 'Combination of optional parameters invalid.', 'invalid_order'),
  refused(400, -1130, "Data sent for parameter 'side' is not valid.", 'invalid_order'),

  refused(
    400,
    -2010,
    'Account has insufficient balance for requested action.',
    'insufficient_funds',
  ),
  refused(400, -2010, 'Duplicate order sent.', 'duplicate_order_id'),
  refused(400, -2010, 'Order would immediately match and take.', 'invalid_order'),
  refused(400, -2010, 'Order would trigger immediately.', 'invalid_order'),
  refused(400, -2010, 'Market is closed.', 'maintenance'),
  refused(400, -2010, 'This symbol is not permitted for this account.', 'maintenance'),
  refused(400, -2010, 'This symbol is restricted for this account.', 'maintenance'),
  refused(400, -2010, 'Rest API trading is not enabled.', 'authentication'),
  refused(400, -2010, 'WebSocket API trading is not enabled.', 'authentication'),
  refused(400, -2010, 'This account may not place or cancel orders.', 'authentication'),
  refused(400, -2010, 'This action is disabled on this account.', 'authentication'),
  refused(400, -2011, 'Unknown order sent.', 'order_not_found'),
  refused(400, -2011, 'Order was not canceled due to cancel restrictions.', 'invalid_order'),
  refused(400, -2011, 'This account may not place or cancel orders.', 'authentication'),
  refused(400, -2013, 'Order does not exist.', 'order_not_found'),
  refused(
    400,
    -2026,
    'Order was canceled or expired with no executed qty over 90 days ago and has been archived.',
    'order_not_found',
  ),

  refused(400, -1010, 'Duplicate order sent.', 'duplicate_order_id'),
  refused(400, -1010, 'Price * QTY is zero or less.', 'invalid_order'),
  refused(
    400,
    -1013,
    'This symbol does not allow the specified self-trade prevention mode.',
    'invalid_order',
  ),
  refused(400, -1014, 'Unsupported order combination.', 'invalid_order'),
  refused(400, -1020, 'This operation is not supported.', 'not_supported'),
  refused(400, -1108, "Parameter 'orderId' overflowed.", 'invalid_order'),
  refused(400, -1112, 'No orders on book for symbol.', 'invalid_order'),
  refused(400, -1118, 'New client order ID was empty.', 'invalid_order'),
  refused(400, -1119, 'Original client order ID was empty.', 'invalid_order'),
  refused(400, -1120, 'Invalid interval.', 'invalid_order'),
  refused(400, -1122, 'Invalid symbolStatus.', 'invalid_order'),
  refused(400, -1125, 'This listenKey does not exist.', 'invalid_order'),
  refused(400, -1127, 'More than 24 hours between startTime and endTime.', 'invalid_order'),
  refused(400, -1134, '`strategyType` was less than 1000000.', 'invalid_order'),
  refused(400, -1135, 'Invalid JSON Request', 'invalid_order'),
  refused(400, -1139, 'Invalid ticker type.', 'invalid_order'),
  refused(
    400,
    -1145,
    '`cancelRestrictions` has to be either `ONLY_NEW` or `ONLY_PARTIALLY_FILLED`.',
    'invalid_order',
  ),
  refused(400, -1151, 'Symbol is present multiple times in the list.', 'invalid_order'),
  refused(
    400,
    -1194,
    'Invalid value for time unit; expected either MICROSECOND or MILLISECOND.',
    'invalid_order',
  ),
  refused(400, -1220, 'The symbol does not match the status.', 'invalid_order'),
  refused(
    429,
    -1181,
    "Too many messages; current limit is '5' messages per 'SECOND'.",
    'rate_limited',
  ),
  refused(
    400,
    -1191,
    "Too many subscriptions. Connection may create up to '1000' subscriptions at a time.",
    'rate_limited',
  ),
  refused(400, -2010, 'Price * QTY is zero or less.', 'invalid_order'),
  refused(400, -2010, 'Market orders are not supported for this symbol.', 'invalid_order'),
  refused(
    400,
    -2010,
    'Order book liquidity is less than `LOT_SIZE` filter minimum quantity.',
    'invalid_order',
  ),
  refused(400, -2011, 'Cancel order is invalid. Check origClOrdId and orderId.', 'invalid_order'),
  refused(400, -2011, 'Market is closed.', 'maintenance'),
  refused(
    400,
    -2016,
    'No trading window could be found for the symbol. Try ticker/24hrs instead.',
    'exchange',
  ),

  unknown(409, -2021, 'Order cancel-replace partially failed.', 'exchange'),
  refused(400, -2022, 'Order cancel-replace failed.', 'exchange'),
  refused(400, -2038, 'Order amend (quantity increase) is not supported.', 'invalid_order'),
  refused(400, -2039, 'Client order ID is not correct for this order ID.', 'invalid_order'),
  refused(429, -1034, 'Too many concurrent connections; current limit is 20.', 'rate_limited'),
  refused(400, -2042, 'Maximum subscription ID reached for this connection.', 'rate_limited'),
  refused(400, -2036, 'User Data Stream subscription not active.', 'exchange'),
  refused(400, -2043, 'This symbol does not have a reference price.', 'exchange'),
  refused(400, -2035, 'User Data Stream subscription already active.', 'exchange'),
  refused(400, -9999, 'Something that was not documented yet.', 'exchange'),
];

describe('an error that the exchange explains', () => {
  it.each(cases)('$status $code "$msg" is $kind, $outcome', (given) => {
    const { status, code, msg, kind, outcome } = given;
    expect(failure(answer(status, { code, msg }))).toMatchObject({
      kind,
      code,
      message: msg,
      outcome,
    });
  });

  /** What may go well later without a change by the caller. */
  const passing = [-1001, -1003, -1007, -1008, -1015, -1016, -1021, -1034, -1181, -1191, -2042];

  it.each(cases)('$status $code "$msg" may be tried again, or not', ({ status, code, msg }) => {
    const { kind, message, ...facts } = failure(answer(status, { code, msg }));
    const isPassing =
      status !== 418 && (passing.includes(code) || /closed|not permitted|restricted/.test(msg));
    expect(new ConnectorError(kind, message, facts).retryable).toBe(isPassing);
  });

  it('leaves the outcome unknown where the status says that the server failed', () => {
    for (const { code, msg } of cases)
      for (const status of [500, 502, 503, 504])
        expect(failure(answer(status, { code, msg })).outcome).toBe('unknown');
  });

  it('is a ban with status 418, whatever else it says', () => {
    for (const { code, msg } of cases)
      expect(failure(answer(418, { code, msg })).kind).toBe('banned');
  });

  it('may say more than it has to', () => {
    const body = { code: -1121, msg: 'Invalid symbol.', data: { more: 1 } };
    expect(failure(answer(400, body))).toMatchObject({ kind: 'invalid_order' });
  });
});

describe('an error that the exchange does not explain', () => {
  const page = '<html><head><title>ERROR</title></head><body>blocked</body></html>';
  const statuses: readonly (readonly [number, ErrorKind])[] = [
    [302, 'exchange'],
    [400, 'exchange'],
    [401, 'exchange'],
    [403, 'banned'],
    [404, 'exchange'],
    [408, 'timeout'],
    [418, 'banned'],
    [429, 'rate_limited'],
    [451, 'exchange'],
    [500, 'maintenance'],
    [502, 'maintenance'],
    [503, 'maintenance'],
    [504, 'maintenance'],
    [520, 'maintenance'],
  ];

  describe.each(['', page, 'Service Unavailable', 'null', '[]', '{}', '"text"', '{"code":"-1"}'])(
    'but answers %j',
    (body) => {
      it.each(statuses)('with status %i is %s, and leaves the outcome unknown', (status, kind) => {
        expect(failure(answer(status, body))).toMatchObject({
          kind,
          outcome: 'unknown',
          message: `The exchange answered with HTTP status ${status}.`,
        });
      });
    },
  );
});

describe('too many calls', () => {
  it('stop what costs weight or counts as a request, and nothing else', () => {
    expect(failure(answer(429, { code: -1003, msg: 'Too much.' })).pools).toEqual([
      'weight',
      'requests',
    ]);
    expect(failure(answer(429, '')).pools).toEqual(['weight', 'requests']);
    expect(failure(answer(418, '')).pools).toBeUndefined();
  });

  it('of new orders stop new orders until the next window, and no cancel', () => {
    expect(failure(answer(429, { code: -1015, msg: 'Too many new orders.' }))).toMatchObject({
      pools: ['orders10s'],
      retryAfter: 10_000,
    });
  });
});

describe('Retry-After', () => {
  it.each([
    [418, 'banned'],
    [429, 'rate_limited'],
  ])('with status %i counts seconds', (status, kind) => {
    for (const body of ['', { code: -1003, msg: 'Too many requests queued.' }])
      expect(failure(answer(status, body, { 'retry-after': '120' }))).toMatchObject({
        kind,
        retryAfter: 120_000,
      });
  });

  it('holds whatever the status', () => {
    expect(failure(answer(503, '', { 'retry-after': '7' }))).toMatchObject({ retryAfter: 7_000 });
  });

  it.each(['', 'soon', 'NaN', 'Infinity', '-5', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
    'of %j says nothing',
    (text) => {
      expect(failure(answer(429, '', { 'retry-after': text }))).not.toHaveProperty('retryAfter');
    },
  );

  it('of 0 means: at once', () => {
    expect(failure(answer(429, '', { 'retry-after': '0' }))).toMatchObject({ retryAfter: 0 });
  });
});

it('is read from whatever comes', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ code: fc.jsonValue(), msg: fc.jsonValue() }).map((body) => JSON.stringify(body)),
  );
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), text, fc.string(), (status, body, seconds) => {
      const read = failure(answer(status, body, { 'retry-after': seconds }));
      expect(typeof read.message).toBe('string');
      expect(typeof read.kind).toBe('string');
      expect(read.retryAfter ?? 0).toBeGreaterThanOrEqual(0);
      if (status >= 500) expect(read.outcome).toBe('unknown');
    }),
  );
});

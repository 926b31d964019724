import type { ErrorKind } from '../../../src/core/errors.js';
import type { RestAnswer } from '../../../src/core/contract.js';
import { exchange } from './support.js';

const answer = (
  status: number,
  body: unknown,
  headers: RestAnswer['headers'] = {},
): RestAnswer => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const failureOf = (status: number, code: number) =>
  exchange.failure(answer(status, { code, msg: 'No.' }));

/** From this code down to that one. */
const down = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, index) => from - index);

// "Error Codes"
const table: readonly (readonly [ErrorKind, 'refused' | 'unknown', readonly number[]])[] = [
  ['exchange', 'unknown', [-1000, -1006, -2012, -4117]],
  ['network', 'unknown', [-1001]],
  ['timeout', 'unknown', [-1007]],
  ['maintenance', 'unknown', [-1008]],
  ['maintenance', 'refused', [-1016, -4140, -4141, -5024]],
  ['rate_limited', 'refused', [-1003, -1015]],
  ['clock_skew', 'refused', [-1021, -5028]],
  ['authentication', 'refused', [-1002, -1005, -1011, -1022, -1099, -1109, -2014, -2015, -2017]],
  ['insufficient_funds', 'refused', [-2018, -2019, -2024, -4050, -4051]],
  ['duplicate_order_id', 'refused', [-4116, -20132]],
  ['order_not_found', 'refused', [-2011, -2013]],
  [
    'position_conflict',
    'refused',
    [-2022, -2027, -2028, -4047, -4048, -4061, -4067, -4068, -4118, -4168, -4531],
  ],
  // Of filters.
  ['invalid_order', 'refused', [-1013, ...down(-4001, -4014), -4016, -4023, -4024, -4131, -4164]],
  ['invalid_order', 'refused', [-4183, -4184]],
  // Of how a request is written.
  ['invalid_order', 'refused', [...down(-1100, -1108), ...down(-1110, -1124)]],
  ['invalid_order', 'refused', [...down(-1126, -1130), -1136, -4015, -4060, -4062]],
  ['invalid_order', 'refused', [...down(-4136, -4138), ...down(-5037, -5040), -20121, -20130]],
  // Of limits, and of what would not be executed as it should.
  ['invalid_order', 'refused', [-2025, -4045, -4032, -5021, -5022, -2020, -5041, -2021, -4142]],
  ['invalid_order', 'refused', [-5025, -5026]],
  // The account's state at the exchange, no need to change, and a listen key that is gone.
  ['exchange', 'refused', [-2023, -4087, -4088, -4192, -4400, -4401, -4402, -4403]],
  ['exchange', 'refused', [-4046, -4059, -4171, -5027, -1125]],
];

const cases = table.flatMap(([kind, outcome, codes]) =>
  codes.map((code) => [code, kind, outcome] as const),
);

it.each(cases)('takes %i for %s, %s', (code, kind, outcome) => {
  expect(failureOf(400, code)).toMatchObject({ code, kind, outcome, message: 'No.' });
});

it('knows each code once', () => {
  const codes = cases.map(([code]) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

it.each([
  [408, { code: -1021, msg: 'No.' }, { kind: 'clock_skew', outcome: 'unknown' }],
  [503, { code: -1008, msg: 'No.' }, { kind: 'maintenance', outcome: 'unknown' }],
  [503, 'Service Unavailable.', { kind: 'maintenance', outcome: 'unknown' }],
  [418, { code: -1003, msg: 'No.' }, { kind: 'banned', outcome: 'refused' }],
  [403, '<html>', { kind: 'banned', outcome: 'unknown' }],
])('reads HTTP status %i with %j as %j', (status, body, expected) => {
  expect(exchange.failure(answer(status, body))).toMatchObject(expected);
});

it('says which pools are used up, and for how long', () => {
  const wait = { 'retry-after': '7' };
  expect(exchange.failure(answer(429, { code: -1003, msg: 'No.' }, wait))).toMatchObject({
    pools: ['weight'],
    retryAfter: 7_000,
  });
  expect(failureOf(429, -1015)).toMatchObject({
    pools: ['orders10s', 'ordersMinute'],
    retryAfter: 10_000,
  });
});

it('tells the rules that were broken from other refusals', () => {
  const { ruleViolations } = exchange.orders;
  expect([-1013, -1111, -1121, -4014, -4164].every((code) => ruleViolations.has(code))).toBe(true);
  expect([-4015, -2019, -5022].some((code) => ruleViolations.has(code))).toBe(false);
});

import { broken, failuresAs, lacking, ordersOver, over, type Broken } from './mutation.js';

/** Ways to break what refusals mean. */
export const failureMutations: readonly Broken[] = [
  broken(
    'an order that is not found is some failure',
    failuresAs(({ kind }) => (kind === 'order_not_found' ? { kind: 'exchange' } : {})),
    '9.01 9.02 9.03 9.04 9.06',
  ),
  broken(
    'a query that finds nothing is some failure',
    failuresAs(({ code }) => (code === -2013 ? { kind: 'exchange' } : {})),
    '9.01 9.03 9.06',
  ),
  broken(
    'a cancel that finds nothing is some failure',
    failuresAs(({ code }) => (code === -2011 ? { kind: 'exchange' } : {})),
    '9.02 9.04',
  ),
  broken(
    'that an order is not found is uncertain',
    failuresAs(({ kind }) => (kind === 'order_not_found' ? { outcome: 'unknown' } : {})),
    '9.01 9.02',
  ),
  broken(
    'a 5xx is a refusal',
    failuresAs((_, status) => (status >= 500 ? { outcome: 'refused' } : {})),
    '8.13 8.15 10.11 10.13',
  ),
  broken(
    'a page is a refusal',
    failuresAs(({ code }) => (code === undefined ? { outcome: 'refused' } : {})),
    '8.13 10.13 10.14',
  ),
  broken(
    'uncertain codes are refusals',
    failuresAs(({ code }, status) =>
      code !== undefined && status < 500 ? { outcome: 'refused' } : {},
    ),
    '8.15 10.11',
  ),
  broken(
    'an outage says that there is no order',
    failuresAs((_, status) => (status === 503 ? { kind: 'order_not_found' } : {})),
    '9.07 10.06 10.07',
  ),
  broken(
    'waits are in seconds',
    failuresAs(({ retryAfter }) =>
      retryAfter === undefined ? {} : { retryAfter: retryAfter / 1_000 },
    ),
    '10.17 10.18',
  ),
  broken(
    'waits are not read',
    over(({ failure }) => ({
      failure: (answer) => {
        return lacking(failure(answer), 'retryAfter');
      },
    })),
    '10.17 10.18',
  ),
  broken(
    'too many requests are some failure',
    failuresAs(({ kind }) => (kind === 'rate_limited' ? { kind: 'exchange' } : {})),
    '10.08 10.16 10.19',
  ),
  broken(
    'a ban is too many requests',
    failuresAs(({ kind }) => (kind === 'banned' ? { kind: 'rate_limited' } : {})),
    '10.09',
  ),
  broken(
    'too many orders stop all requests',
    failuresAs(({ code }) => (code === -1015 ? { pools: ['weight'] } : {})),
    '10.19',
  ),
  broken(
    'refusals are about pools that there are not',
    failuresAs(({ pools }) => (pools === undefined ? {} : { pools: ['none'] })),
    '10.17 10.19 10.20',
  ),
  broken(
    'too little money is an invalid order',
    failuresAs(({ kind }) => (kind === 'insufficient_funds' ? { kind: 'invalid_order' } : {})),
    '8.16 10.03',
  ),
  broken(
    'wrong keys are some failure',
    failuresAs(({ kind }) => (kind === 'authentication' ? { kind: 'exchange' } : {})),
    '10.01 10.12',
  ),
  broken(
    'a wrong timestamp is wrong keys',
    failuresAs(({ kind }) => (kind === 'clock_skew' ? { kind: 'authentication' } : {})),
    '8.17 10.02',
  ),
  broken(
    'an id that was used is an invalid order',
    failuresAs(({ kind }) => (kind === 'duplicate_order_id' ? { kind: 'invalid_order' } : {})),
    '10.05',
  ),
  broken(
    'codes are left out',
    over(({ failure }) => ({
      failure: (answer) => {
        return lacking(failure(answer), 'code');
      },
    })),
    '9.01 9.02 10.01 10.02 10.03 10.04 10.05 10.06 10.07 10.08 10.09 10.10 10.12 10.19',
  ),
  broken(
    'no refusal has the rules read anew',
    ordersOver(() => ({ ruleViolations: new Set() })),
    '10.10',
  ),
  broken(
    'what is used up is not read',
    over(() => ({ usage: () => ({}) })),
    '10.21 10.23',
  ),
  broken(
    'what is used up is of another pool',
    over(({ usage }) => ({
      usage: (headers) => ({
        ...usage(headers),
        ...('weight' in usage(headers) ? { weight: 0 } : {}),
      }),
    })),
    '10.21 10.23',
  ),
];

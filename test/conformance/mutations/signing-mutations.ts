import { credentials } from '../../exchanges/binance/support.js';
import { broken, misread, ordersOver, over, type Broken } from './mutation.js';

const { apiSecret } = credentials;

/** Ways to break what is signed. */
export const signingMutations: readonly Broken[] = [
  broken(
    'the secret is in the query',
    over(({ sign }) => ({
      sign: (call, signer, now) => {
        const signed = sign(call, signer, now);
        return {
          ...signed,
          query: `${signed.query}&hint=${apiSecret}`,
        };
      },
    })),
    '5.01 5.02 5.16 6.30 6.31 6.32 6.33 6.34 6.35 6.36 6.37 6.38 6.39',
  ),
  broken(
    'the secret stands in the description',
    (exchange) => ({ ...exchange, hint: apiSecret }),
    '5.20',
  ),
  broken(
    'only the time is signed',
    over(({ sign }) => ({
      sign: (call, signer, now) => {
        const { headers, query } = sign({ ...call, params: {} }, signer, now);
        return { headers, query: `${new URLSearchParams(call.params).toString()}&${query}` };
      },
    })),
    '5.01 5.03',
  ),
  broken(
    'parameters are not encoded',
    over(({ sign }) => ({
      sign: (call, signer, now) => {
        const signed = sign(call, signer, now);
        return { ...signed, query: decodeURIComponent(signed.query) };
      },
    })),
    '5.01 5.02',
  ),
  broken(
    'the key is left out',
    over(({ sign }) => ({
      sign: (call, signer, now) => ({ ...sign(call, signer, now), headers: {} }),
    })),
    '5.01 5.05',
  ),
  broken(
    'requests are of the beginning of time',
    over(({ sign }) => ({ sign: (call, signer) => sign(call, signer, 0) })),
    '5.01 5.06',
  ),
  broken(
    "the exchange's time is in seconds",
    over(({ time }) => ({ time: misread(time, (ms) => Math.floor(ms / 1_000)) })),
    '5.06 12.03',
  ),
  broken(
    'public calls are signed',
    over(({ orderBook }) => ({
      orderBook: { ...orderBook, snapshot: { ...orderBook.snapshot, signed: true } },
    })),
    '5.07 5.15',
  ),
  broken(
    'orders are not signed',
    ordersOver(({ place }) => ({ place: { ...place, signed: false } })),
    '5.08 5.14',
  ),
  broken(
    'orders are placed by a GET',
    ordersOver(({ place }) => ({ place: { ...place, method: 'GET' } })),
    '5.09 6.30 6.31 6.32 6.33 6.34 6.35 6.36 6.37 6.38 6.39 8.11 8.12 8.13 8.15',
  ),
  broken(
    'cancels wait with everything else',
    ordersOver(({ cancel }) => ({ cancel: { ...cancel, priority: 'market_data' } })),
    '5.10',
  ),
  broken(
    'a call takes of a pool that there is not',
    ordersOver(({ status }) => ({ status: { ...status, weights: { other: 1 } } })),
    '5.11 8.11 8.12 8.13 8.14 8.15 9.03 9.04 9.05 9.06',
  ),
  broken(
    'a call takes of no pool',
    over(({ balances }) => ({ balances: { ...balances, weights: {} } })),
    '5.12 10.17',
  ),
];

import { inspect } from 'node:util';
import { BID, CANCEL, PLACE, USER_STREAM } from '../support/orders.js';
import { record, type Recording } from '../support/recording.js';
import type { RequestFault } from '../../src/testing/network-faults.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import type { Connector } from '../../src/connector/connector.js';
import type { ConnectorOptions } from '../../src/connector/create-connector.js';
import type { BinanceDomain } from '../../src/binance.js';
import type { Credentials } from '../../src/net/signer.js';
import type { WebSocketLike } from '../../src/net/socket.js';
import { memoryLog } from '../support/memory-log.js';
import { ed25519Pair, rsaPair, secretLines } from '../support/key-pairs.js';

const inspected = (value: unknown): string =>
  inspect(value, { depth: Infinity, showHidden: true, getters: true });

/** All that a program could print of a value. */
const printed = (value: unknown): string =>
  [
    inspected(value),
    JSON.stringify(value),
    String(value),
    ...(value instanceof Error ? [value.stack, inspected(value.cause)] : []),
  ].join('\n');

/** Subscribes to everything that a connector tells. */
const listen = (exchange: Connector): readonly Recording<unknown>[] => [
  record(exchange.errors$),
  record(exchange.status$),
  record(exchange.metrics$),
  record(exchange.connect()),
  record(exchange.balances$),
  record(exchange.orderUpdates$),
  record(exchange.inFlightOrders$),
  record(exchange.buy(BID)),
  record(exchange.buy({ ...BID, amount: '1000' })),
  record(exchange.sell({ pair: 'BTC-USDT', type: 'market', amount: '0.005' })),
];

const tell = (recordings: readonly Recording<unknown>[]): string =>
  recordings
    .flatMap((recording) => [...recording.values, recording.error()])
    .map(printed)
    .join('\n');

interface Keys {
  readonly credentials: Credentials;
}

const expectNoSecrets = (text: string, { credentials }: Keys): void => {
  const { apiKey, apiSecret, privateKey = '' } = credentials;
  const secrets = [apiKey, apiSecret, ...secretLines(privateKey)];
  expect(text.length).toBeGreaterThan(1_000);
  for (const secret of secrets) if (secret !== undefined) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/signature=/);
};

const faults: Readonly<Record<string, RequestFault>> = {
  none: {},
  'broken connections': { answer: 'broken connection' },
  'lost answers': { answerDelay: Infinity },
  refusals: { answer: { status: 400, headers: {}, body: '{"code":-1022,"msg":"Signature."}' } },
  'answers without JSON': { answer: { status: 200, headers: {}, body: '<html>' } },
  'answers of another shape': { answer: { status: 200, headers: {}, body: '{"orderId":[]}' } },
  'errors of a gateway': { answer: { status: 502, headers: {}, body: 'Bad gateway' } },
};

const pairs = { HMAC: undefined, Ed25519: ed25519Pair(), RSA: rsaPair() };

/** A connector to an account whose keys are of this type. */
const withKeysOf = (
  venue: VirtualVenue,
  type: keyof typeof pairs,
  options: ConnectorOptions<BinanceDomain> = {},
): Keys & { exchange: Connector } => {
  const pair = pairs[type];
  if (pair === undefined) {
    const { credentials } = venue;
    return { credentials, exchange: venue.join({ credentials, ...options }) };
  }
  const { publicKey, privateKey } = pair;
  const balances = { USDT: 100_000, BTC: 2 };
  const { apiKey } = venue.control.openAccount({ publicKey, balances }).credentials;
  const credentials = { apiKey, privateKey };
  return { credentials, exchange: venue.join({ credentials, ...options }) };
};

const types = Object.keys(pairs) as (keyof typeof pairs)[];
const cases = types.flatMap((type) =>
  Object.entries(faults).map(([name, fault]) => [type, name, fault] as const),
);

describe('keys and signatures', () => {
  it.each(cases)('(%s) are in nothing that is told, with %s', (type, _, fault) => {
    const venue = createVirtualVenue();
    const { logger, entries } = memoryLog();
    const { exchange, credentials } = withKeysOf(venue, type, { logger });
    const connected = record(exchange.connect());
    venue.advance(1_000);
    venue.network.requestFaults.add(({ params }) => params.has('signature'), fault);
    const recordings = listen(exchange);
    venue.advance(5_000);
    venue.network.disconnect(USER_STREAM);
    const cancels = record(exchange.cancelAll({ timeout: 5_000 }));
    venue.advance(60_000);
    const sent = venue.network.requests().map(({ name }) => name);
    expect(sent).toEqual(expect.arrayContaining([PLACE]));
    if (fault.answer === undefined) expect(sent).toContain(CANCEL);
    expectNoSecrets(tell([...recordings, cancels, connected]), { credentials });
    expectNoSecrets(printed(entries), { credentials });
  });

  it('are in nothing that is told, where the exchange knows no such key', () => {
    const venue = createVirtualVenue();
    const credentials = { apiKey: 'K'.repeat(64), apiSecret: 'S'.repeat(64) };
    const recordings = listen(venue.join({ credentials }));
    venue.advance(60_000);
    expectNoSecrets(tell(recordings), { credentials });
  });

  it.each(types)('(%s) are not in the connector itself', (type) => {
    const venue = createVirtualVenue();
    const { exchange, credentials } = withKeysOf(venue, type);
    record(exchange.connect());
    venue.advance(1_000);
    expectNoSecrets(inspected(exchange), { credentials });
  });

  it('are in nothing that is told, where fetch and WebSocket quote all that they got', async () => {
    const venue = createVirtualVenue();
    const quotes: string[] = [];
    class Tattler implements WebSocketLike {
      onopen: ((event: never) => void) | null = null;
      onmessage: ((event: never) => void) | null = null;
      onerror: ((event: never) => void) | null = null;
      onclose: ((event: never) => void) | null = null;
      constructor(url: string) {
        venue.scheduler.schedule(() => {
          const refused = { code: 1006, reason: `cannot reach ${url}` };
          this.onclose?.(refused as never);
        }, 10);
      }
      send(): void {
        throw new Error('nothing is open');
      }
      close(): void {
        quotes.push('closed');
      }
    }
    const exchange = venue.join({
      credentials: venue.credentials,
      environment: {
        scheduler: venue.scheduler,
        WebSocket: Tattler,
        fetch: async (url, init) => {
          const { pathname, search } = new URL(url);
          if (!search.includes('signature')) {
            const { status, body } = venue.handle(init.method, pathname, search.slice(1));
            return Promise.resolve({
              status,
              headers: new Map(),
              text: () => Promise.resolve(body),
            });
          }
          quotes.push(url);
          throw Object.assign(new Error(`${init.method} ${url} ${JSON.stringify(init.headers)}`), {
            code: 'ECONNREFUSED',
            request: { url, init },
          });
        },
      },
    });
    const recordings = listen(exchange);
    for (let turn = 0; turn < 300; turn += 1) {
      venue.advance(100);
      await new Promise(setImmediate);
    }
    expect(quotes.join()).toContain('signature=');
    expectNoSecrets(tell(recordings), venue);
    recordings.forEach(({ stop }) => stop());
  });
});

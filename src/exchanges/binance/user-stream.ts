import { getOrElseW } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import * as kit from '../../exchange.js';
import { evidenceOf } from '../binance-shared/orders.js';
import { marketSocket } from '../binance-shared/streams.js';
import { balanceUpdate } from './account.js';
import { ExecutionReport, scanExecutionReport } from './execution-report.js';
import { frameFailure, RefusedRequest } from './refusals.js';

/**
 * A cancel and an amendment carry their own id in `c`, and the order's in `C`; an amended order goes by
 * the new one from then on.
 */
const named = (report: ExecutionReport): ExecutionReport => {
  const { execution, originalId } = report;
  const hasOwnId = (execution === 'CANCELED' || execution === 'REPLACED') && originalId !== '';
  return hasOwnId ? { ...report, clientOrderId: originalId } : report;
};

/** What is no trade has the id -1. */
const isFill = ({ execution, tradeId }: ExecutionReport): boolean =>
  execution === 'TRADE' && !tradeId.startsWith('-');

const evidence = (report: ExecutionReport, rules: kit.TradingRules) =>
  evidenceOf(named(report), rules, isFill(report));

const ChangedHolding = kit.message('ChangedHolding', {
  texts: { asset: 'a' },
  decimals: { available: 'f', locked: 'l' },
});

/**
 * The balances that an event may have changed; absolute.
 *
 * @see Binance Spot API, user-data-stream.md, "Account update"
 */
const AccountPosition = kit.message('AccountPosition', {
  ints: { time: 'u' },
  lists: { holdings: ['B', ChangedHolding] },
});

const Subscribed = kit.message('Subscribed', {
  always: { status: 200 },
  codecs: { subscription: ['result.subscriptionId', t.number] },
});

const readEvent = kit.byTag<kit.TradingRules, kit.UserStreamEvent>(
  'e',
  {
    executionReport: kit.understanding(ExecutionReport, evidence),
    outboundAccountPosition: kit.reading(AccountPosition, (told) => [balanceUpdate(told)]),
    eventStreamTerminated: kit.telling([{ kind: 'ended' }]),
    serverShutdown: kit.telling([{ kind: 'ending' }]),
  },
  // Changes of balances are told again by an account update that follows.
  ['balanceUpdate', 'externalLockUpdate', 'listStatus'],
);

const readFrame = kit.byField<kit.TradingRules, readonly kit.UserStreamEvent[]>({
  event: kit.inField('event', readEvent),
  result: kit.reading(Subscribed, () => [{ kind: 'subscribed' }]),
  error: kit.reading(RefusedRequest, (told) => [{ kind: 'refused', failure: frameFailure(told) }]),
});

/** The answer to a ping, be it a refusal: somebody is there. */
const Pong = t.type({ id: t.literal('ping') });

/**
 * The account's events over the WebSocket API.
 *
 * @see Binance Spot API, web-socket-api.md, "Subscribe to User Data Stream through signature subscription"
 */
export const userStream: kit.SignedRequestStream = {
  type: 'signedRequest',
  // Connecting weighs 2, and so does subscribing to the account's events.
  socket: { ...marketSocket, weights: { connections: 1, weight: 4 }, priority: 'query' },
  url: ({ wsApi }) => wsApi,
  // What is signed are the parameters in alphabetical order, not percent-encoded ("SIGNED request security").
  subscribe: (signer, now) => {
    const apiKey = signer.apiKey();
    const signature = signer.sign(`apiKey=${apiKey}&timestamp=${now}`);
    const params = { apiKey, timestamp: now, signature };
    return JSON.stringify({ id: 1, method: 'userDataStream.subscribe.signature', params });
  },
  ping: () => JSON.stringify({ id: 'ping', method: 'ping' }),
  scan: (frame, rules) => {
    const report = scanExecutionReport(frame);
    return report && getOrElseW(() => undefined)(evidence(report, rules));
  },
  decode: (frame, rules) => (Pong.is(frame) ? t.success([]) : readFrame(frame, rules)),
};

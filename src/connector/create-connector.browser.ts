import { ignoreElements, merge, NEVER, of, Subject, throwError } from 'rxjs';
import type { Exchange, PerpetualExchange } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { ConnectorOptions } from './connector-options.js';
import type { Connector } from './connector.js';
import { createContext } from './create-context.js';
import { fundingInfos } from './funding-info.js';
import { marketStreams } from './market-streams.js';
import { createMetrics } from './metrics.js';
import { networkCheck } from './network-check.js';
import type { PerpetualConnector } from './perpetual-connector.js';
import { tradeFees } from './trade-fees.js';
import { tradingRules } from './trading-rules.js';
import { writeLog } from './write-log.js';

const refused$ = throwError(
  () =>
    new ConnectorError(
      'not_supported',
      'A connector in a browser is of market data: it has no account and places no orders.',
    ),
);
const refuse = () => refused$;

/** What a connector without an account answers: a page signs nothing, so that nothing here is ever placed. */
const account = {
  balances$: refused$,
  budgetChecker: { adjustCandidate: refuse, adjustCandidates: refuse },
  orderUpdates$: refused$,
  fills$: refused$,
  inFlightOrders$: refused$,
  externalOrders$: refused$,
  withGaps: {
    balances$: refused$,
    orderUpdates$: refused$,
    fills$: refused$,
    inFlightOrders$: refused$,
    externalOrders$: refused$,
  },
  buy: refuse,
  sell: refuse,
  cancel: (clientOrderId) => of({ clientOrderId, outcome: 'not_found' }),
  cancelAll: () => of([]),
} satisfies Partial<Connector>;

const createParts = (exchange: Exchange, options: ConnectorOptions) => {
  const errors = new Subject<ConnectorError>();
  const context = createContext(exchange, options, (error) => errors.next(error));
  const { rules$ } = tradingRules(context);
  return { context, rules$, errors$: errors.asObservable() };
};

const compose = (
  { context, rules$, errors$ }: ReturnType<typeof createParts>,
  { logger }: ConnectorOptions,
): Connector => {
  const { name } = context.exchange;
  const { status$ } = context.status;
  // It lives as long as the connector, and does nothing while nothing is in demand.
  networkCheck(context).subscribe();
  const { metric$, event$ } = createMetrics(context, { change$: NEVER, marker$: NEVER });
  // It lives as long as the connector too.
  if (logger !== undefined) writeLog(logger, { name, errors$, status$, event$ }).subscribe();
  return {
    name,
    ...marketStreams(context, rules$),
    tradeFee$: tradeFees(context, rules$),
    ...account,
    status$,
    errors$,
    metrics$: metric$,
    connect: () => merge(status$, rules$.pipe(ignoreElements())),
  };
};

/** As that of node, without an account: its streams, and orders, error with kind `not_supported`. */
export const createConnector = (exchange: Exchange, options: ConnectorOptions = {}): Connector =>
  compose(createParts(exchange, options), options);

/** As that of node, without an account: funding is all that it tells besides. */
export const createPerpetualConnector = (
  exchange: PerpetualExchange,
  options: ConnectorOptions = {},
): PerpetualConnector => {
  const parts = createParts(exchange, options);
  const source = exchange.perpetual;
  const connector = compose(parts, options);
  return {
    ...connector,
    fundingInfo$: fundingInfos({ ...parts, source, heed: () => undefined }),
    fundingPayments$: refused$,
    positions$: refused$,
    marginCalls$: refused$,
    leverage$: refuse,
    setLeverage: refuse,
    positionMode$: refused$,
    supportedPositionModes: source.positionModes,
    setPositionMode: refuse,
    withGaps: { ...connector.withGaps, positions$: refused$ },
  };
};

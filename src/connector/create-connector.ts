import { merge, ignoreElements, Subject } from 'rxjs';
import type { Exchange, PerpetualExchange } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import { compose, type ComposeOptions, type Foundation } from './compose.js';
import type { ConnectorOptions } from './connector-options.js';
import type { Connector } from './connector.js';
import { createContext } from './create-context.js';
import { createJournal } from './journal.js';
import type { PerpetualConnector } from './perpetual-connector.js';
import { perpetualSettings } from './perpetual-settings.js';
import { perpetualStreams } from './perpetual-streams.js';
import { tradingRules } from './trading-rules.js';
import { userStream } from './user-stream.js';

export type { ConnectorOptions } from './connector-options.js';

const createFoundation = (exchange: Exchange, options: ConnectorOptions): Foundation => {
  const errors = new Subject<ConnectorError>();
  const context = createContext(exchange, options, (error) => errors.next(error));
  const rules = tradingRules(context);
  return {
    context,
    errors$: errors.asObservable(),
    journal: createJournal(options.store, context),
    user: userStream(context, rules.rules$),
    ...rules,
  };
};

const composeOptions = (
  exchange: Exchange,
  { balances = exchange.balanceMode, clientOrderIdPrefix, rounding, logger }: ConnectorOptions,
): Omit<ComposeOptions, 'settings'> => {
  if (exchange.perpetual !== undefined && balances === 'estimated')
    throw new ConnectorError('not_supported', 'Balances of margin accounts cannot be estimated.');
  return {
    mode: balances,
    prefix: clientOrderIdPrefix ?? 'rx-',
    rounding: rounding ?? 'passive',
    logger,
  };
};

/**
 * Makes a connector of an exchange's description. Nothing is connected until something is subscribed
 * to, and two connectors share nothing.
 *
 * @throws {@link ConnectorError} of kind `not_supported` where the domain is not one of the exchange's or the
 * prefix of client order ids not what it takes,
 * and of kind `authentication` where the credentials cannot be keys.
 *
 * @example
 * ```ts
 * const exchange = createConnector(myExchange, { credentials });
 * exchange.orderBook$('BTC-USDT').subscribe((book) => console.log(book.midPrice));
 * ```
 */
export const createConnector = (exchange: Exchange, options: ConnectorOptions = {}): Connector => {
  const foundation = createFoundation(exchange, options);
  const { perpetual } = exchange;
  const settings = perpetual && perpetualSettings({ ...foundation, source: perpetual });
  return compose(foundation, { ...composeOptions(exchange, options), settings });
};

/**
 * The same of an exchange of perpetuals, with positions, leverage and funding.
 *
 * @example
 * ```ts
 * const perpetual = createPerpetualConnector(binanceUsdm, { credentials });
 * perpetual.fundingInfo$('BTC-USDT').subscribe(({ rate }) => console.log(rate.toFixed()));
 * ```
 * @throws {@link ConnectorError} as {@link createConnector} does, and of kind `not_supported` where balances are to be
 * estimated: those of margin accounts cannot be.
 */
export const createPerpetualConnector = (
  exchange: PerpetualExchange,
  options: ConnectorOptions = {},
): PerpetualConnector => {
  const foundation = createFoundation(exchange, options);
  const parts = { ...foundation, source: exchange.perpetual };
  const settings = perpetualSettings(parts);
  const connector = compose(foundation, { ...composeOptions(exchange, options), settings });
  const { gappedPositions$, kept$, ...streams } = perpetualStreams({ ...parts, settings });
  return {
    ...connector,
    ...streams,
    withGaps: { ...connector.withGaps, positions$: gappedPositions$ },
    connect: () => merge(connector.connect(), kept$.pipe(ignoreElements())),
  };
};

import type { Observable } from 'rxjs';
import type { FundingInfo, FundingPayment } from '../core/funding.js';
import type { Gapped } from '../core/gapped.js';
import type { MarginCall, PositionMode, Positions } from '../core/position.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { GappedAccountStreams } from './account-streams.js';
import type { Connector } from './connector.js';
import type { MarketStream } from './market-stream.js';

/** The account's streams of an exchange of perpetuals that tell of their gaps. */
export interface GappedPerpetualStreams extends GappedAccountStreams {
  readonly positions$: Observable<Gapped<Positions>>;
}

/** What a connector of perpetuals has besides those that all connectors have. */
export interface PerpetualFeatures {
  /**
   * Index price, mark price, funding rate and the next funding time of a pair: at once by REST, then as its channel
   * tells. REST stands in every 5 s for a channel that is down. Shared, replays the latest.
   *
   * @example
   * ```ts
   * perpetual
   *   .fundingInfo$('BTC-USDT')
   *   .subscribe(({ rate, nextFundingTime }) => console.log(rate.toFixed(), new Date(nextFundingTime)));
   * ```
   */
  readonly fundingInfo$: MarketStream<FundingInfo>;

  /**
   * The account's funding payments of all pairs, each once, from the first subscription on; hot. They come by REST: just
   * after each funding time, when the account's stream tells of one or comes up again, and every 10 min. So one may
   * be told late, and none is missed: whoever subscribes anew hears first what was paid since the last one left.
   * With a `store` a connector that is made again goes on where the one before was.
   */
  readonly fundingPayments$: Observable<FundingPayment>;

  /**
   * The positions that are not 0, at every change: by pair in one-way mode, and in hedge mode by pair and side, see
   * `positionKey`. REST first, then the account's stream; REST confirms as it does for balances.
   * Shared, replays the latest.
   *
   * @example
   * ```ts
   * perpetual.positions$.subscribe((positions) =>
   *   console.log(positions.get('BTC-USDT')?.amount.toFixed() ?? 'no position'),
   * );
   * ```
   */
  readonly positions$: Observable<Positions>;

  /** Warnings that positions may be liquidated soon, where the exchange gives them; hot. */
  readonly marginCalls$: Observable<MarginCall>;

  /** The leverage of a pair, as it is set for the account: at once, then when it changes. Shared, replays the latest. */
  readonly leverage$: (pair: TradingPair) => Observable<number>;

  /**
   * Sets the leverage of a pair, at each subscription: emits the leverage that holds then, and completes. That it is
   * so already is a success. Errors with a `ConnectorError`: of kind `position_conflict` where the exchange refuses
   * because of what is open, of kind `invalid_order` where it is no leverage; `leverage$` is the exchange's all the same.
   */
  readonly setLeverage: (pair: TradingPair, leverage: number) => Observable<number>;

  /** The account's position mode: at once, then when it changes. Shared, replays the latest. */
  readonly positionMode$: Observable<PositionMode>;

  /** The position modes that the exchange has. */
  readonly supportedPositionModes: readonly PositionMode[];

  /**
   * Sets the account's position mode, at each subscription: emits the mode that holds then, and completes. That it is so
   * already is a success. Errors with a `ConnectorError`: of kind `position_conflict` where the exchange refuses
   * because positions or orders are open, of kind `not_supported` for a mode that it does not have.
   *
   * @example
   * ```ts
   * concat(
   *   perpetual.setPositionMode('one_way'),
   *   perpetual.setLeverage('BTC-USDT', 5),
   *   perpetual.sell({ pair: 'BTC-USDT', type: 'market', amount: '0.01', positionAction: 'open' }),
   * ).subscribe();
   * ```
   */
  readonly setPositionMode: (mode: PositionMode) => Observable<PositionMode>;
}

/**
 * An exchange of perpetuals, as a strategy sees it.
 *
 * Orders take a `positionAction`, and are sent once the account's position mode is known. Balances are those of the
 * collateral, which `tradingRules$` tells of each pair; the budget checker reckons with margin by the account's leverage.
 * While balances and the leverage of a pair are followed, an order that opens more than the account affords fails
 * with `insufficient_funds` before anything is sent.
 */
export interface PerpetualConnector extends Connector, PerpetualFeatures {
  readonly withGaps: GappedPerpetualStreams;
}

import { catchError, EMPTY, filter, merge, type Observable } from 'rxjs';
import type { Gapped } from '../core/gapped.js';
import type { MarginCall, Positions } from '../core/position.js';
import { accountPositions } from './account-positions.js';
import { dataOf } from './data-of.js';
import { fundingInfos } from './funding-info.js';
import { fundingPayments } from './funding-payments.js';
import type { Journal } from './journal.js';
import type { PerpetualFeatures } from './perpetual-connector.js';
import type { PerpetualParts } from './perpetual-parts.js';
import type { PerpetualSettings } from './perpetual-settings.js';
import type { UserStreamSignal } from './user-stream.js';

/** What the perpetual streams are made of. */
export interface PerpetualStreamsOptions extends PerpetualParts {
  readonly journal: Journal;
  readonly settings: PerpetualSettings;
}

/** What a perpetual connector has besides. */
export interface PerpetualStreams extends PerpetualFeatures {
  readonly gappedPositions$: Observable<Gapped<Positions>>;
  /** Keeps the account's perpetual parts up while subscribed. */
  readonly kept$: Observable<unknown>;
}

const isMarginCall = (signal: UserStreamSignal): signal is MarginCall =>
  signal.kind === 'margin_call';

/** The streams and commands of positions, leverage and funding; each stream is shared. */
export const perpetualStreams = (options: PerpetualStreamsOptions): PerpetualStreams => {
  const { context, source, user, settings, journal } = options;
  const { mode, leverage } = settings;
  const payments = fundingPayments({ ...options, journal: journal.funding });
  const gappedPositions$ = accountPositions(options);
  return {
    fundingInfo$: fundingInfos({ ...options, heed: payments.heed }),
    fundingPayments$: payments.payment$,
    gappedPositions$,
    positions$: dataOf(gappedPositions$),
    marginCalls$: user.signal$.pipe(filter(isMarginCall)),
    leverage$: (pair) => leverage(pair).value$,
    setLeverage: (pair, value) => leverage(pair).set(value),
    positionMode$: mode.value$,
    supportedPositionModes: source.positionModes,
    setPositionMode: mode.set,
    kept$:
      context.signer === undefined
        ? EMPTY
        : merge(gappedPositions$, mode.value$.pipe(catchError(() => EMPTY))),
  };
};

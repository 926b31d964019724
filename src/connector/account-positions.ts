import {
  auditTime,
  defer,
  filter,
  ignoreElements,
  map,
  merge,
  mergeMap,
  Subject,
  take,
  type Observable,
} from 'rxjs';
import { applyPositions, noPositions, type PositionEvent } from '../account/positions.js';
import type { Gapped } from '../core/gapped.js';
import type { Positions } from '../core/position.js';
import type { TradingPair } from '../core/trading-pair.js';
import { emitEach } from '../net/emit-each.js';
import { shareStanding } from '../net/share-standing.js';
import { createAccountGap, standingState } from './account-gap.js';
import type { PerpetualParts } from './perpetual-parts.js';
import { askAtPace } from './pace.js';
import type { UserStreamSignal } from './user-stream.js';
import { withPersistence } from './with-persistence.js';
import { withStatus } from './with-status.js';

/** How long the account's stream may take to tell the position after a fill, in ms. */
const TOLD_WITHIN = 2_000;

type RestPositions = Extract<PositionEvent, { readonly type: 'rest' }>;

/**
 * The account's positions, with their gaps: a REST answer first, then the account's stream, confirmed by REST;
 * shared. A fill that the stream tells without the position that comes of it has REST asked.
 */
export const accountPositions = ({
  context,
  source,
  user,
  rules$,
}: PerpetualParts): Observable<Gapped<Positions>> => {
  const { rest, environment, status } = context;
  const { scheduler } = environment;
  const asked$ = rules$.pipe(
    take(1),
    mergeMap((rules) => {
      const requestedAt = scheduler.now();
      return rest
        .call(source.positions, { rules })
        .pipe(map((update): RestPositions => ({ type: 'rest', update, requestedAt })));
    }),
    withPersistence(context),
  );
  return defer(() => {
    const gap = createAccountGap(scheduler);
    const filled = new Subject<void>();
    /** The exchange's time of the last fill in a market, where no position was told since. */
    const owed = new Map<TradingPair, number>();
    let state = noPositions;

    const step = (event: PositionEvent, backfilled: boolean): readonly Gapped<Positions>[] => {
      const before = state;
      state = applyPositions(state, event);
      const isNews = state !== before && state.complete;
      return isNews ? [{ kind: 'data', value: state.positions, backfilled }] : [];
    };
    const hear = (signal: UserStreamSignal): readonly Gapped<Positions>[] => {
      if (signal.kind === 'positions') {
        for (const { pair, time } of signal.positions)
          if (time >= (owed.get(pair) ?? Infinity)) owed.delete(pair);
        return step({ type: 'stream', update: signal, receivedAt: scheduler.now() }, false);
      }
      if (signal.kind === 'trade') {
        owed.set(signal.pair, signal.time);
        filled.next();
      }
      const marker = gap.heed(signal);
      return marker === undefined ? [] : [marker];
    };
    const answer = (event: RestPositions): readonly Gapped<Positions>[] => {
      owed.clear();
      const data = step(event, gap.isOpen());
      const marker = gap.answered(event.requestedAt);
      return marker === undefined ? data : [...data, marker];
    };
    const doubt$ = filled.pipe(
      auditTime(TOLD_WITHIN, scheduler),
      filter(() => owed.size > 0),
    );
    return merge(
      rules$.pipe(ignoreElements()),
      user.signal$.pipe(emitEach(hear)),
      askAtPace(asked$, { user, doubt$, scheduler }).pipe(emitEach(answer)),
    ).pipe(withStatus(status, 'positions', () => !gap.isOpen()));
  }).pipe(shareStanding(standingState));
};

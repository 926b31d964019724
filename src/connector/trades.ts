import {
  catchError,
  concat,
  defer,
  EMPTY,
  filter,
  map,
  merge,
  mergeMap,
  of,
  Subject,
  switchMap,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { Gapped } from '../core/gapped.js';
import type { PublicTrade } from '../core/trade.js';
import type { TradingRule, TradingRules } from '../core/trading-rule.js';
import type { ChannelEvent } from '../net/channels.js';
import { emitEach } from '../net/emit-each.js';
import { shareStanding } from '../net/share-standing.js';
import { within } from '../net/within.js';
import type { Context } from './context.js';
import { dataOf } from './data-of.js';
import { decoded } from './decoded.js';
import { meterGaps } from './gap-metrics.js';
import { marketStream, type MarketStream } from './market-stream.js';
import { TradeSequence, type Refill, type TradeSignal } from './trade-sequence.js';
import { signsOfLife } from './signs-of-life.js';
import { ruleOf } from './trading-rules.js';
import { withStatus } from './with-status.js';

/** How long a page of trades may take, repeated attempts included, in ms: live trades wait for it. */
const PAGE_WITHIN = 15_000;

const late = (): ConnectorError =>
  new ConnectorError('timeout', `No missed trades within ${PAGE_WITHIN} ms.`);

/** Gets what a sequence asks for. */
const refilled = (
  { after: tradeId, wait }: Refill,
  rule: TradingRule,
  { exchange, rest, environment: { scheduler }, report }: Context,
): Observable<TradeSignal> => {
  if (tradeId === undefined) return EMPTY;
  const page$ = rest.call(exchange.trades.since, { rule, tradeId }).pipe(
    within(PAGE_WITHIN, scheduler, late),
    map((trades): TradeSignal => ({ type: 'page', trades })),
    catchError((error: unknown) => {
      report(toConnectorError(error, 'exchange'));
      return of<TradeSignal>({ type: 'failed' });
    }),
  );
  return concat(timer(wait, scheduler).pipe(map((): TradeSignal => ({ type: 'due' }))), page$);
};

/**
 * Asks whether there are trades that neither the sequence nor the answer before told of. The first answer
 * for a market whose channel told no trade yet, or none since trades were given up, shows only which one is the
 * latest.
 */
const behind = (
  sequence: TradeSequence,
  rule: TradingRule,
  { exchange: { trades: source }, rest }: Context,
): Observable<boolean> => {
  let latest: PublicTrade | undefined;
  const known = (): string | undefined => {
    const { lastTradeId, hasLeftHole } = sequence;
    if (
      latest !== undefined &&
      (lastTradeId === undefined || source.follow(lastTradeId, latest) !== 'stale')
    )
      return latest.tradeId;
    return hasLeftHole ? undefined : lastTradeId;
  };
  return defer(() => {
    const tradeId = known();
    return rest.call(source.since, { rule, ...(tradeId === undefined ? {} : { tradeId }) }).pipe(
      map((trades) => {
        latest = trades.at(-1) ?? latest;
        return tradeId !== undefined && trades.length > 0;
      }),
    );
  });
};

const tradesOf = (rule: TradingRule, context: Context): Observable<Gapped<PublicTrade>> => {
  const { exchange, channels, environment, status, meter, report } = context;
  const source = { channel: 'trades', pair: rule.pair } as const;
  const { channel } = exchange.trades;
  const topic = channel.topic(rule);
  const read = decoded(channel, rule, context);
  const signal = (event: ChannelEvent): TradeSignal | undefined => {
    if (event.type !== 'data') return event;
    const trade = read(event.text);
    if (meter.countsMessages()) meter.message({ time: trade?.time, at: event.at, ...source });
    return trade === undefined ? undefined : { type: 'trade', trade };
  };
  return defer(() => {
    const sequence = new TradeSequence(rule.pair, exchange.trades);
    const needs = new Subject<Refill>();
    const refill$ = needs.pipe(switchMap((need) => refilled(need, rule, context)));
    const isBehind$ = behind(sequence, rule, context);
    const { heed, watch$ } = signsOfLife({ topic, isBehind$ }, context);
    const channel$ = channels.channel$(topic).pipe(
      tap(heed),
      withStatus(status, 'trades', ({ type }) => type !== 'down'),
      map(signal),
      filter((one) => one !== undefined),
    );
    return merge(refill$, channel$, watch$).pipe(
      emitEach((one) => sequence.step(one, environment.scheduler.now())),
      filter((step): step is Gapped<PublicTrade> => {
        if (step.kind === 'refill') needs.next(step);
        return step.kind !== 'refill';
      }),
      meterGaps(source, context),
      tap((event) => {
        // A socket that was lost is on `errors$` already.
        if (event.kind === 'gap' && event.cause.kind === 'sequence_gap') report(event.cause);
      }),
    );
  });
};

/** Whoever comes during a gap hears of it first. */
const standingGap = (
  standing: readonly Gapped<PublicTrade>[],
  event: Gapped<PublicTrade>,
): readonly Gapped<PublicTrade>[] => {
  if (event.kind === 'data') return standing;
  return event.kind === 'gap' ? [event] : [];
};

/** The public trades of each pair; shared by all who ask for the pair. */
export const publicTrades = (
  context: Context,
  rules$: Observable<TradingRules>,
): MarketStream<PublicTrade> =>
  marketStream((pair) => {
    const gapped$ = ruleOf(rules$, pair).pipe(
      mergeMap((rule) => tradesOf(rule, context)),
      shareStanding(standingGap),
    );
    return { gapped$, data$: dataOf(gapped$) };
  });

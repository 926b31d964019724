import {
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  map,
  merge,
  mergeMap,
  timer,
  type Observable,
} from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { FundingInfo } from '../core/funding.js';
import type { Gapped } from '../core/gapped.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { ChannelEvent } from '../net/channels.js';
import { shareStanding } from '../net/share-standing.js';
import { standingState } from './account-gap.js';
import { dataOf } from './data-of.js';
import { decoded } from './decoded.js';
import { meterGaps } from './gap-metrics.js';
import { marketStream, type MarketStream } from './market-stream.js';
import type { PerpetualParts } from './perpetual-parts.js';
import { SHORT_POLL } from './pulse.js';
import { signsOfLife } from './signs-of-life.js';
import { ruleOf } from './trading-rules.js';
import { withGaps } from './with-gaps.js';
import { withStatus } from './with-status.js';

/** What the streams of funding work with. */
export interface FundingInfoOptions extends Omit<PerpetualParts, 'user'> {
  /** Is told what becomes known of a market's funding. */
  readonly heed: (info: FundingInfo) => void;
}

const isOther = (a: FundingInfo, b: FundingInfo): boolean =>
  !a.markPrice.eq(b.markPrice) || !a.rate.eq(b.rate) || a.nextFundingTime !== b.nextFundingTime;

const infoOf = (
  rule: TradingRule,
  { context, source, heed }: FundingInfoOptions,
): Observable<Gapped<FundingInfo>> => {
  const { channels, rest, environment, status, meter, report } = context;
  const from = { channel: 'fundingInfo', pair: rule.pair } as const;
  const { scheduler } = environment;
  const topic = source.fundingInfo.topic(rule);
  const read = decoded(source.fundingInfo, rule, context);
  const asked$ = rest.call(source.latestFundingInfo, { rule });
  return defer(() => {
    let latest: FundingInfo | undefined;
    let goodAt = scheduler.now();
    /** Whether the channel has told something since it came up. */
    let isTold = false;

    const isBehind$ = asked$.pipe(
      map((info) => latest === undefined || (info.time > latest.time && isOther(info, latest))),
    );
    const signs = signsOfLife({ topic, isBehind$ }, context);
    const told = (event: ChannelEvent): FundingInfo | ConnectorError | undefined => {
      signs.heed(event);
      if (event.type === 'data') {
        isTold = true;
        const info = read(event.text);
        if (meter.countsMessages()) meter.message({ time: info?.time, at: event.at, ...from });
        return info;
      }
      isTold = false;
      return event.type === 'down' ? event.cause : undefined;
    };
    /** REST stands in for a channel that is down, or has not told anything yet. */
    const fallback$ = timer(0, SHORT_POLL, scheduler).pipe(
      filter(() => !isTold),
      exhaustMap(() =>
        asked$.pipe(
          catchError((error: unknown) => {
            report(toConnectorError(error, 'exchange'));
            return EMPTY;
          }),
        ),
      ),
    );
    /** What REST and the channel tell may overtake each other. */
    const isNews = (
      one: FundingInfo | ConnectorError | undefined,
    ): one is FundingInfo | ConnectorError => {
      if (one === undefined || one instanceof ConnectorError) return one !== undefined;
      if (one.time < (latest?.time ?? -Infinity)) return false;
      latest = one;
      goodAt = scheduler.now();
      heed(one);
      return true;
    };
    return merge(signs.watch$, channels.channel$(topic).pipe(map(told)), fallback$).pipe(
      filter(isNews),
      withGaps(() => goodAt),
      meterGaps(from, context),
      withStatus(status, 'fundingInfo', ({ kind }) => kind !== 'gap'),
    );
  });
};

/** What holding each pair costs or yields; shared by all who ask for the pair. */
export const fundingInfos = (options: FundingInfoOptions): MarketStream<FundingInfo> =>
  marketStream((pair) => {
    const gapped$ = ruleOf(options.rules$, pair).pipe(
      mergeMap((rule) => infoOf(rule, options)),
      shareStanding(standingState),
    );
    return { gapped$, data$: dataOf(gapped$) };
  });

import { mergeMap, throwError } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import type { TradingPair } from '../core/trading-pair.js';
import { accountSetting, type AccountSetting } from './account-setting.js';
import { perPair } from './per-pair.js';
import type { PerpetualParts } from './perpetual-parts.js';
import { ruleOf } from './trading-rules.js';

const noLeverage = (leverage: number): ConnectorError =>
  new ConnectorError(
    'invalid_order',
    `A leverage is a number above zero, got ${String(leverage)}.`,
  );

/** The leverage of each pair, as the account has set it. */
export const leverages = ({
  context,
  source,
  user,
  rules$,
}: PerpetualParts): ((pair: TradingPair) => AccountSetting<number>) =>
  perPair((pair) => {
    const rule$ = ruleOf(rules$, pair);
    const { rest } = context;
    return accountSetting<number>({
      context,
      user,
      read$: rule$.pipe(mergeMap((rule) => rest.call(source.leverage, { rule }))),
      write: (leverage) =>
        Number.isFinite(leverage) && leverage > 0
          ? rule$.pipe(mergeMap((rule) => rest.call(source.setLeverage, { rule, leverage })))
          : throwError(() => noLeverage(leverage)),
      toldBy: (signal) =>
        signal.kind === 'leverage' && signal.pair === pair
          ? { value: signal.leverage, time: signal.time }
          : undefined,
      alreadySo: source.alreadySo,
    });
  });

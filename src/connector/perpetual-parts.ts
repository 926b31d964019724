import type { Observable } from 'rxjs';
import type { PerpetualSource } from '../core/contract.js';
import type { TradingRules } from '../core/trading-rule.js';
import type { Context } from './context.js';
import type { UserStream } from './user-stream.js';

/** What the parts of a perpetual connector work with. */
export interface PerpetualParts {
  readonly context: Context;
  readonly source: PerpetualSource;
  readonly user: UserStream;
  readonly rules$: Observable<TradingRules>;
}

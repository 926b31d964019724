import { isLeft } from 'fp-ts/lib/Either.js';
import { EMPTY, mergeMap, of, type OperatorFunction } from 'rxjs';
import { decodeError } from '../core/codecs.js';
import type { Channel } from '../core/contract.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { ChannelEvent } from '../net/channels.js';
import type { Context } from './context.js';

/** The messages of a channel. One that does not decode goes to `errors$` and is dropped alone. */
export const decoded = <Message>(
  channel: Channel<Message>,
  rule: TradingRule,
  { report }: Pick<Context, 'report'>,
): OperatorFunction<ChannelEvent, Message> =>
  mergeMap((event) => {
    if (event.type !== 'data') return EMPTY;
    const message = channel.decode(event.data, rule);
    if (isLeft(message)) {
      report(decodeError(`A message of ${channel.topic(rule)}`, message.left));
      return EMPTY;
    }
    return of(message.right);
  });

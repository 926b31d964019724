import { isLeft } from 'fp-ts/lib/Either.js';
import { decodeError } from '../core/codecs.js';
import type { Channel } from '../core/contract.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { ChannelEvent } from '../net/channels.js';
import type { Context } from './context.js';

/**
 * Reads the messages of a channel; `undefined` stands for an event that is none. A message that does
 * not decode goes to `errors$`, and is dropped alone.
 */
export const decoded =
  <Message>(channel: Channel<Message>, rule: TradingRule, { report }: Pick<Context, 'report'>) =>
  (event: ChannelEvent): Message | undefined => {
    if (event.type !== 'data') return undefined;
    const message = channel.decode(event.data, rule);
    if (!isLeft(message)) return message.right;
    report(decodeError(`A message of ${channel.topic(rule)}`, message.left));
    return undefined;
  };

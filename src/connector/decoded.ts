import { isLeft } from 'fp-ts/lib/Either.js';
import { failure, type Validation } from 'io-ts';
import { decodeError, parseJson } from '../core/codecs.js';
import type { Channel, StreamFrame } from '../core/contract.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { Context } from './context.js';

/**
 * Reads the frames of a channel; `undefined` stands for one that cannot be read. It goes to `errors$`, and
 * is dropped alone.
 */
export const decoded = <Message>(
  channel: Channel<Message>,
  rule: TradingRule,
  { exchange: { streams }, report }: Pick<Context, 'exchange' | 'report'>,
): ((text: string) => Message | undefined) => {
  const topic = channel.topic(rule);
  const read = (frame: StreamFrame): Validation<Message> =>
    frame.type === 'data' && frame.topic === topic
      ? channel.decode(frame.data, rule)
      : failure(frame, [], topic);
  return (text) => {
    const frame = streams.read(parseJson(text));
    const message = isLeft(frame) ? frame : read(frame.right);
    if (!isLeft(message)) return message.right;
    report(decodeError(`A message of ${topic}`, message.left));
    return undefined;
  };
};

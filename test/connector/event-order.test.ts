import { Decimal } from '../../src/core/decimal.js';
import { BID, PLACE, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import type { VirtualFrame } from '../../src/testing/network-faults.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

/** What arrives about an order that is filled in two parts while its acknowledgement is on its way. */
const messages = ['answer', 'new', 'first fill', 'last fill'] as const;
type Message = (typeof messages)[number];

const permutations = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, index) =>
        permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
      );

const signs: Readonly<Record<Exclude<Message, 'answer'>, string>> = {
  new: '"x":"NEW"',
  'first fill': '"z":"0.00400000"',
  'last fill': '"z":"0.01000000"',
};

/** An order of which each message takes so long. */
const run = (delayOf: (message: Message) => number, copies = 1) => {
  const venue = createVirtualVenue();
  const { network } = venue;
  const connected = record(venue.exchange.connect());
  venue.advance(5_000);
  network.requestFaults.add(({ name }) => name === PLACE, { answerDelay: delayOf('answer') });
  for (const message of messages)
    if (message !== 'answer')
      network.frameFaults.add(
        ({ path, text }: VirtualFrame) => path === USER_STREAM && text.includes(signs[message]),
        { delay: delayOf(message), copies },
      );
  const fills = record(venue.exchange.fills$);
  const story = record(venue.exchange.buy(BID));
  venue.advance(15);
  venue.rival('sell', '60000', '0.004');
  venue.rival('sell', '60000', '0.006');
  venue.advance(30_000);
  connected.stop();
  return { venue, story, fills };
};

describe('what is told of an order in any sequence', () => {
  const sequences = permutations(messages).map((sequence) => [sequence.join(', '), sequence]);

  it.each(sequences)('is the same order in the end: %s', (_, sequence) => {
    const { venue, story, fills } = run((message) => 1_000 * sequence.indexOf(message));
    expect(story.state()).toBe('completed');
    expect(story.last()).toMatchObject({ state: 'filled', reason: 'filled', fillsComplete: true });
    expect(story.last()!.executedAmount.toFixed()).toBe('0.01');
    expect(fills.values.map(({ tradeId }) => tradeId).sort()).toEqual(
      venue.trades().map(({ tradeId }) => `${tradeId}`),
    );
  });

  it.each(sequences)('never takes anything back: %s', (_, sequence) => {
    const { story } = run((message) => 1_000 * sequence.indexOf(message));
    const executed = story.values.map(({ executedAmount }) => executedAmount);
    executed.reduce((before, after) => {
      expect(after.gte(before)).toBe(true);
      return after;
    }, new Decimal(0));
    const stages = ['pending_create', 'open', 'partially_filled', 'filled'];
    const seen = story.values.map(({ state }) => stages.indexOf(state));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(story.values.filter(({ state }) => state === 'filled')).toHaveLength(1);
  });

  it.each(sequences)('counts what comes three times once: %s', (_, sequence) => {
    const { story, fills } = run((message) => 1_000 * sequence.indexOf(message), 3);
    expect(story.last()!.executedAmount.toFixed()).toBe('0.01');
    expect(fills.values).toHaveLength(2);
  });

  it.each(messages)('lacks nothing in the end where one was lost: %s', (lost) => {
    const { venue, story, fills } = run((message) => (message === lost ? Infinity : 0));
    venue.advance(130_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(fills.values).toHaveLength(2);
  });
});

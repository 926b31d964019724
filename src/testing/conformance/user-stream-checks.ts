import type { UserStreamEvent } from '../../core/contract.js';
import type { EventSample } from './account-fixtures.js';
import { jsonOf, textOf, type Bench } from './bench.js';
import {
  notApplicable,
  type ConformanceCheck,
  advising,
  type NotApplicable,
  type Title,
} from './check.js';
import { expectMeans, expectRead, expectSame, expectUnread, read } from './expect.js';
import type { Raw } from './fixtures.js';
import { spoiled } from './spoiled.js';

const telling = advising('mend `userStream.decode`, or the fixture where the pages say otherwise');
const scanning = advising(
  'let `userStream.scan` decline whatever is not exactly in the usual form',
);

/** The messages of the account's stream. */
export const userStreamChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rules } = bench;
  const { userStream } = exchange;
  const { stream } = fixtures.account;
  const decode = (raw: Raw) => userStream.decode(jsonOf(raw), rules);
  const eventsOf = (raw: Raw): readonly UserStreamEvent[] => read('the frame', decode(raw));
  const reads = (title: Title, sample: EventSample | NotApplicable) =>
    telling.given(title, sample, ({ raw, means }) => expectRead('the frame', decode(raw), means));
  const samples: readonly (EventSample | NotApplicable)[] = [
    stream.opened,
    stream.partlyFilled,
    stream.filled,
    stream.canceled,
    stream.expired,
    stream.selfTradePrevented,
    stream.rejected,
    stream.fillWithoutFee,
    stream.fillOfUnknownStatus,
    stream.balances,
  ];
  const frames: readonly Raw[] = [
    ...samples.flatMap((sample) => ('raw' in sample ? [sample.raw] : [])),
    stream.unknownStatus,
    stream.unknownMarket,
    ...stream.ignored,
  ];
  const scan = userStream.scan ?? notApplicable('it has no scanner of the account stream');
  const scanned = (text: string): readonly UserStreamEvent[] | undefined =>
    userStream.scan?.(text, rules);

  return [
    reads('7.01 an order that the exchange took is open', stream.opened),
    reads('7.02 a fill is told with its order', stream.partlyFilled),
    reads('7.03 the last fill fills the order', stream.filled),
    reads('7.04 an order that was canceled is over', stream.canceled),
    reads('7.05 an order that expired is over', stream.expired),
    reads('7.06 an order kept from trading with itself is over', stream.selfTradePrevented),
    reads('7.07 an order that was rejected is over', stream.rejected),
    reads('7.08 a fill without a fee is a fill', stream.fillWithoutFee),
    reads('7.09 a fill is not lost for a status that nobody knows', stream.fillOfUnknownStatus),
    reads('7.10 balances that changed are told', stream.balances),
    telling.check('7.11 a status that nobody knows is not guessed at', () =>
      expectUnread('the frame', decode(stream.unknownStatus)),
    ),
    telling.check('7.12 orders of unknown markets tell nothing', () =>
      expectRead('the frame', decode(stream.unknownMarket), []),
    ),
    telling.check('7.13 what is of no interest tells nothing', () => {
      for (const raw of [...stream.ignored, stream.pong]) expectRead('the frame', decode(raw), []);
    }),
    telling.check('7.14 what is no frame of the stream is not understood', () => {
      for (const frame of [{}, [], null, 'busy', 7, { event: {} }])
        expectUnread(`the frame ${JSON.stringify(frame)}`, userStream.decode(frame, rules));
    }),
    telling.check('7.15 a spoiled frame throws nothing', () => {
      for (const raw of [stream.partlyFilled.raw, ...stream.ignored.slice(0, 1)])
        for (const frame of spoiled(jsonOf(raw))) {
          userStream.decode(frame, rules);
          userStream.scan?.(JSON.stringify(frame), rules);
        }
    }),
    scanning.given('7.16 the scanner reads what the codec reads', scan, () => {
      for (const raw of frames) {
        const found = scanned(textOf(raw));
        if (found !== undefined) expectSame('what was scanned', found, eventsOf(raw));
      }
    }),
    scanning.given('7.17 the scanner reads a fill', scan, () => {
      const { raw, means } = stream.partlyFilled;
      expectMeans('what was scanned', scanned(textOf(raw)), means);
    }),
    scanning.given('7.18 the scanner declines a frame that is cut off', scan, () => {
      const text = textOf(stream.partlyFilled.raw);
      for (let length = 0; length < text.length; length += 1)
        expectSame(
          `the frame, cut after ${length} characters`,
          scanned(text.slice(0, length)),
          undefined,
        );
    }),
    scanning.given(
      '7.19 the scanner reads a frame in another form as the codec, or not at all',
      scan,
      () => {
        const frame = jsonOf(stream.partlyFilled.raw);
        for (const raw of [frame, ...spoiled(frame)])
          for (const text of [JSON.stringify(raw), JSON.stringify(raw, undefined, 1)]) {
            const found = scanned(text);
            if (found !== undefined)
              expectSame(`what was scanned of ${text}`, found, eventsOf(raw as Raw));
          }
      },
    ),
    telling.given('7.20 the end of the socket is announced', stream.ending, (raw) =>
      expectRead('the frame', decode(raw), [{ kind: 'ending' }]),
    ),
    telling.given('7.21 the end of the subscription is told', stream.ended, (raw) =>
      expectRead('the frame', decode(raw), [{ kind: 'ended' }]),
    ),
    advising('mend `userStream.ping`').check(
      '7.22 asking for a sign of life is as documented',
      () => expectSame('the frame', JSON.parse(userStream.ping()), jsonOf(stream.ping)),
    ),
  ];
};

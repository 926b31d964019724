import { createAccountGap, standingState } from '../../src/connector/account-gap.js';
import { ConnectorError } from '../../src/core/errors.js';
import type { Gapped } from '../../src/core/gapped.js';
import { virtualTime } from '../../src/testing/virtual-time.js';

const cause = new ConnectorError('network', 'lost');
const subscribed = { kind: 'subscribed' } as const;
const down = { kind: 'down', cause } as const;
const news = { kind: 'balances', balances: new Map(), time: 0 } as const;
const complete = { kind: 'resumed', recovered: 'complete' };

/** A stream that is up since 100, and a state that was asked for at 200. */
const start = () => {
  const time = virtualTime(100);
  const gap = createAccountGap(time.scheduler);
  gap.heed(subscribed);
  gap.answered(200);
  time.advance(200);
  return { ...time, gap };
};

describe('a gap of the account', () => {
  it('begins when the stream goes down, since the last time at which nothing was missed', () => {
    const { gap } = start();
    expect(gap.isOpen()).toBe(false);
    expect(gap.heed(down)).toEqual({ kind: 'gap', since: 200, cause });
    expect(gap.isOpen()).toBe(true);
  });

  it('begins no earlier than what the stream last told', () => {
    const { gap, advance } = start();
    gap.heed(news);
    advance(100);
    expect(gap.heed(down)).toMatchObject({ since: 300 });
  });

  it('is one gap, however often the stream goes down in it', () => {
    const { gap } = start();
    gap.heed(down);
    gap.heed(subscribed);
    expect(gap.heed(down)).toBeUndefined();
  });

  it('ends with the first answer that was asked for since the stream is back', () => {
    const { gap, advance } = start();
    gap.heed(down);
    advance(100);
    expect(gap.answered(350)).toBeUndefined();
    gap.heed(subscribed);
    expect(gap.answered(399)).toBeUndefined();
    expect(gap.isOpen()).toBe(true);
    expect(gap.answered(400)).toEqual(complete);
    expect(gap.answered(401)).toBeUndefined();
  });

  it('is none before the state was whole', () => {
    const gap = createAccountGap(virtualTime(100).scheduler);
    gap.answered(100);
    expect(gap.heed(down)).toBeUndefined();
    gap.heed(subscribed);
    expect(gap.heed(down)).toBeUndefined();
  });
});

describe('what stands of a state with gaps', () => {
  const data = (value: string): Gapped<string> => ({ kind: 'data', value, backfilled: false });
  const gap: Gapped<string> = { kind: 'gap', since: 0, cause };
  const resumed: Gapped<string> = { kind: 'resumed', recovered: 'complete' };

  it.each([
    ['the latest', [data('a'), data('b')], [data('b')]],
    ['a gap before the latest', [data('a'), gap], [gap, data('a')]],
    ['a gap before what it brought', [data('a'), gap, data('b')], [gap, data('b')]],
    ['no gap that is over', [data('a'), gap, data('b'), resumed], [data('b')]],
  ])('is %s', (_, told, stands) => {
    expect(told.reduce<readonly Gapped<string>[]>(standingState, [])).toEqual(stands);
  });
});

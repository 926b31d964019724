import fc from 'fast-check';
import {
  applyBalances,
  applyTotals,
  noBalances,
  type BalanceEvent,
  type BalanceState,
} from '../../src/account/balances.js';
import type { BalanceUpdate } from '../../src/core/balance.js';
import { Decimal } from '../../src/core/decimal.js';

type Amounts = Readonly<Record<string, number>>;

const update = (amounts: Amounts, time = 0): BalanceUpdate => ({
  kind: 'balances',
  balances: new Map(
    Object.entries(amounts).map(([asset, amount]) => [
      asset,
      { total: new Decimal(amount), available: new Decimal(amount) },
    ]),
  ),
  time,
});

const stream = (receivedAt: number, amounts: Amounts, time = receivedAt): BalanceEvent => ({
  type: 'stream',
  update: update(amounts, time),
  receivedAt,
});

/** What an answer states is older than what is told when it is asked for. */
const rest = (requestedAt: number, amounts: Amounts, time = requestedAt - 0.5): BalanceEvent => ({
  type: 'rest',
  update: update(amounts, time),
  requestedAt,
});

const amountsOf = ({ balances }: BalanceState): Amounts =>
  Object.fromEntries([...balances].map(([asset, { total }]) => [asset, total.toNumber()]));

const after = (...events: readonly BalanceEvent[]): BalanceState =>
  events.reduce(applyBalances, noBalances);

describe('applyBalances', () => {
  it.each<[what: string, events: readonly BalanceEvent[], amounts: Amounts]>([
    ['nothing is known at first', [], {}],
    ['REST tells all', [rest(5, { BTC: 1, USDT: 2 })], { BTC: 1, USDT: 2 }],
    [
      'the stream tells what changed',
      [rest(5, { BTC: 1, USDT: 2 }), stream(6, { BTC: 3 })],
      { BTC: 3, USDT: 2 },
    ],
    [
      'the stream tells of a new asset',
      [rest(5, { BTC: 1 }), stream(6, { BNB: 3 })],
      { BTC: 1, BNB: 3 },
    ],
    ['the stream tells of nothing left', [rest(5, { BTC: 1 }), stream(6, { BTC: 0 })], { BTC: 0 }],
    ['the stream tells before REST', [stream(3, { BTC: 1 })], { BTC: 1 }],
    ['a newer stream event wins', [stream(3, { BTC: 1 }), stream(4, { BTC: 2 })], { BTC: 2 }],
    [
      'REST asked before the event does not overwrite it',
      [stream(6, { BTC: 3 }), rest(5, { BTC: 1, USDT: 2 })],
      { BTC: 3, USDT: 2 },
    ],
    [
      'REST asked at the moment of the event does not either',
      [stream(5, { BTC: 3 }), rest(5, { BTC: 1 })],
      { BTC: 3 },
    ],
    [
      'REST asked after the event overwrites it',
      [stream(4, { BTC: 3 }), rest(5, { BTC: 1 })],
      { BTC: 1 },
    ],
    [
      'the age of each asset counts by itself',
      [stream(4, { BTC: 3 }), stream(6, { USDT: 4 }), rest(5, { BTC: 1, USDT: 2 })],
      { BTC: 1, USDT: 4 },
    ],
    [
      'the latest event of an asset counts',
      [stream(4, { BTC: 3 }), stream(6, { BTC: 4 }), rest(5, { BTC: 1 })],
      { BTC: 4 },
    ],
    [
      'what REST does not know vanishes',
      [rest(5, { BTC: 1, USDT: 2 }), rest(6, { USDT: 2 })],
      { USDT: 2 },
    ],
    [
      'so does what the stream told of before',
      [stream(4, { BTC: 1 }), rest(5, { USDT: 2 })],
      { USDT: 2 },
    ],
    [
      'but not what it told of since',
      [stream(6, { BTC: 1 }), rest(5, { USDT: 2 })],
      { BTC: 1, USDT: 2 },
    ],
    [
      'a later REST answer corrects the stream',
      [stream(6, { BTC: 1 }), rest(5, {}), rest(7, { BTC: 2 })],
      { BTC: 2 },
    ],
  ])('%s', (_, events, amounts) => expect(amountsOf(after(...events))).toEqual(amounts));

  it('heeds the order of the exchange where two sockets of the stream overlap', () => {
    const at = (time: number, receivedAt: number, amounts: Amounts): BalanceEvent =>
      stream(receivedAt, amounts, time);
    const news = at(20, 1, { BTC: 2 });
    expect(amountsOf(after(news, at(19, 2, { BTC: 1, USDT: 5 })))).toEqual({ BTC: 2, USDT: 5 });
    expect(amountsOf(after(news, at(20, 2, { BTC: 3 })))).toEqual({ BTC: 3 });
    const whole = rest(3, { BTC: 4 }, 30);
    expect(amountsOf(after(news, whole, at(29, 4, { BTC: 1, ETH: 1 })))).toEqual({ BTC: 4 });
    expect(amountsOf(after(news, whole, at(31, 4, { BTC: 5 })))).toEqual({ BTC: 5 });
  });

  it('believes the one that promises less, of REST and the stream in the same ms', () => {
    const whole = rest(3, { BTC: 4 }, 30);
    const same = (...amounts: readonly number[]) =>
      amountsOf(after(whole, ...amounts.map((BTC, index) => stream(4 + index, { BTC }, 30))));
    expect([same(5), same(3), same(4, 5), same(5, 4), same(5, 3, 9)]).toEqual(
      [4, 3, 5, 4, 9].map((BTC) => ({ BTC })),
    );
  });

  it('is complete once REST has told all, and stays so', () => {
    expect(noBalances.complete).toBe(false);
    expect(after(stream(1, { BTC: 1 })).complete).toBe(false);
    expect(after(stream(1, { BTC: 1 }), rest(2, {})).complete).toBe(true);
    expect(after(rest(2, {}), stream(3, { BTC: 1 })).complete).toBe(true);
  });

  it('keeps what is available apart from what is there', () => {
    const balance = { total: new Decimal('1.00000000000000000001'), available: new Decimal('0.4') };
    const held: BalanceUpdate = { ...update({}), balances: new Map([['BTC', balance]]) };
    for (const event of [
      { type: 'rest', update: held, requestedAt: 1 },
      { type: 'stream', update: held, receivedAt: 1 },
    ] as const)
      expect(applyBalances(noBalances, event).balances.get('BTC')).toEqual(balance);
  });
});

describe('where sockets overlap', () => {
  const at = (time: number, receivedAt: number, amounts: Amounts): BalanceEvent => ({
    type: 'stream',
    update: { ...update(amounts), time },
    receivedAt,
  });

  it.each<[what: string, events: readonly BalanceEvent[], amounts: Amounts]>([
    [
      'an older statement of an asset does not count',
      [at(2, 5, { BTC: 2 }), at(1, 6, { BTC: 1 })],
      { BTC: 2 },
    ],
    [
      'what it says of other assets does',
      [at(2, 5, { BTC: 2 }), at(1, 6, { BTC: 1, USDT: 1 })],
      { BTC: 2, USDT: 1 },
    ],
    [
      'another statement of the same ms counts',
      [at(2, 5, { BTC: 2 }), at(2, 6, { BTC: 3 })],
      { BTC: 3 },
    ],
    [
      'the very same does not overwrite what REST has said since',
      [at(2, 5, { BTC: 2 }), rest(6, { BTC: 4 }), at(2, 7, { BTC: 2 })],
      { BTC: 4 },
    ],
    [
      'an older statement leaves REST in its right',
      [at(2, 5, { BTC: 2 }), at(1, 9, { BTC: 1 }), rest(8, { BTC: 4 })],
      { BTC: 4 },
    ],
  ])('%s', (_, events, amounts) => {
    expect(amountsOf(after(...events))).toEqual(amounts);
  });
});

describe('by any events', () => {
  const amounts = fc.dictionary(fc.constantFrom('BTC', 'USDT', 'BNB'), fc.nat(9));
  const at = fc.nat(20);
  const anyEvent = fc.oneof(
    fc.tuple(at, amounts).map(([time, told]) => stream(time, told)),
    fc.tuple(at, amounts).map(([time, told]) => rest(time, told)),
  );
  const anyState = fc.array(anyEvent, { maxLength: 6 }).map((events) => after(...events));

  it('the state before is left as it was', () => {
    fc.assert(
      fc.property(anyState, anyEvent, (state, event) => {
        const told = new Map(event.update.balances);
        const [before, times] = [new Map(state.balances), new Map(state.told)];
        applyBalances(state, event);
        expect([state.balances, state.told, event.update.balances]).toEqual([before, times, told]);
      }),
    );
  });

  it('the same statement twice says no more than once', () => {
    fc.assert(
      fc.property(anyState, anyEvent, (state, event) => {
        const once = applyBalances(state, event);
        expect(applyBalances(once, event)).toEqual(once);
      }),
    );
  });

  it('stream events of different assets come in any order', () => {
    const disjoint = fc.tuple(fc.nat(9), fc.nat(9), at, at);
    fc.assert(
      fc.property(anyState, disjoint, (state, [btc, usdt, one, other]) => {
        const [a, b] = [stream(one, { BTC: btc }), stream(other, { USDT: usdt })];
        const amountsAfter = (...events: readonly BalanceEvent[]) => {
          const { told, ...end } = events.reduce(applyBalances, state);
          return { ...amountsOf({ ...end, told }), ...Object.fromEntries(told) };
        };
        expect(amountsAfter(a, b)).toEqual(amountsAfter(b, a));
      }),
    );
  });

  it('a REST answer and the events since it was asked for come in any order', () => {
    const afterwards = at.map((time) => 100 + time);
    const since = fc.array(fc.tuple(at, amounts), { maxLength: 4 });
    fc.assert(
      fc.property(anyState, afterwards, amounts, since, (state, requestedAt, told, later) => {
        const answer = rest(requestedAt, told);
        const events = later
          .map(([wait, changed]) => stream(requestedAt + wait, changed))
          .sort((a, b) =>
            a.type === 'stream' && b.type === 'stream' ? a.receivedAt - b.receivedAt : 0,
          );
        const ends = Array.from({ length: events.length + 1 }, (_, place) => {
          const end = events
            .toSpliced(place, 0, answer)
            .reduce(applyBalances, { ...state, told: noBalances.told });
          return Object.entries(amountsOf(end)).sort();
        });
        for (const end of ends) expect(end).toEqual(ends[0]);
      }),
    );
  });
});

/** One change of an asset at the exchange, and how its news travels. */
interface Change {
  readonly asset: string;
  readonly amount: number;
  readonly at: number;
  readonly receivedAt: number;
  readonly lost: boolean;
}

const changes: fc.Arbitrary<readonly Change[]> = fc
  .array(
    fc.record({
      asset: fc.constantFrom('BTC', 'USDT', 'BNB'),
      amount: fc.nat(3),
      gap: fc.nat(4),
      latency: fc.nat(6),
      lost: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((drawn) => {
    let [at, receivedAt] = [0, 0];
    return drawn.map(({ gap, latency, ...change }) => {
      at += gap;
      // A socket keeps the sequence of what it carries.
      receivedAt = Math.max(receivedAt, at + latency);
      return { ...change, at, receivedAt };
    });
  });

/** How long until REST is asked, until the exchange looks, and until the answer is here. */
const questions = fc.array(fc.tuple(fc.nat(8), fc.nat(3), fc.nat(5)), { maxLength: 6 });

const truth = (all: readonly Change[], at: number): Amounts =>
  Object.fromEntries(
    all.filter((change) => change.at <= at).map(({ asset, amount }) => [asset, amount]),
  );

/** An asset of which nothing is left counts like one that never was. */
const owned = (amounts: Amounts): Amounts =>
  Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0));

/** What a connector hears, at the time when it does; one question waits for the answer of another. */
const heard = (all: readonly Change[], asked: readonly (readonly [number, number, number])[]) => {
  let now = 0;
  const answers = asked.map(([wait, until, back]) => {
    const requestedAt = now + wait;
    now = requestedAt + until + back;
    const looksAt = requestedAt + until;
    const changedAt = Math.max(0, ...all.map(({ at }) => at).filter((at) => at <= looksAt));
    return { at: now, event: rest(requestedAt, owned(truth(all, looksAt)), changedAt) };
  });
  const news = all.flatMap(({ asset, amount, at, receivedAt, lost }) =>
    lost ? [] : [{ at: receivedAt, event: stream(receivedAt, { [asset]: amount }, at) }],
  );
  return [...news, ...answers].sort((a, b) => a.at - b.at).map(({ event }) => event);
};

describe('an account whose news and answers take their time', () => {
  const LATER = 1_000;

  it('is known exactly once every change was told of, whatever REST answered when', () => {
    fc.assert(
      fc.property(changes, questions, (all, asked) => {
        const told = all.map((change) => ({ ...change, lost: false }));
        expect(owned(amountsOf(after(...heard(told, asked))))).toEqual(owned(truth(told, LATER)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is known exactly by a REST answer that was asked for afterwards, whatever was lost', () => {
    fc.assert(
      fc.property(changes, questions, (all, asked) => {
        const confirmed = [...heard(all, asked), rest(LATER, owned(truth(all, LATER)))];
        expect(amountsOf(after(...confirmed))).toEqual(owned(truth(all, LATER)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('totals alone', () => {
  const amounts = (total: number, available: number) => ({
    total: new Decimal(total),
    available: new Decimal(available),
  });
  const stated = applyBalances(noBalances, {
    type: 'rest',
    update: { kind: 'balances', balances: new Map([['USDT', amounts(100, 60)]]), time: 10 },
    requestedAt: 10,
  });
  const totals = (total: number, time: number) =>
    ({ kind: 'totals', totals: new Map([['USDT', new Decimal(total)]]), time }) as const;
  const usdt = (state: BalanceState) => {
    const { total, available } = state.balances.get('USDT') ?? amounts(0, 0);
    return [total.toNumber(), available.toNumber()];
  };

  it.each([
    ['go down, and so does what is available', 90, 20, [90, 50]],
    ['go up, and what is available waits for a statement of it', 120, 20, [120, 60]],
    ['go down by more than is available', 30, 20, [30, 0]],
    ['are older than what is known', 90, 9, [100, 60]],
  ])('%s', (_, total, time, expected) => {
    expect(usdt(applyTotals(stated, totals(total, time), 20))).toEqual(expected);
  });

  it('stand against an answer that was asked for before', () => {
    const rest = (requestedAt: number) =>
      ({
        type: 'rest',
        update: { kind: 'balances', balances: new Map([['USDT', amounts(100, 70)]]), time: 30 },
        requestedAt,
      }) as const;
    const told = applyTotals(stated, totals(90, 20), 20);
    expect(usdt(applyBalances(told, rest(20)))).toEqual([90, 50]);
    expect(usdt(applyBalances(told, rest(21)))).toEqual([100, 70]);
  });
});

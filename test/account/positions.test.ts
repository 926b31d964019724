import fc from 'fast-check';
import { applyPositions, noPositions, type PositionEvent } from '../../src/account/positions.js';
import { Decimal } from '../../src/core/decimal.js';
import type { Position } from '../../src/core/position.js';

const position = (
  amount: string | number,
  time: number,
  more: Partial<Position> = {},
): Position => ({
  pair: 'BTC-USDT',
  side: 'net',
  amount: new Decimal(amount),
  entryPrice: new Decimal(100),
  unrealizedPnl: new Decimal(0),
  time,
  ...more,
});
const stream = (receivedAt: number, ...positions: readonly Position[]): PositionEvent => ({
  type: 'stream',
  update: { kind: 'positions', positions },
  receivedAt,
});
const rest = (requestedAt: number, ...positions: readonly Position[]): PositionEvent => ({
  type: 'rest',
  update: { kind: 'positions', positions },
  requestedAt,
});
const after = (...events: readonly PositionEvent[]) => events.reduce(applyPositions, noPositions);
const amounts = (...events: readonly PositionEvent[]) =>
  Object.fromEntries(
    Array.from(after(...events).positions, ([key, one]) => [key, one.amount.toNumber()]),
  );

describe('positions', () => {
  it('are not all known before REST has stated them', () => {
    expect(after(stream(1, position(1, 1))).complete).toBe(false);
    expect(after(rest(1)).complete).toBe(true);
  });

  it.each<[what: string, events: readonly PositionEvent[], amounts: object]>([
    ['what REST states', [rest(1, position(1, 5))], { 'BTC-USDT': 1 }],
    ['without one that REST leaves out', [rest(1, position(1, 5)), rest(2)], {}],
    [
      'changed by the stream one by one',
      [rest(1, position(1, 5), position(2, 5, { pair: 'ETH-USDT' })), stream(2, position(3, 6))],
      { 'BTC-USDT': 3, 'ETH-USDT': 2 },
    ],
    ['without one that was closed', [rest(1, position(1, 5)), stream(2, position(0, 6))], {}],
    [
      'apart by side in hedge mode',
      [stream(1, position(1, 5, { side: 'long' }), position(-2, 5, { side: 'short' }))],
      { 'BTC-USDT:long': 1, 'BTC-USDT:short': -2 },
    ],
    [
      'not what the stream told before',
      [stream(1, position(1, 6)), stream(2, position(2, 5))],
      { 'BTC-USDT': 1 },
    ],
    [
      'not brought back by an old event after they were closed',
      [stream(1, position(1, 5)), stream(2, position(0, 7)), stream(3, position(1, 6))],
      {},
    ],
    [
      'not what REST was asked for before the stream told',
      [stream(2, position(3, 6)), rest(2, position(1, 5))],
      { 'BTC-USDT': 3 },
    ],
    [
      'not brought back by an answer that was asked for before they were closed',
      [stream(2, position(0, 6)), rest(1, position(1, 5))],
      {},
    ],
    [
      'not taken away by an answer that was asked for before they were opened',
      [stream(2, position(1, 6)), rest(1)],
      { 'BTC-USDT': 1 },
    ],
    [
      'not what an answer says that is older by its own words',
      [stream(2, position(3, 6)), rest(3, position(1, 5))],
      { 'BTC-USDT': 3 },
    ],
    [
      'not brought back by an answer that is older by its own words',
      [stream(2, position(0, 6)), rest(3, position(1, 5))],
      {},
    ],
    [
      'what REST was asked for after the stream told',
      [stream(2, position(3, 6)), rest(3, position(4, 7))],
      { 'BTC-USDT': 4 },
    ],
    [
      'not what a late event says that REST knew of',
      [rest(3, position(4, 7)), stream(4, position(3, 6))],
      { 'BTC-USDT': 4 },
    ],
    ['without what REST states as 0', [rest(1, position(0, 5))], {}],
  ])('are %s', (_, events, expected) => expect(amounts(...events)).toEqual(expected));

  it('keep what a statement leaves out, as long as the position is the same', () => {
    const liquidationPrice = new Decimal(50);
    const stated = rest(1, position(1, 5, { liquidationPrice, marginMode: 'cross' }));
    const pnl = new Decimal(7);
    const told = after(stated, stream(2, position(1, 6, { unrealizedPnl: pnl })));
    expect(told.positions.get('BTC-USDT')).toMatchObject({ liquidationPrice, unrealizedPnl: pnl });
    const grown = after(stated, stream(2, position(2, 6)));
    expect(grown.positions.get('BTC-USDT')?.liquidationPrice).toBeUndefined();
  });

  /** What an exchange did, and tells by two ways, one of them late and twice. */
  it('end as the exchange has them, however late and however often it is told', () => {
    const amount = fc.integer({ min: -2, max: 2 });
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 8 }),
        fc.array(fc.record({ asked: fc.nat(8), repeat: fc.nat(8) }), { maxLength: 8 }),
        (history, answers) => {
          // The change with index i happens at time i, and is told at time 10 i.
          const told = history.map((value, i) => stream(10 * i, position(value, i)));
          const events: { readonly at: number; readonly event: PositionEvent }[] = told.map(
            (event, i) => ({ at: 10 * i, event }),
          );
          for (const { asked, repeat } of answers) {
            const known = Math.min(asked, history.length - 1);
            const value = history[known]!;
            const positions = value === 0 ? [] : [position(value, known)];
            // It knows of what was told by then, and is answered at any time after that.
            events.push({
              at: 10 * (asked + repeat) + 5,
              event: rest(10 * asked + 1, ...positions),
            });
            const again = told[Math.min(repeat, told.length - 1)]!;
            if (again.type === 'stream')
              events.push({
                at: 10 * (repeat + asked) + 2,
                event: { ...again, receivedAt: 10 * (repeat + asked) + 2 },
              });
          }
          const sorted = [...events].sort((a, b) => a.at - b.at).map(({ event }) => event);
          const end = history.at(-1)!;
          expect(amounts(...sorted)).toEqual(end === 0 ? {} : { 'BTC-USDT': end });
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { netPositions, type NetPosition } from 'rxchange/operators';
import { of, Subject } from 'rxjs';
import { Decimal } from '../../src/core/decimal.js';
import {
  positionKey,
  type Position,
  type Positions,
  type PositionSide,
} from '../../src/core/position.js';
import type { TradingPair } from '../../src/core/trading-pair.js';
import { record } from '../support/recording.js';

type Held = readonly (readonly [TradingPair, PositionSide, number])[];

const position = (pair: TradingPair, side: PositionSide, amount: number): Position => ({
  pair,
  side,
  amount: new Decimal(amount),
  entryPrice: new Decimal(100),
  unrealizedPnl: new Decimal(0),
  time: 0,
});

const positionsOf = (held: Held): Positions =>
  new Map(
    held.map(([pair, side, amount]) => [positionKey(pair, side), position(pair, side, amount)]),
  );

const plain = (netted: ReadonlyMap<TradingPair, NetPosition> | undefined): unknown =>
  [...(netted ?? [])].map(([pair, { net, long, short, byVenue }]) => [
    pair,
    net.toNumber(),
    long.toNumber(),
    short.toNumber(),
    Object.fromEntries([...byVenue].map(([venue, amount]) => [venue, amount.toNumber()])),
  ]);

describe('positions over several venues', () => {
  it('are netted once all have told theirs, then at every change', () => {
    const a$ = new Subject<Positions>();
    const b$ = new Subject<Positions>();
    const netted = record(netPositions({ a: a$, b: b$ }));
    a$.next(positionsOf([['BTC-USDT', 'net', 2]]));
    expect(netted.values).toEqual([]);
    b$.next(
      positionsOf([
        ['BTC-USDT', 'long', 1],
        ['BTC-USDT', 'short', -3],
        ['ETH-USDT', 'short', -5],
      ]),
    );
    expect(plain(netted.last())).toEqual([
      ['BTC-USDT', 0, 3, -3, { a: 2, b: -2 }],
      ['ETH-USDT', -5, 0, -5, { b: -5 }],
    ]);
    b$.next(positionsOf([]));
    expect(plain(netted.last())).toEqual([['BTC-USDT', 2, 2, 0, { a: 2 }]]);
    a$.complete();
    expect(netted.state()).toBe('going on');
    b$.complete();
    expect(netted.state()).toBe('completed');
  });

  it('add up exactly, whichever venue holds them', () => {
    const amounts = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, (drawn) => {
        const venues = Object.fromEntries(
          drawn.map((amount, index) => [
            `v${index}`,
            of(positionsOf([['BTC-USDT', 'net', amount / 10]])),
          ]),
        );
        const netted = record(netPositions(venues)).last()!.get('BTC-USDT')!;
        const total = drawn.reduce((sum, amount) => sum + amount, 0);
        expect(netted.net.toNumber()).toBe(total / 10);
        expect(netted.long.plus(netted.short).eq(netted.net)).toBe(true);
        expect(netted.byVenue.size).toBe(drawn.length);
      }),
    );
  });

  it('error with a venue', () => {
    const [a$, b$] = [new Subject<Positions>(), new Subject<Positions>()];
    const netted = record(netPositions({ a: a$, b: b$ }));
    a$.error(new Error('no keys'));
    expect([netted.state(), b$.observed]).toEqual(['errored', false]);
  });
});

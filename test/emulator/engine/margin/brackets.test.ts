import fc from 'fast-check';
import { sum, ZERO } from '../../../../src/core/decimal.js';
import {
  bracketsOf,
  maintenanceMarginOf,
  maxNotionalOf,
} from '../../../../src/emulator/engine/margin/brackets.js';
import { createPerpetualEngine } from '../../../../src/emulator/engine/margin/perpetual-engine.js';
import { dec, listing } from '../market.js';

const market = listing('BTC', {
  margin: {
    brackets: [
      { notionalCap: dec(50_000), maxLeverage: 125, maintenanceRate: dec('0.004') },
      { notionalCap: dec(250_000), maxLeverage: 100, maintenanceRate: dec('0.005') },
      { notionalCap: dec(1_000_000), maxLeverage: 50, maintenanceRate: dec('0.01') },
    ],
  },
});

describe('the brackets of a market', () => {
  it('tell where each begins, and what it asks less', () => {
    expect(
      bracketsOf(market).map(({ notionalFloor, cum }) => [
        notionalFloor.toNumber(),
        cum.toNumber(),
      ]),
    ).toEqual([
      [0, 0],
      [50_000, 50],
      [250_000, 1_300],
    ]);
  });

  it('count each part of a position at the rate of where it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (value) => {
        const parts = bracketsOf(market).map(({ notionalFloor, notionalCap, maintenanceRate }) => {
          const part = Math.min(value, notionalCap.toNumber()) - notionalFloor.toNumber();
          return part > 0 ? maintenanceRate.times(part) : ZERO;
        });
        expect(maintenanceMarginOf(market, dec(value)).toFixed()).toBe(sum(parts).toFixed());
      }),
    );
  });

  it.each([
    [125, 50_000],
    [101, 50_000],
    [100, 250_000],
    [1, 1_000_000],
    [126, 50_000],
  ])('let leverage of %d hold %d', (leverage, most) => {
    expect(maxNotionalOf(market, leverage).toNumber()).toBe(most);
  });

  it('bound what one trader holds, and not the account of many', () => {
    const engine = createPerpetualEngine({
      listings: [market],
      now: () => 0,
      indexPrices: new Map([[market.symbol, dec(100)]]),
      fundingInterval: 1_000,
      crowds: new Set(['everybody else']),
    });
    const buy = (accountId: string) => {
      engine.deposit(accountId, market.quote, dec(10_000_000));
      return engine.place(accountId, {
        symbol: market.symbol,
        clientOrderId: accountId,
        side: 'buy',
        type: 'limit',
        price: dec(100),
        amount: dec(20_000),
      });
    };
    expect(() => buy('alice')).toThrow('position_too_large');
    expect(buy('everybody else').order.status).toBe('new');
  });
});

import { createEngine } from '../../../src/emulator/engine/engine.js';
import { FEES_ACCOUNT } from '../../../src/emulator/engine/settlement.js';
import { dec, listing, request, wallet } from './market.js';

const trade = (rates: { readonly makerFee: string; readonly takerFee: string }) => {
  const makerFee = dec(rates.makerFee);
  const takerFee = dec(rates.takerFee);
  const engine = createEngine({ listings: [listing('BTC', { makerFee, takerFee })], now: () => 0 });
  engine.deposit('ann', 'BTC', dec(1));
  engine.deposit('bob', 'USDT', dec(100));
  engine.place('ann', request('sell', { price: '33.33', amount: '0.007' }));
  engine.place('bob', request('buy', { price: '40', amount: '0.007' }));
  return engine;
};

describe('a spot trade', () => {
  it.each([
    ['takes the fee from what each side receives', '0.001', '0.002', '0.23307669', '0.006986'],
    ['cuts a fee to eight decimals', '0.000333', '0.000755555', '0.23323231', '0.00699472'],
    ['pays a maker for a negative rate', '-0.001', '0.001', '0.23354331', '0.006993'],
    ['can be free', '0', '0', '0.23331', '0.007'],
  ])('%s', (_, makerFee, takerFee, usdt, btc) => {
    const engine = trade({ makerFee, takerFee });
    expect(wallet(engine, 'ann')).toEqual({ BTC: '0.993 + 0', USDT: `${usdt} + 0` });
    expect(wallet(engine, 'bob')).toEqual({ USDT: '99.76669 + 0', BTC: `${btc} + 0` });
    expect(wallet(engine, FEES_ACCOUNT)).toEqual({
      USDT: `${dec('0.23331').minus(usdt).toFixed()} + 0`,
      BTC: `${dec('0.007').minus(btc).toFixed()} + 0`,
    });
  });

  it('tells exactly the fee that the balance lost', () => {
    const engine = trade({ makerFee: '0.000333', takerFee: '0.000755555' });
    expect(engine.trades('ann')[0]?.fee).toEqual({ asset: 'USDT', amount: dec('0.00007769') });
    expect(engine.trades('bob')[0]?.fee).toEqual({ asset: 'BTC', amount: dec('0.00000528') });
  });

  it('is paid out of what a deposit brought, and out of nothing else', () => {
    const engine = createEngine({ listings: [listing('BTC')], now: () => 0 });
    expect(() => engine.deposit('ann', 'BTC', dec(-1))).toThrow(RangeError);
    expect(() => engine.deposit('ann', 'BTC', dec('Infinity'))).toThrow(RangeError);
    engine.deposit('ann', 'BTC', dec(1));
    engine.deposit('ann', 'BTC', dec('0.5'));
    expect(wallet(engine, 'ann')).toEqual({ BTC: '1.5 + 0' });
  });
});

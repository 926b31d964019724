import { createPerpetualBench, LIMIT, ORDER } from './support.js';

const DUAL = '/fapi/v1/positionSide/dual';

describe('an account of perpetuals', () => {
  it('chooses its position mode, unless something is open', () => {
    const bench = createPerpetualBench();
    const choose = (dualSidePosition: string) =>
      bench.signed('POST', DUAL, { dualSidePosition }).json;
    expect(choose('false')).toMatchObject({ code: -4059 });
    const { orderId } = bench.signed('POST', ORDER, LIMIT).json;
    expect(choose('true')).toMatchObject({ code: -4067 });
    bench.signed('DELETE', ORDER, { symbol: 'BTCUSDT', orderId: Number(orderId) });
    expect(choose('true')).toMatchObject({ code: 200 });
    expect(bench.signed('GET', DUAL).json).toEqual({ dualSidePosition: true });
    bench.rival('sell', '64000', '1');
    bench.signed('POST', ORDER, { ...LIMIT, positionSide: 'LONG' });
    expect(choose('false')).toMatchObject({ code: -4068 });
    expect(bench.signed('GET', '/fapi/v3/positionRisk').json).toMatchObject([
      { symbol: 'BTCUSDT', positionSide: 'LONG', positionAmt: '0.01', entryPrice: '64000' },
    ]);
  });

  it('chooses its leverage, and hears of it', () => {
    const bench = createPerpetualBench();
    const stream = bench.userStream();
    const choose = (leverage: number) =>
      bench.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage }).json;
    expect(choose(50)).toMatchObject({ leverage: 50, symbol: 'BTCUSDT' });
    expect(choose(50)).toMatchObject({ leverage: 50 });
    expect(choose(126)).toMatchObject({ code: -4028 });
    expect(stream.take()).toMatchObject([
      { e: 'ACCOUNT_CONFIG_UPDATE', ac: { s: 'BTCUSDT', l: 50 } },
    ]);
  });

  it('has crossed margin, and no other', () => {
    const bench = createPerpetualBench();
    const choose = (marginType: string) =>
      bench.signed('POST', '/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType }).json;
    expect(choose('CROSSED')).toMatchObject({ code: -4046 });
    expect(choose('ISOLATED')).toMatchObject({ code: -4168 });
    bench.signed('POST', ORDER, LIMIT);
    expect(choose('ISOLATED')).toMatchObject({ code: -4047 });
    bench.control.trader('rival').market('sell', 0.01);
    expect(choose('ISOLATED')).toMatchObject({ code: -4048 });
    expect(choose('OTHER')).toMatchObject({ code: -1130 });
  });

  it('pays funding when it is time, and hears of it', () => {
    const bench = createPerpetualBench({ fundingInterval: 3_600_000 });
    const market = bench.market$.subscribe();
    bench.rival('sell', '64000', '1');
    bench.signed('POST', ORDER, LIMIT);
    const stream = bench.userStream();
    bench.control.setFundingRate('BTCUSDT', '0.001');
    bench.advance(3_600_000);
    market.unsubscribe();
    expect(stream.take()).toMatchObject([
      { e: 'ACCOUNT_UPDATE', a: { m: 'FUNDING_FEE', B: [{ bc: '-0.64000000' }], P: [] } },
      { e: 'listenKeyExpired' },
    ]);
    expect(
      bench.signed('GET', '/fapi/v1/income', { incomeType: 'FUNDING_FEE' }).json,
    ).toMatchObject([{ symbol: 'BTCUSDT', income: '-0.64000000', asset: 'USDT' }]);
    expect(bench.engine.fundingPayments('rival')).toMatchObject([{ symbol: 'BTCUSDT' }]);
  });

  it('is called, and then liquidated, as the price goes against it', () => {
    const bench = createPerpetualBench({ balances: { USDT: '1000' } });
    bench.rival('sell', '64000', '1');
    bench.signed('POST', ORDER, { ...LIMIT, quantity: '0.2' });
    const stream = bench.userStream();
    bench.control.setMarkPrice('BTCUSDT', '59320');
    expect(stream.take()).toMatchObject([{ e: 'MARGIN_CALL', p: [{ s: 'BTCUSDT', pa: '0.2' }] }]);
    bench.control.setMarkPrice('BTCUSDT', '59000');
    const events = stream.take();
    expect(events).toMatchObject([
      { o: { x: 'NEW' } },
      {
        o: {
          x: 'CALCULATED',
          X: 'FILLED',
          R: true,
          c: expect.stringMatching(/^autoclose-/) as string,
        },
      },
      { e: 'ACCOUNT_UPDATE', a: { m: 'ORDER', P: [{ pa: '0' }] } },
      { e: 'ACCOUNT_UPDATE', a: { m: 'INSURANCE_CLEAR', B: [{ wb: '0.00000000' }] } },
    ]);
  });
});

import { dec } from '../engine/market.js';
import { createPerpetualBench, LIMIT, ORDER } from './support.js';

const brackets = [
  { notionalCap: dec(1_000), maxLeverage: 50, maintenanceRate: dec('0.01') },
  { notionalCap: dec(10_000), maxLeverage: 20, maintenanceRate: dec('0.02') },
];

const start = () => {
  const bench = createPerpetualBench();
  bench.rival('sell', '64000', '1');
  bench.engine.changeListing('BTCUSDT', { margin: { brackets } });
  const place = (quantity: string) => bench.signed('POST', ORDER, { ...LIMIT, quantity }).json;
  const setLeverage = (leverage: string) =>
    bench.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage }).json;
  return { bench, place, setLeverage };
};

describe('the leverage of a market with brackets', () => {
  it('is told with what it may hold', () => {
    const { bench, setLeverage } = start();
    expect(
      bench.signed('GET', '/fapi/v1/leverageBracket', { symbol: 'BTCUSDT' }).json,
    ).toMatchObject({
      symbol: 'BTCUSDT',
      brackets: [
        { bracket: 1, initialLeverage: 50, notionalFloor: 0, notionalCap: 1_000, cum: 0 },
        { bracket: 2, initialLeverage: 20, notionalFloor: 1_000, maintMarginRatio: 0.02, cum: 10 },
      ],
    });
    expect(setLeverage('21')).toMatchObject({ leverage: 21, maxNotionalValue: '1000' });
    expect(setLeverage('51')).toMatchObject({ code: -4028 });
  });

  it('is refused where it holds less than is open', () => {
    const { place, setLeverage } = start();
    place('0.016');
    expect(setLeverage('21')).toMatchObject({ code: -2027 });
    expect(setLeverage('10')).toMatchObject({ leverage: 10, maxNotionalValue: '10000' });
  });

  it('lets no order make a position larger than it holds', () => {
    const { place, setLeverage } = start();
    setLeverage('21');
    expect(place('0.016')).toMatchObject({ code: -2027 });
    expect(place('0.015')).toMatchObject({ status: 'NEW' });
    expect(place('0.001')).toMatchObject({ code: -2027 });
  });

  it('leaves the margin of a position to its size', () => {
    const { bench, place } = start();
    place('0.1');
    expect(bench.signed('GET', '/fapi/v3/positionRisk', { symbol: 'BTCUSDT' }).json).toMatchObject([
      { notional: '6400.00000000', maintMargin: '118.00000000' },
    ]);
  });
});

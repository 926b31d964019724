import { btcUsdt, decimal, exchange, messages, right, rules } from './support.js';

const samples = messages('account');
const { perpetual, balances, tradeFees, fees } = exchange;

describe('positions', () => {
  it('are those of perpetuals that are not 0', () => {
    const { positions } = perpetual;
    expect(positions).toMatchObject({ path: '/fapi/v3/positionRisk', weights: { weight: 5 } });
    expect(right(positions.decode(samples.positions, { rules }))).toEqual({
      kind: 'positions',
      positions: [
        {
          pair: 'BTC-USDT',
          side: 'net',
          amount: decimal('-0.01'),
          entryPrice: decimal('50000.1'),
          unrealizedPnl: decimal('-0.01'),
          liquidationPrice: decimal('61000.5'),
          time: 1_772_600_761_238,
        },
        {
          pair: 'ETH-USDC',
          side: 'long',
          amount: decimal('1.5'),
          entryPrice: decimal('3000'),
          unrealizedPnl: decimal('15'),
          time: 1_772_600_761_000,
        },
      ],
    });
  });
});

describe('leverage', () => {
  it('is read of one market', () => {
    const { leverage } = perpetual;
    expect(leverage).toMatchObject({ path: '/fapi/v1/symbolConfig', weights: { weight: 5 } });
    expect(leverage.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT' });
    expect(right(leverage.decode(samples.symbolConfig, { rule: btcUsdt }))).toBe(21);
  });

  it('is set, and answered with what holds from now on', () => {
    const { setLeverage } = perpetual;
    const wish = { rule: btcUsdt, leverage: 20 };
    expect(setLeverage).toMatchObject({
      method: 'POST',
      path: '/fapi/v1/leverage',
      weights: { weight: 1 },
    });
    expect(setLeverage.params(wish)).toEqual({ symbol: 'BTCUSDT', leverage: '20' });
    expect(right(setLeverage.decode(samples.leverage, wish))).toBe(20);
  });
});

describe('the position mode', () => {
  const { positionMode, setPositionMode, positionModes, alreadySo, modeViolations } = perpetual;

  it('is read', () => {
    expect(positionMode).toMatchObject({
      path: '/fapi/v1/positionSide/dual',
      weights: { weight: 30 },
    });
    expect(right(positionMode.decode(samples.hedgeMode))).toBe('hedge');
    expect(right(positionMode.decode(samples.oneWayMode))).toBe('one_way');
  });

  it('is set to one of two', () => {
    expect(positionModes).toEqual(['one_way', 'hedge']);
    expect(setPositionMode).toMatchObject({
      method: 'POST',
      path: '/fapi/v1/positionSide/dual',
      weights: { weight: 1 },
    });
    expect(setPositionMode.params({ mode: 'hedge' })).toEqual({ dualSidePosition: 'true' });
    expect(setPositionMode.params({ mode: 'one_way' })).toEqual({ dualSidePosition: 'false' });
    expect(right(setPositionMode.decode(samples.done, { mode: 'hedge' }))).toEqual(samples.done);
  });

  it('has codes of its own for what is so already, and for orders that do not fit', () => {
    expect(alreadySo.has(-4059)).toBe(true);
    expect([...modeViolations]).toEqual([-4061]);
  });
});

it('tells funding payments from a time on, each with an id of its own', () => {
  const { fundingPayments, paymentsPerAnswer } = perpetual;
  const since = { rules, since: 1_772_600_000_000 };
  expect(fundingPayments).toMatchObject({ path: '/fapi/v1/income', weights: { weight: 30 } });
  expect(fundingPayments.params(since)).toEqual({
    incomeType: 'FUNDING_FEE',
    startTime: '1772600000000',
    limit: '1000',
  });
  expect(paymentsPerAnswer).toBe(1_000);
  expect(right(fundingPayments.decode(samples.incomes, since))).toEqual([
    {
      id: '9689322392',
      pair: 'BTC-USDT',
      asset: 'USDT',
      amount: decimal('-0.13'),
      time: 1_772_611_200_000,
    },
    {
      id: '9689322394',
      pair: 'ETH-USDC',
      asset: 'USDC',
      amount: decimal('0.375'),
      time: 1_772_611_201_000,
    },
  ]);
});

it('tells what is in the wallet, and what of it orders may use', () => {
  expect(balances).toMatchObject({ path: '/fapi/v3/balance', weights: { weight: 5 } });
  expect(right(balances.decode(samples.balances))).toEqual({
    kind: 'balances',
    balances: new Map([
      ['USDT', { total: decimal('122607.35137903'), available: decimal('23.72469206') }],
      ['BNB', { total: decimal('0'), available: decimal('0') }],
    ]),
    time: 1_772_600_761_238,
  });
});

it('tells what trades cost, in quote units', () => {
  expect(tradeFees).toMatchObject({ path: '/fapi/v1/commissionRate', weights: { weight: 20 } });
  expect(tradeFees.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT' });
  const [maker, taker] = [decimal('0.00018'), decimal('0.00045')];
  const both = (rate: typeof maker) => ({
    buy: { rate, discounted: rate },
    sell: { rate, discounted: rate },
  });
  expect(right(tradeFees.decode(samples.commissionRate, { rule: btcUsdt }))).toEqual({
    maker: both(maker),
    taker: both(taker),
    paidFrom: 'quote',
  });
  expect(fees).toMatchObject({ paidFrom: 'quote', maker: { buy: { rate: decimal('0.0002') } } });
});

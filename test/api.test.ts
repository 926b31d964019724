import * as root from 'rxchange';
import * as binance from 'rxchange/binance';
import * as binancePerpetual from 'rxchange/binance-perpetual';
import * as emulator from 'rxchange/emulator';
import * as operators from 'rxchange/operators';
import * as prometheus from 'rxchange/prometheus';
import * as store from 'rxchange/store';
import * as testing from 'rxchange/testing';

describe('the names at run time', () => {
  it.each([
    [
      'rxchange',
      root,
      [
        'ConnectorError',
        'Decimal',
        'OrderFailedError',
        'createConnector',
        'createPerpetualConnector',
        'createThrottler',
        'estimateFee',
        'feesOf',
        'flatFees',
        'isDone',
        'positionKey',
      ],
    ],
    ['rxchange/binance', binance, ['binance', 'binanceSpot']],
    ['rxchange/binance-perpetual', binancePerpetual, ['binancePerpetual', 'binanceUsdm']],
    [
      'rxchange/operators',
      operators,
      [
        'bestAcross',
        'cancelAfter',
        'candlesByTicks',
        'candlesByTime',
        'candlesByVolume',
        'ema',
        'imbalance',
        'microPrice',
        'midPrice',
        'movedBy',
        'netPositions',
        'placeWhen',
        'rolling',
        'spread',
        'staleness',
        'topOfBook',
        'tradeFlow',
        'volatility',
        'vwapFor',
      ],
    ],
    ['rxchange/prometheus', prometheus, ['prometheusMetrics']],
    ['rxchange/store', store, ['fileStore', 'memoryStore']],
    [
      'rxchange/emulator',
      emulator,
      [
        'createEmulation',
        'createPerpetualEmulation',
        'defaultBalances',
        'defaultCollateral',
        'defaultLimits',
        'defaultListings',
        'defaultPerpetuals',
        'emulator',
        'perpetualEmulator',
        'perpetualLimits',
      ],
    ],
    [
      'rxchange/testing',
      testing,
      [
        'ConformanceError',
        'conformanceChecks',
        'createVirtualNetwork',
        'createVirtualProcess',
        'createVirtualVenue',
        'describeConnector',
        'faultNames',
        'injectFaults',
        'notApplicable',
        'planFaults',
        'virtualTime',
      ],
    ],
  ])('of %s', (_, entry, names) => {
    expect(Object.keys(entry).sort()).toEqual(names);
  });
});

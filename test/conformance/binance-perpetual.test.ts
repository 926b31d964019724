import { binanceUsdm } from 'rxchange/binance-perpetual';
import { describeConnector } from 'rxchange/testing';
import { binancePerpetualFixtures } from './binance-perpetual/fixtures.js';

describeConnector(binanceUsdm, binancePerpetualFixtures);

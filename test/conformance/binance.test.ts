import { binanceSpot } from 'rxchange/binance';
import { describeConnector } from 'rxchange/testing';
import { binanceFixtures } from './binance/fixtures.js';

describeConnector(binanceSpot, binanceFixtures);

import { refusal } from '../binance/api-error.js';
import { requiredMarket } from '../binance/markets.js';
import type { SignedMethod } from '../binance/method.js';
import { required } from '../binance/params.js';
import { flag, integer, invalid, oneOf } from '../binance/readers.js';
import { MarginRejection } from '../engine/margin/model.js';
import type { FuturesAccountBackend, FuturesBackend } from './backend.js';
import { maxNotionalText, namedListings } from './named-listings.js';
import { orRefuse } from './rejections.js';

type Method = SignedMethod<FuturesBackend>;

// Source for all: Binance USD-M Futures API, Account Endpoints and Trade Endpoints.

/** How the account trades each market. */
export const symbolConfig: Method = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: 5,
  run: (backend, sent) =>
    namedListings(backend, sent).map((listing) => ({
      symbol: listing.symbol,
      marginType: 'CROSSED',
      isAutoAddMargin: false,
      leverage: backend.engine.leverage(backend.account.accountId, listing.symbol),
      maxNotionalValue: maxNotionalText(backend, listing),
    })),
};

const isHedged = ({ engine, account }: FuturesAccountBackend): boolean =>
  engine.positionMode(account.accountId) === 'hedge';

/** How the account trades, whatever the market. */
export const accountConfig: Method = {
  security: 'USER_DATA',
  params: [],
  weight: 5,
  run: (backend) => ({
    feeTier: 0,
    canTrade: true,
    canDeposit: true,
    canWithdraw: true,
    dualSidePosition: isHedged(backend),
    multiAssetsMargin: false,
    tradeGroupId: -1,
    updateTime: 0,
  }),
};

/** Chooses the leverage of a market. */
export const changeLeverage: Method = {
  security: 'TRADE',
  params: ['symbol', 'leverage'],
  weight: 1,
  run: (backend, sent) => {
    const { engine, account } = backend;
    const listing = requiredMarket(backend, sent);
    const { symbol } = listing;
    const leverage = required(sent, 'leverage', integer);
    orRefuse(() => {
      try {
        engine.setLeverage(account.accountId, symbol, leverage);
      } catch (error) {
        const isInvalid = error instanceof MarginRejection && error.reason === 'invalid_leverage';
        throw isInvalid ? refusal(-4028, `Leverage ${leverage} is not valid`) : error;
      }
    });
    return { leverage, maxNotionalValue: maxNotionalText(backend, listing), symbol };
  },
};

/** Tells whether the account has a position for each side. */
export const positionMode: Method = {
  security: 'USER_DATA',
  params: [],
  weight: 30,
  run: (backend) => ({ dualSidePosition: isHedged(backend) }),
};

/** Chooses that, where nothing is open and it is not so already. */
export const changePositionMode: Method = {
  security: 'TRADE',
  params: ['dualSidePosition'],
  weight: 1,
  run: ({ engine, account }, sent) => {
    const mode = required(sent, 'dualSidePosition', flag) ? 'hedge' : 'one_way';
    orRefuse(() => engine.setPositionMode(account.accountId, mode));
    return { code: 200, msg: 'success' };
  },
};

/** Chooses how positions of a market are margined: crossed, as they are, since nothing else is emulated. */
export const changeMarginType: Method = {
  security: 'TRADE',
  params: ['symbol', 'marginType'],
  weight: 1,
  run: ({ engine, account, ...rest }, sent) => {
    const { symbol } = requiredMarket({ engine, ...rest }, sent);
    const type = required(sent, 'marginType', oneOf(['CROSSED', 'ISOLATED'], invalid));
    if (type === 'CROSSED') throw refusal(-4046, 'No need to change margin type.');
    if (engine.openOrders(account.accountId, symbol).length > 0)
      throw refusal(-4047, 'Margin type cannot be changed if there exists open orders.');
    const isOpen = engine
      .positions(account.accountId)
      .some((position) => position.symbol === symbol && !position.amount.isZero());
    throw isOpen
      ? refusal(-4048, 'Margin type cannot be changed if there exists position.')
      : refusal(-4168, 'Unable to adjust to isolated-margin mode under the Multi-Assets mode.');
  },
};

import { Decimal, type DecimalInput } from '../core/decimal.js';
import type { FuturesBackend } from './binance-futures/backend.js';
import { createControl, type Control, type ControlOptions } from './control.js';
import type { PerpetualEngine } from './engine/margin/model.js';

/** What a test does behind the back of an exchange of perpetuals. */
export interface PerpetualControl extends Omit<Control, 'payFeesInBnb' | 'balanceEvents'> {
  /** Sets what the asset is worth elsewhere; synthetic traders set it again with their next tick. */
  readonly setIndexPrice: (symbol: string, price: DecimalInput) => void;
  /** Sets the mark price, or lets it be the index price again. */
  readonly setMarkPrice: (symbol: string, price: DecimalInput | undefined) => void;
  /** Sets the rate of the funding to come, such as 0.0001, or lets it follow from the prices again. */
  readonly setFundingRate: (symbol: string, rate: DecimalInput | undefined) => void;
  /** Lets positions pay and receive funding now, in one market or in all. */
  readonly settleFunding: (symbol?: string) => void;
  /** Lets listen keys run out now, of one account or of all: `listenKeyExpired`. */
  readonly expireListenKeys: (accountId?: string) => void;
  /** Closes listen keys, of one account or of all, as any program of the account can: their streams end. */
  readonly closeListenKeys: (accountId?: string) => void;
}

/** What a {@link PerpetualControl} acts on. */
export interface PerpetualControlOptions extends ControlOptions {
  readonly engine: PerpetualEngine;
  readonly backend: FuturesBackend;
}

const decimalOr = (value: DecimalInput | undefined): Decimal | undefined =>
  value === undefined ? undefined : new Decimal(value);

/** The control of one exchange of perpetuals. */
export const createPerpetualControl = (options: PerpetualControlOptions): PerpetualControl => {
  const { engine, backend } = options;
  return {
    ...createControl(options),
    setIndexPrice: (symbol, price) => engine.setIndexPrice(symbol, new Decimal(price)),
    setMarkPrice: (symbol, price) => engine.setMarkPrice(symbol, decimalOr(price)),
    setFundingRate: (symbol, rate) => engine.setFundingRate(symbol, decimalOr(rate)),
    settleFunding: (symbol) => {
      const symbols = symbol === undefined ? engine.listings.keys() : [symbol];
      for (const one of symbols) engine.settleFunding(one);
    },
    expireListenKeys: backend.listenKeys.expire,
    closeListenKeys: backend.listenKeys.close,
  };
};

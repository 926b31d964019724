import type { ConnectorError } from '../core/errors.js';
import type { PositionMode } from '../core/position.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { AccountSetting } from './account-setting.js';
import { leverages } from './leverage.js';
import type { PerpetualParts } from './perpetual-parts.js';
import { positionMode } from './position-mode.js';

/** How an account trades perpetuals. */
export interface PerpetualSettings {
  readonly mode: AccountSetting<PositionMode>;
  readonly leverage: (pair: TradingPair) => AccountSetting<number>;
  /** Takes notice of the refusal of an order: it may show that the mode is another one. */
  readonly heed: (refusal: ConnectorError) => void;
}

/** The settings of an account, of which nothing is known yet. */
export const perpetualSettings = (parts: PerpetualParts): PerpetualSettings => {
  const mode = positionMode(parts);
  return {
    mode,
    leverage: leverages(parts),
    heed: ({ code }) => {
      if (code !== undefined && parts.source.modeViolations.has(code)) mode.doubt();
    },
  };
};

import type { Decimal } from '../../core/decimal.js';
import type { Random } from '../../core/random.js';
import { ASSET_PRECISION } from './readers.js';

/** A price or an amount with all the decimals that Binance prints. */
export const decimalText = (value: Decimal): string => value.toFixed(ASSET_PRECISION);

/** Nothing, as Binance prints it. */
export const NONE = (0).toFixed(ASSET_PRECISION);

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits. */
export const randomText = (random: Random, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');

import { ConnectorError } from '../core/errors.js';
import { hedgeSide, type PositionMode, type PositionSide } from '../core/position.js';
import type { OrderIntent } from './evidence.js';

/** The position that an order is about, and what it may do to it. */
export interface OrderPosition {
  readonly positionSide: PositionSide;
  /** Whether it may only make the position smaller. */
  readonly reduceOnly: boolean;
}

/**
 * What an order is to the positions of an account in a mode.
 *
 * @throws {@link ConnectorError} of kind `invalid_order` in hedge mode, where the order has no action: it is not
 * known which position is meant.
 */
export const orderPosition = (
  { side, positionAction: action, pair }: Pick<OrderIntent, 'side' | 'positionAction' | 'pair'>,
  mode: PositionMode,
): OrderPosition => {
  const reduceOnly = action === 'close';
  if (mode === 'one_way') return { positionSide: 'net', reduceOnly };
  if (action !== undefined) return { positionSide: hedgeSide(side, action), reduceOnly };
  throw new ConnectorError(
    'invalid_order',
    `In hedge mode a ${side} of ${pair} needs a positionAction: open or close; nothing was sent.`,
  );
};

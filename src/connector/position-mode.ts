import { map, throwError } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import type { PositionMode } from '../core/position.js';
import { accountSetting, type AccountSetting } from './account-setting.js';
import type { PerpetualParts } from './perpetual-parts.js';

/** The account's position mode. */
export const positionMode = ({
  context,
  source,
  user,
}: PerpetualParts): AccountSetting<PositionMode> => {
  const { rest, exchange } = context;
  const { positionModes } = source;
  const notSupported = (mode: PositionMode): ConnectorError =>
    new ConnectorError(
      'not_supported',
      `${exchange.name} has no position mode ${mode}, only ${positionModes.join(', ')}.`,
    );
  return accountSetting<PositionMode>({
    context,
    user,
    read$: rest.call(source.positionMode, undefined),
    write: (mode) =>
      positionModes.includes(mode)
        ? rest.call(source.setPositionMode, { mode }).pipe(map(() => mode))
        : throwError(() => notSupported(mode)),
    toldBy: (signal) =>
      signal.kind === 'position_mode' ? { value: signal.mode, time: signal.time } : undefined,
    alreadySo: source.alreadySo,
  });
};

import type { EngineOrder } from '../../src/emulator/engine/model.js';

/** What the client order ids of all processes begin with. */
export const PREFIX = 'rx-';

/** Whether one of the processes placed the order. */
export const isOurs = ({ clientOrderId }: Pick<EngineOrder, 'clientOrderId'>): boolean =>
  clientOrderId.startsWith(PREFIX);

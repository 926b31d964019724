import type { Side } from '../../../src/core/order.js';
import {
  createPerpetualEmulation,
  type PerpetualEmulation,
  type PerpetualEmulatorOptions,
} from '../../../src/emulator/perpetual-emulation.js';
import { createTools, START, virtualTime, type Peer, type Tools } from '../support.js';

/** An exchange of perpetuals, with the user as a client. */
export interface PerpetualBench extends PerpetualEmulation, Tools {
  readonly advance: (ms: number) => void;
  /** A limit order of somebody else in BTCUSDT. */
  readonly rival: (side: Side, price: string, amount: string) => number;
  /** The user's own stream. */
  readonly userStream: () => Peer;
  /** A call with the key and without a signature. */
  readonly keyed: (method: string, path: string) => unknown;
}

/** An exchange of perpetuals in virtual time without traders, and a client of it. */
export const createPerpetualBench = (
  options: PerpetualEmulatorOptions & { readonly start?: number } = {},
): PerpetualBench => {
  const { scheduler, advance } = virtualTime(options.start ?? START);
  const emulation = createPerpetualEmulation({ traders: false, scheduler, ...options });
  const tools = createTools(emulation);
  const rival = emulation.control.trader('rival');
  const headers = { 'x-mbx-apikey': emulation.credentials.apiKey };
  const keyed: PerpetualBench['keyed'] = (method, path) =>
    tools.request({ method, path, headers }).json;
  return {
    ...emulation,
    ...tools,
    advance,
    keyed,
    rival: (side, price, amount) => rival.limit(side, price, amount).orderId,
    userStream: () => {
      const { listenKey } = keyed('POST', '/fapi/v1/listenKey') as { listenKey: string };
      return tools.connect('/private/ws', `listenKey=${listenKey}`);
    },
  };
};

export const ORDER = '/fapi/v1/order';

export const LIMIT = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.01',
  price: '64000',
} as const;

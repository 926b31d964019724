import { ConnectorError } from '../core/errors.js';
import type { Sign } from './signatures.js';

/**
 * A page does not sign: exchanges let no page send the header that names a key, and what a page holds its visitors
 * hold too. The connector of a page is of market data.
 *
 * Source: a browser asks the exchange first whether the `X-MBX-APIKEY` of Binance's REST API may be sent (Fetch
 * Standard, "CORS-preflight request"), and the answer does not allow it.
 */
const unavailable = (): never => {
  throw new ConnectorError(
    'not_supported',
    'A browser cannot sign for an account: leave `credentials` out, or trade from node.',
  );
};

/** As that of node, but a browser has none. */
export const hmacSha256: (secret: string) => Sign = unavailable;

/** As that of node, but a browser has none. */
export const privateKeySignature: (pem: string, passphrase?: string) => Sign = unavailable;

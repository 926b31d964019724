import type { Params, RestCall, SignedCall, Signer } from '../../core/contract.js';
import { queryString } from '../../core/query-string.js';

/** How long after its timestamp the exchange accepts a request, in ms. */
export const RECV_WINDOW = 5_000;

/**
 * Signs a REST call: the percent-encoded parameters with their timestamp, the signature last.
 *
 * @see Binance Spot API, rest-api.md, "SIGNED request security"
 */
export const sign = ({ params }: RestCall, signer: Signer, now: number): SignedCall => {
  const stamp = `recvWindow=${RECV_WINDOW}&timestamp=${now}`;
  const query = queryString(params);
  const payload = query === '' ? stamp : `${query}&${stamp}`;
  return {
    query: `${payload}&signature=${encodeURIComponent(signer.sign(payload))}`,
    headers: { 'X-MBX-APIKEY': signer.apiKey() },
  };
};

/**
 * Signs a request of the WebSocket API: the parameters in alphabetical order, `apiKey` among them,
 * not percent-encoded.
 *
 * @see Binance Spot API, web-socket-api.md, "SIGNED request security"
 */
export const signFrame = (params: Params, signer: Signer, now: number): Params => {
  const all: Params = { ...params, apiKey: signer.apiKey(), timestamp: `${now}` };
  const payload = Object.keys(all)
    .sort()
    .map((name) => `${name}=${all[name] ?? ''}`)
    .join('&');
  return { ...all, signature: signer.sign(payload) };
};

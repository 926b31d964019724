import type { Params, Signer } from '../../core/contract.js';

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

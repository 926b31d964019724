import * as kit from '../../exchange.js';

/** How long after its timestamp the exchange accepts a request, in ms. */
export const RECV_WINDOW = 5_000;

/** The header that names the account, all that some calls need. */
export const keyHeader = (signer: kit.Signer): kit.SignedCall['headers'] => ({
  'X-MBX-APIKEY': signer.apiKey(),
});

/**
 * Signs a REST call: the percent-encoded parameters with their timestamp, the signature last.
 *
 * @see Binance Spot API, rest-api.md, "SIGNED request security"; USDⓈ-M Futures API, general info, "SIGNED"
 */
export const sign = ({ params }: kit.RestCall, signer: kit.Signer, now: number): kit.SignedCall => {
  const stamp = `recvWindow=${RECV_WINDOW}&timestamp=${now}`;
  const query = kit.queryString(params);
  const payload = query === '' ? stamp : `${query}&${stamp}`;
  return {
    query: `${payload}&signature=${encodeURIComponent(signer.sign(payload))}`,
    headers: keyHeader(signer),
  };
};

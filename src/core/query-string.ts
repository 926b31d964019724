import type { Params } from './contract.js';

/** `k=v&…` with percent-encoded values, in the order of the parameters. */
export const queryString = (params: Params): string =>
  Object.entries(params)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

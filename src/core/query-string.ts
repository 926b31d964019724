import type { Params } from './contract.js';

/** `k=v&…` with percent-encoded values, in the order of the parameters. */
export const queryString = (params: Params): string => {
  let text = '';
  for (const name of Object.keys(params))
    text += `${text === '' ? '' : '&'}${name}=${encodeURIComponent(params[name] ?? '')}`;
  return text;
};

import type { Params } from './contract.js';

/** `k=v&…` with percent-encoded values, in the order of the parameters. */
export const queryString = (params: Params): string => {
  let text = '';
  for (const name of Object.keys(params))
    text += `${text === '' ? '' : '&'}${name}=${encodeURIComponent(params[name] ?? '')}`;
  return text;
};

/** Parameters, without those that are left out. */
export const paramsOf = (values: Readonly<Record<string, string | undefined>>): Params => {
  const params: Record<string, string> = {};
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value !== undefined) params[name] = value;
  }
  return params;
};

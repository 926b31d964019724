import type { Endpoint, Params } from '../../core/contract.js';
import type { Bench } from './bench.js';
import { expectSame } from './expect.js';
import type { RequestFixture } from './fixtures.js';
import type { ScriptedRequest } from './scripted-network.js';

/** Holds what a call would send against the documented request. */
export const expectCall = <Input>(
  what: string,
  { method, path, params }: Pick<Endpoint<Input, unknown>, 'method' | 'path' | 'params'>,
  input: Input,
  documented: RequestFixture,
): void => {
  const sent = { method, path, params: params(input) };
  expectSame(`the request for ${what}`, sent, { params: {}, ...documented });
};

/** The parameters of a request that left, those that signing adds left out. */
export const paramsOf = ({ fixtures }: Bench, { url }: ScriptedRequest): Params => {
  const { adds } = fixtures.signing;
  const all = Object.fromEntries(new URL(url).searchParams);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !adds.includes(name)));
};

/** Holds a request that left against the documented one. */
export const expectSent = (
  what: string,
  bench: Bench,
  sent: ScriptedRequest | undefined,
  documented: RequestFixture,
): void => {
  const path = sent && new URL(sent.url).pathname;
  const base = new URL(bench.domain.rest).pathname.replace(/\/$/, '');
  const actual = sent && {
    method: sent.method,
    path: path?.slice(base.length),
    params: paramsOf(bench, sent),
  };
  expectSame(`the request for ${what}, as it was sent`, actual, { params: {}, ...documented });
};

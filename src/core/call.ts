import type { Endpoint, Params, RestCall } from './contract.js';

/** A call as an exchange's documentation names it: `GET /api/v3/time`. */
export type Route = `${RestCall['method']} /${string}`;

/** What a call takes of which pool. */
export type Weights = Endpoint<never, unknown>['weights'];

/** What there is to say of a call, apart from how its answer is read; it sends nothing of its own. */
export type Call = Omit<Endpoint<void, never>, 'decode' | 'params'> & {
  /** Nothing to send. */
  readonly params: () => Params;
};

const callBy =
  (signed: boolean) =>
  (route: Route, weights: Weights): Call => {
    const [method, path] = route.split(' ') as [RestCall['method'], string];
    return { method, path, signed, priority: 'query', weights, params: () => ({}) };
  };

/** A call that anybody may make. */
export const publicCall = callBy(false);

/** A call on the account, which is signed. */
export const accountCall = callBy(true);

import type { HttpResponse } from '../dialect.js';
import { ApiError } from './api-error.js';

/** What comes back in place of an answer. */
export type FaultAnswer = '5xx' | '-1006' | '-1007' | 'html' | 'reset' | 'timeout';

/** A request that goes wrong. */
export interface Fault {
  /**
   * The HTTP method, or the name of a method of the WebSocket API.
   * @defaultValue any
   */
  readonly method?: string;
  /**
   * The path; `/ws-api/v3` for the WebSocket API.
   * @defaultValue any
   */
  readonly path?: string;
  /** Whether the request is carried out nevertheless. */
  readonly effect: 'none' | 'done';
  readonly answer: FaultAnswer;
  /**
   * How many requests it meets.
   * @defaultValue 1
   */
  readonly times?: number;
}

/** What goes wrong on purpose. */
export interface Faults {
  /** The fault that meets a request now, if one does; it is used up by that. */
  readonly meet: (method: string, path: string) => Fault | undefined;
  readonly add: (fault: Fault) => void;
  readonly isInMaintenance: () => boolean;
  readonly setMaintenance: (on: boolean) => void;
}

/** Nothing goes wrong. */
export const createFaults = (): Faults => {
  const waiting: { readonly fault: Fault; left: number }[] = [];
  let maintenance = false;
  return {
    meet: (method, path) => {
      const index = waiting.findIndex(
        ({ fault }) => (fault.method ?? method) === method && (fault.path ?? path) === path,
      );
      const found = waiting[index];
      if (!found) return undefined;
      found.left -= 1;
      if (found.left === 0) waiting.splice(index, 1);
      return found.fault;
    },
    add: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    isInMaintenance: () => maintenance,
    setMaintenance: (on) => {
      maintenance = on;
    },
  };
};

/** The faulty answers that are errors of the API. Source for the texts: Binance Spot API, errors.md. */
export const faultErrors = {
  '5xx': new ApiError(503, -1000, 'Unknown error, please check your request or try again later.'),
  '-1006': new ApiError(
    503,
    -1006,
    'An unexpected response was received from the message bus. Execution status unknown.',
  ),
  '-1007': new ApiError(
    504,
    -1007,
    'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
  ),
} as const;

/** The refusal of everything while the exchange is under maintenance. */
export const underMaintenance = (): ApiError =>
  new ApiError(503, -1016, 'This service is no longer available.');

/** The error that a faulty answer is, unless it is none of the API's. */
export const faultError = (answer: FaultAnswer): ApiError | undefined =>
  answer === '5xx' || answer === '-1006' || answer === '-1007' ? faultErrors[answer] : undefined;

const page = '<html><head><title>ERROR: The request could not be satisfied</title></head></html>';

/** A faulty answer that is none of the API's: a page of the firewall, or nothing. */
export const faultResponse = (answer: FaultAnswer): HttpResponse => ({
  status: answer === 'html' ? 403 : 504,
  headers: { 'content-type': 'text/html' },
  body: answer === 'html' ? page : '',
  ...(answer === 'reset' || answer === 'timeout' ? { lost: answer } : {}),
});

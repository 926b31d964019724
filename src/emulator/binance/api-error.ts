/**
 * A refusal as Binance words it.
 *
 * Source: Binance Spot API, errors.md.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** The HTTP status, which the WebSocket API shows too. */
    readonly status: number,
    readonly code: number,
    message: string,
    /** When the caller may ask again, in ms since the epoch; with status 429 only. */
    readonly retryAt?: number,
    /** What else there is to say. */
    readonly data?: unknown,
  ) {
    super(message);
  }
}

/** A refusal with the usual status. */
export const refusal = (code: number, message: string): ApiError =>
  new ApiError(400, code, message);

/** How a request ended. */
export type Outcome =
  { readonly result: unknown; readonly error?: undefined } | { readonly error: ApiError };

/** The result of an action, or the refusal that it throws. */
export const outcomeOf = (act: () => unknown): Outcome => {
  try {
    return { result: act() };
  } catch (error) {
    if (error instanceof ApiError) return { error };
    throw error;
  }
};

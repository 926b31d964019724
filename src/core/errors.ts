/** What kind of thing went wrong. The kind, never the text, is what a program should branch on. */
export type ErrorKind =
  | 'network'
  | 'timeout'
  | 'rate_limited'
  | 'banned'
  | 'authentication'
  | 'clock_skew'
  | 'insufficient_funds'
  | 'invalid_order'
  | 'order_not_found'
  | 'duplicate_order_id'
  | 'not_placed'
  | 'lost'
  | 'maintenance'
  | 'decode'
  | 'sequence_gap'
  /** What is open stands against it: a position mode, a leverage, or an order that closes more than there is. */
  | 'position_conflict'
  | 'not_supported'
  | 'exchange';

/** The facts of a {@link ConnectorError}. */
export interface ErrorFacts {
  /** The exchange's own code. */
  readonly code?: number | string;
  /** The call that failed, as method and path: never its parameters, which hold a signature. */
  readonly request?: string;
  /** How long the exchange asks to wait, in ms. */
  readonly retryAfter?: number;
  /**
   * Whether the exchange may have carried the request out all the same. An order whose placement
   * failed with `unknown` is looked up before anybody is told that it does not exist.
   * @defaultValue `'refused'`
   */
  readonly outcome?: 'refused' | 'unknown';
  readonly cause?: unknown;
}

const passing: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'network',
  'timeout',
  'rate_limited',
  'clock_skew',
  'maintenance',
  'sequence_gap',
]);

/** Every error of this library. */
export class ConnectorError extends Error {
  override readonly name: string = 'ConnectorError';
  readonly kind: ErrorKind;
  /** Whether the same call may succeed later without a change by the caller. */
  readonly retryable: boolean;
  readonly code: number | string | undefined;
  readonly request: string | undefined;
  readonly retryAfter: number | undefined;
  readonly outcome: 'refused' | 'unknown';

  constructor(kind: ErrorKind, message: string, facts: ErrorFacts = {}) {
    super(message, 'cause' in facts ? { cause: facts.cause } : undefined);
    this.kind = kind;
    this.retryable = passing.has(kind);
    this.code = facts.code;
    this.request = facts.request;
    this.retryAfter = facts.retryAfter;
    this.outcome = facts.outcome ?? 'refused';
  }
}

/** The error itself if it is a {@link ConnectorError}, else one of the given kind around it. */
export const toConnectorError = (
  error: unknown,
  kind: ErrorKind,
  facts: ErrorFacts = {},
): ConnectorError =>
  error instanceof ConnectorError
    ? error
    : new ConnectorError(kind, error instanceof Error ? error.message : String(error), {
        cause: error,
        ...facts,
      });

/** The error with the call that it came of, where it does not name one yet. */
export const ofRequest = (error: ConnectorError, request: string): ConnectorError => {
  if (error.request !== undefined) return error;
  const { kind, message, code, retryAfter, outcome, cause } = error;
  return new ConnectorError(kind, message, {
    request,
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(cause === undefined ? {} : { cause }),
  });
};

const METHODS = [
  'SUBSCRIBE',
  'UNSUBSCRIBE',
  'LIST_SUBSCRIPTIONS',
  'SET_PROPERTY',
  'GET_PROPERTY',
] as const;

type MethodName = (typeof METHODS)[number];

/** A request on a market stream. */
export interface ControlFrame {
  readonly method: MethodName;
  readonly params: readonly unknown[];
  readonly id: string | number | null;
}

/** A refusal as a market stream words it. */
export interface StreamError {
  readonly code: number;
  readonly msg: string;
  readonly id?: unknown;
}

/** A request that makes no sense. */
export const invalidRequest = (msg: string): StreamError => ({
  code: 2,
  msg: `Invalid request: ${msg}`,
});

const isRecord = (value: unknown): value is { readonly [Key in keyof ControlFrame]?: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMethod = (value: unknown): value is MethodName =>
  METHODS.some((method) => method === value);

const isId = (value: unknown): value is ControlFrame['id'] =>
  value === null ||
  (typeof value === 'number' && Number.isInteger(value)) ||
  (typeof value === 'string' && /^[A-Za-z0-9-]{1,36}$/.test(value));

const listed = METHODS.map((method) => `\`${method}\``).join(', ');

/**
 * Reads a request, or words its refusal.
 *
 * Source: Binance Spot API, web-socket-streams.md, Live Subscribing/Unsubscribing and Error Messages.
 */
export const readControlFrame = (text: string): ControlFrame | StreamError => {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' };
  }
  const { method, params = [], id } = isRecord(frame) ? frame : {};
  if (method === undefined) {
    return invalidRequest(`missing field \`method\` at line 1 column ${text.length}`);
  }
  if (!isMethod(method)) {
    const shown = typeof method === 'string' ? method : JSON.stringify(method);
    return invalidRequest(`unknown variant \`${shown}\`, expected one of ${listed}`);
  }
  if (!isId(id)) return invalidRequest('request ID must be an unsigned integer');
  if (!Array.isArray(params)) return { ...invalidRequest('params must be a list'), id };
  return { method, params, id };
};

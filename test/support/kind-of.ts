import { ConnectorError, type ErrorKind } from '../../src/core/errors.js';

/** The kind of error that a call throws; undefined where it throws none of ours. */
export const kindOf = (call: () => unknown): ErrorKind | undefined => {
  try {
    call();
  } catch (error) {
    if (error instanceof ConnectorError) return error.kind;
  }
  return undefined;
};

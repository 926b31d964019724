import { throwError, timeout, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import type { ConnectorError } from '../core/errors.js';

/** Errors where the first value takes longer than so many ms; later ones may take any time. */
export const within = <T>(
  first: number,
  scheduler: SchedulerLike,
  late: () => ConnectorError,
): MonoTypeOperatorFunction<T> => timeout({ first, scheduler, with: () => throwError(late) });

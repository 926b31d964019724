import { filter, map, type Observable } from 'rxjs';
import type { Gapped } from '../core/gapped.js';

type Data<T> = Extract<Gapped<T>, { readonly kind: 'data' }>;

/** The data of a stream that tells of its gaps, without the markers. */
export const dataOf = <T>(gapped$: Observable<Gapped<T>>): Observable<T> =>
  gapped$.pipe(
    filter((event): event is Data<T> => event.kind === 'data'),
    map(({ value }) => value),
  );

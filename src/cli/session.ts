import {
  asyncScheduler,
  EMPTY,
  first,
  fromEvent,
  ignoreElements,
  interval,
  lastValueFrom,
  map,
  merge,
  of,
  sampleTime,
  take,
  tap,
  timeout,
  timer,
  type Observable,
} from 'rxjs';
import type { TradingPair } from '../core/trading-pair.js';
import type { Difference } from './reconciliation.js';

/** What a demonstration does, and where it shows it. */
export interface DemoOptions {
  /** How long it trades. */
  readonly seconds: number;
  readonly seed: number;
  readonly pair: TradingPair;
  /** Breaks every socket this often, in seconds; 0 for never. */
  readonly disconnectEvery: number;
  /** Shows the line that stands for the present moment. */
  readonly showLine: (text: string) => void;
  readonly print: (text: string) => void;
}

/** The clock of demonstrations. */
export const scheduler = asyncScheduler;

const SECOND = 1_000;
/** How long the books may take to agree, in ms: sockets that broke again and again come back within 30 s. */
const PATIENCE = 40 * SECOND;

/** When it is time to end, by the clock or by Ctrl-C; a second Ctrl-C ends the process at once. */
export const ending$ = ({ seconds }: DemoOptions): Observable<unknown> =>
  merge(
    timer(seconds * SECOND, scheduler),
    fromEvent(process, 'SIGINT'),
    fromEvent(process, 'SIGTERM'),
  ).pipe(take(1));

/** Breaks sockets as often as they are to break. */
export const breaks$ = (
  { disconnectEvery }: DemoOptions,
  disconnect: () => void,
): Observable<never> =>
  disconnectEvery === 0
    ? EMPTY
    : interval(disconnectEvery * SECOND, scheduler).pipe(tap(disconnect), ignoreElements());

/** Shows the latest value once a second, with how many seconds went by. */
export const showing =
  <T>({ showLine }: DemoOptions, textOf: (value: T, seconds: number) => string) =>
  (source: Observable<T>): Observable<never> => {
    const startedAt = scheduler.now();
    return source.pipe(
      sampleTime(SECOND, scheduler),
      tap((value) => showLine(textOf(value, Math.round((scheduler.now() - startedAt) / SECOND)))),
      ignoreElements(),
    );
  };

/** The differences once there are none, or those that remain after 40 s. */
export const settled = (find: () => readonly Difference[]): Promise<readonly Difference[]> =>
  lastValueFrom(
    merge(of(0), interval(50, scheduler)).pipe(
      map(find),
      first((differences) => differences.length === 0),
      timeout({ first: PATIENCE, scheduler, with: () => of(find()) }),
    ),
  );

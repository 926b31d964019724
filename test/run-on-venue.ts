import {
  emulator,
  perpetualEmulator,
  type EmulatorOptions,
  type PerpetualVenue,
  type Venue,
} from 'rxchange/emulator';
import { first, firstValueFrom, lastValueFrom, scan } from 'rxjs';
import { runExample, type Run } from './run-example.js';

/** Uses an exchange of its own, and ends it. */
export const onVenue = async (
  options: EmulatorOptions,
  use: (venue: Venue) => Promise<void>,
): Promise<void> => {
  const venue = await emulator({ seed: 1, ...options }).listen();
  try {
    await use(venue);
  } finally {
    await venue.close();
  }
};

/** Runs a program on an exchange, and ends it. */
const runOn = async <V extends Venue | PerpetualVenue>(
  venue: V,
  name: string,
  follow: (program: Run, venue: V) => Promise<void>,
): Promise<void> => {
  const program = runExample(name, { venue });
  try {
    await follow(program, venue);
  } finally {
    program.stop();
    // A connector looks after an order that is alive for as long as it takes.
    await lastValueFrom(program.exchange().cancelAll());
  }
};

/** Runs a program on an exchange of its own, and ends both. */
export const run = (
  name: string,
  follow: (program: Run, venue: Venue) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> => onVenue(options, (venue) => runOn(venue, name, follow));

/** The same on an exchange of perpetuals. */
export const runPerpetual = async (
  name: string,
  follow: (program: Run, venue: PerpetualVenue) => Promise<void>,
): Promise<void> => {
  const venue = await perpetualEmulator({ seed: 1 }).listen();
  try {
    await runOn(venue, name, follow);
  } finally {
    await venue.close();
  }
};

/** What `console` prints of values. */
export const textOf = (values: readonly unknown[]): string => values.join(' ');

/** What the program prints until there is a line for each of the patterns. */
export const printedUntil = (
  { printed$ }: Run,
  ...patterns: readonly RegExp[]
): Promise<string[]> =>
  firstValueFrom(
    printed$.pipe(
      scan((lines: string[], values) => [...lines, textOf(values)], []),
      first((lines) => patterns.every((pattern) => lines.some((line) => pattern.test(line)))),
    ),
  );

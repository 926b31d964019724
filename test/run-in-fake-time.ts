import {
  createEmulation,
  createPerpetualEmulation,
  defaultListings,
  defaultPerpetuals,
  type EmulatedListing,
  type Emulation,
  type EmulatorOptions,
  type PerpetualEmulation,
} from 'rxchange/emulator';
import { createVirtualNetwork, type VirtualNetwork } from 'rxchange/testing';
import { asyncScheduler, EMPTY, merge } from 'rxjs';
import { seededRandom } from '../src/core/random.js';
import { runExample, type Place, type Run } from './run-example.js';
import { textOf } from './run-on-venue.js';

/** Exchanges in memory, a program that trades on them, and time that passes when it is told to. */
export interface FakeWorld {
  readonly spot: Emulation & { readonly network: VirtualNetwork };
  readonly perpetual: PerpetualEmulation & { readonly network: VirtualNetwork };
  readonly program: Run;
  /** What it has printed, a text for each call of `console`. */
  readonly lines: readonly string[];
  /** Lets ms pass. */
  readonly pass: (ms: number) => Promise<void>;
}

/** What the exchanges are like. */
export interface FakeWorldOptions extends EmulatorOptions {
  /**
   * Whether perpetuals are traded too.
   * @defaultValue false
   */
  readonly perpetual?: boolean;
  /** What happens at the exchange before the program begins. */
  readonly before?: (spot: Emulation) => void;
  /** Where the program keeps its files. */
  readonly directory?: string;
  /** Other modules that it imports. */
  readonly modules?: Readonly<Record<string, unknown>>;
}

/** 2026-03-04 05:06:00 UTC. */
const START = 1_772_600_760_000;

const scheduler = asyncScheduler;

const placed = <E extends Emulation | PerpetualEmulation>(
  emulation: E,
  wsApi: string,
): { readonly place: Place; readonly venue: E & { readonly network: VirtualNetwork } } => {
  const { dialect, credentials } = emulation;
  const network = createVirtualNetwork({
    dialect,
    scheduler,
    latency: 10,
    jitter: 0,
    random: seededRandom(1),
  });
  const { http, socket } = network;
  return {
    place: {
      domain: { rest: 'https://venue.test', stream: 'wss://venue.test', wsApi },
      credentials,
      environment: { scheduler, http, socket, random: seededRandom(2) },
    },
    venue: { ...emulation, network },
  };
};

/** One market each, whose traders take their time: what they do is most of what a run costs. */
const quiet = (listings: readonly EmulatedListing[]): EmulatorOptions => ({
  seed: 1,
  listings: listings.filter(({ symbol }) => symbol === 'BTCUSDT'),
  traders: { period: 1_000, takersPerSecond: 1, levels: 10 },
});

/** Runs a program of the docs on exchanges in memory; hours pass in the time that their events take. */
export const runInFakeTime = async (
  name: string,
  follow: (world: FakeWorld) => Promise<void>,
  {
    perpetual: usesPerpetual = false,
    before,
    directory = '',
    modules = {},
    ...options
  }: FakeWorldOptions = {},
): Promise<void> => {
  jest.useFakeTimers({ now: START });
  const pass = async (ms: number): Promise<void> => {
    await jest.advanceTimersByTimeAsync(ms);
  };
  const { place: venue, venue: spot } = placed(
    createEmulation({ ...quiet(defaultListings), ...options }),
    'wss://venue.test/ws-api/v3',
  );
  const { place: perpetualVenue, venue: perpetual } = placed(
    createPerpetualEmulation(quiet(defaultPerpetuals)),
    'wss://venue.test/private',
  );
  const trading = merge(spot.traders$, usesPerpetual ? perpetual.market$ : EMPTY).subscribe();
  before?.(spot);
  const program = runExample(name, { venue, perpetualVenue, directory, modules });
  const lines: string[] = [];
  program.printed$.subscribe((values) => lines.push(textOf(values)));
  try {
    await pass(1_000);
    await follow({ spot, perpetual, program, lines, pass });
  } finally {
    program.stop();
    for (const exchange of program.exchanges()) exchange.cancelAll().subscribe();
    await pass(5_000);
    trading.unsubscribe();
    jest.useRealTimers();
  }
};

import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as iots from 'io-ts';
import * as rxjs from 'rxjs';
import { isObservable, ReplaySubject, Subject, takeUntil, type Observable } from 'rxjs';
import * as rxchange from 'rxchange';
import type { Connector, ConnectorOptions, Domain } from 'rxchange';
import * as binanceEntry from 'rxchange/binance';
import * as perpetualEntry from 'rxchange/binance-perpetual';
import * as emulatorEntry from 'rxchange/emulator';
import * as operatorsEntry from 'rxchange/operators';
import * as prometheusEntry from 'rxchange/prometheus';
import * as storeEntry from 'rxchange/store';
import * as testingEntry from 'rxchange/testing';
import ts from 'typescript';

export const examples = join(__dirname, '../docs/examples');

/** Where an exchange is, and how it is reached. */
export interface Place extends Pick<ConnectorOptions, 'environment'> {
  readonly domain: Domain;
  readonly credentials: emulatorEntry.Credentials;
}

/** Where a program of the docs runs. */
export interface Surroundings {
  /** The Binance of a program that names none. */
  readonly venue?: Place;
  /**
   * The same of perpetuals.
   * @defaultValue the other one
   */
  readonly perpetualVenue?: Place;
  /** Other modules that it imports. */
  readonly modules?: Readonly<Record<string, unknown>>;
  /** The current directory. */
  readonly directory?: string;
}

/** A program of the docs while it runs. */
export interface Run {
  /** The arguments of each call of `console`, from the first on. */
  readonly printed$: Observable<readonly unknown[]>;
  /** Settles when the program's last line was executed; subscriptions may go on. */
  readonly executed: Promise<unknown>;
  /** The connectors that the program made, the first one first. */
  readonly exchanges: () => readonly Connector[];
  /** The first of them. */
  readonly exchange: () => Connector;
  /** Presses Ctrl-C. */
  readonly interrupt: () => void;
  /** Ends the program's subscriptions, then what it prints. */
  readonly stop: () => void;
}

type Ending = <T>(source: Observable<T>) => Observable<T>;

/** The same connector, but what is subscribed to ends when the program does. */
const endingWith = <T extends object>(connector: T, ending: Ending): T => {
  const end = (field: unknown): unknown => {
    if (isObservable(field)) return ending(field);
    if (typeof field === 'function')
      return (...args: readonly unknown[]) => {
        const result: unknown = Reflect.apply(field, undefined, args);
        return isObservable(result) ? ending(result) : result;
      };
    return isPlain(field) ? endingWith(field, ending) : field;
  };
  const fields = Object.entries(connector).map(([name, field]) => [name, end(field)]);
  return Object.fromEntries(fields) as T;
};

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const compile = (name: string) => {
  const { outputText } = ts.transpileModule(readFileSync(join(examples, name), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const body = `return (async () => {\n${outputText}\n})();`;
  // In the realm of the tests, not in that of node: rxjs knows a dictionary by its prototype.
  const parameters = ['require', 'exports', 'console', 'process'];
  return Reflect.construct(Function, [...parameters, body]) as (
    ...surroundings: unknown[]
  ) => Promise<unknown>;
};

const placeOf = (
  venue: Place | undefined,
): Pick<ConnectorOptions<never>, 'domain' | 'environment'> =>
  venue === undefined
    ? {}
    : {
        domain: venue.domain,
        ...(venue.environment === undefined ? {} : { environment: venue.environment }),
      };

const modulesOfPackages: readonly (readonly [string, unknown])[] = [
  ['io-ts', iots],
  ['rxjs', rxjs],
  ['rxchange/emulator', emulatorEntry],
  ['rxchange/operators', operatorsEntry],
  ['rxchange/prometheus', prometheusEntry],
  ['rxchange/testing', testingEntry],
];

/** Runs a program of the docs as it stands, but for its surroundings, `console` and `process`. */
export const runExample = (
  name: string,
  { venue, perpetualVenue = venue, directory = '', modules: others = {} }: Surroundings = {},
): Run => {
  const printed = new ReplaySubject<readonly unknown[]>(Infinity);
  const stop = new Subject<void>();
  const made: Connector[] = [];
  const print = (...values: unknown[]): void => printed.next(values);
  const env = {
    BINANCE_API_KEY: venue?.credentials.apiKey,
    BINANCE_API_SECRET: venue?.credentials.apiSecret,
  };
  const process = Object.assign(new EventEmitter(), { env });
  const ending: Ending = (source) => source.pipe(takeUntil(stop));
  const binance: typeof binanceEntry.binance = (options) => {
    const exchange = binanceEntry.binance({ ...placeOf(venue), ...options });
    made.push(exchange);
    return endingWith(exchange, ending);
  };
  const binancePerpetual: typeof perpetualEntry.binancePerpetual = (options) => {
    const exchange = perpetualEntry.binancePerpetual({ ...placeOf(perpetualVenue), ...options });
    made.push(exchange);
    return endingWith(exchange, ending);
  };
  const createConnector: typeof rxchange.createConnector = (described, options) => {
    const exchange = rxchange.createConnector(described, { ...placeOf(venue), ...options });
    made.push(exchange);
    return endingWith(exchange, ending);
  };
  const modules = new Map<string, unknown>([
    ...modulesOfPackages,
    ...Object.entries(others),
    ['rxchange', { ...rxchange, createConnector }],
    ['rxchange/binance', { ...binanceEntry, binance }],
    ['rxchange/binance-perpetual', { ...perpetualEntry, binancePerpetual }],
    [
      'rxchange/store',
      { fileStore: (path: string) => storeEntry.fileStore(join(directory, path)) },
    ],
  ]);
  const executed = compile(name)(
    (module: string) => modules.get(module),
    {},
    { log: print, debug: print, info: print, warn: print, error: print },
    process,
  );
  return {
    printed$: printed,
    executed,
    exchanges: () => made,
    exchange: () => made[0]!,
    interrupt: () => process.emit('SIGINT'),
    stop: () => {
      stop.next();
      printed.complete();
    },
  };
};

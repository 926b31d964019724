import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import * as rxjs from 'rxjs';
import { ReplaySubject, Subject, takeUntil, type Observable } from 'rxjs';
import * as rxchange from 'rxchange';
import type { Connector, PerpetualConnector } from 'rxchange';
import * as binanceEntry from 'rxchange/binance';
import * as perpetualEntry from 'rxchange/binance-perpetual';
import * as emulatorEntry from 'rxchange/emulator';
import * as operatorsEntry from 'rxchange/operators';
import * as storeEntry from 'rxchange/store';
import ts from 'typescript';

export const examples = join(__dirname, '../docs/examples');

/** Where a program of the docs runs. */
export interface Surroundings {
  /** The Binance of a program that names none. */
  readonly venue?: emulatorEntry.Venue | emulatorEntry.PerpetualVenue;
  /** The current directory. */
  readonly directory?: string;
}

/** A program of the docs while it runs. */
export interface Run {
  /** The arguments of each call of `console`, from the first on. */
  readonly printed$: Observable<readonly unknown[]>;
  /** Settles when the program's last line was executed; subscriptions may go on. */
  readonly executed: Promise<unknown>;
  /** The connector that the program made. */
  readonly exchange: () => Connector;
  /** Presses Ctrl-C. */
  readonly interrupt: () => void;
  /** Ends the program's subscriptions, then what it prints. */
  readonly stop: () => void;
}

type Ending = <T>(source: Observable<T>) => Observable<T>;

/** The same exchange, but what is subscribed to ends when the program does. */
const endingWith = (exchange: Connector, ending: Ending): Connector => ({
  ...exchange,
  orderBook$: (pair, options) => ending(exchange.orderBook$(pair, options)),
  balances$: ending(exchange.balances$),
  orderUpdates$: ending(exchange.orderUpdates$),
  fills$: ending(exchange.fills$),
  inFlightOrders$: ending(exchange.inFlightOrders$),
  status$: ending(exchange.status$),
  errors$: ending(exchange.errors$),
  buy: (request, options) => ending(exchange.buy(request, options)),
  sell: (request, options) => ending(exchange.sell(request, options)),
});

const perpetualEndingWith = (exchange: PerpetualConnector, ending: Ending): PerpetualConnector => ({
  ...exchange,
  ...endingWith(exchange, ending),
  withGaps: exchange.withGaps,
  fundingInfo$: (pair, options) => ending(exchange.fundingInfo$(pair, options)),
  fundingPayments$: ending(exchange.fundingPayments$),
  positions$: ending(exchange.positions$),
});

const compile = (name: string) => {
  const { outputText } = ts.transpileModule(readFileSync(join(examples, name), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  return compileFunction(`return (async () => {\n${outputText}\n})();`, [
    'require',
    'exports',
    'console',
    'process',
  ]) as (...surroundings: unknown[]) => Promise<unknown>;
};

/** Runs a program of the docs as it stands, but for its surroundings, `console` and `process`. */
export const runExample = (name: string, { venue, directory = '' }: Surroundings = {}): Run => {
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
  const place = venue === undefined ? {} : { domain: venue.domain };
  const binance: typeof binanceEntry.binance = (options) => {
    const exchange = binanceEntry.binance({ ...place, ...options });
    made.push(exchange);
    return endingWith(exchange, ending);
  };
  const binancePerpetual: typeof perpetualEntry.binancePerpetual = (options) => {
    const exchange = perpetualEntry.binancePerpetual({ ...place, ...options });
    made.push(exchange);
    return perpetualEndingWith(exchange, ending);
  };
  const modules = new Map<string, unknown>([
    ['rxjs', rxjs],
    ['rxchange', rxchange],
    ['rxchange/binance', { ...binanceEntry, binance }],
    ['rxchange/binance-perpetual', { ...perpetualEntry, binancePerpetual }],
    ['rxchange/emulator', emulatorEntry],
    ['rxchange/operators', operatorsEntry],
    [
      'rxchange/store',
      { fileStore: (path: string) => storeEntry.fileStore(join(directory, path)) },
    ],
  ]);
  const executed = compile(name)(
    (module: string) => modules.get(module),
    {},
    { log: print, warn: print, error: print },
    process,
  );
  return {
    printed$: printed,
    executed,
    exchange: () => made[0]!,
    interrupt: () => process.emit('SIGINT'),
    stop: () => {
      stop.next();
      printed.complete();
    },
  };
};

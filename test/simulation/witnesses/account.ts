import { inspect } from 'node:util';
import { merge, tap } from 'rxjs';
import type { Balances } from '../../../src/core/balance.js';
import type { ConnectorStatus } from '../../../src/connector/status.js';
import type { ConnectorError } from '../../../src/core/errors.js';
import { compare, type Court, type Witness } from '../court.js';
import type { Held, Stage, Venue } from '../stage.js';

const texts = (held: Iterable<readonly [asset: string, held: Held]>): ReadonlyMap<string, string> =>
  new Map(
    [...held]
      .filter(([, { total }]) => !total.isZero())
      .map(([asset, { total, available }]) => [asset, `${total.toFixed()} ${available.toFixed()}`]),
  );

/** Holds what a client believes to have against what it has. */
export const balancesWitness = (holdings: Stage<never>['holdings']): Witness => {
  let latest: Balances = new Map();
  return {
    invariant: 'balances are equal',
    watch$: (exchange) => exchange.balances$.pipe(tap((balances) => (latest = balances))),
    differences: () => compare(texts(latest), texts(holdings())),
  };
};

/** Waits for every part that is in demand. */
export const statusWitness = (): Witness => {
  let latest: ConnectorStatus | undefined;
  return {
    invariant: 'everything is ready again',
    watch$: (exchange) =>
      merge(exchange.status$, exchange.connect()).pipe(tap((status) => (latest = status))),
    differences: () =>
      latest?.ready === true ? [] : [inspect(latest, { depth: 4, breakLength: Infinity })],
  };
};

const printed = (error: ConnectorError): string =>
  [
    inspect(error, { depth: Infinity, showHidden: true, breakLength: Infinity }),
    JSON.stringify(error),
    String(error.stack),
  ].join(' ');

/** What somebody could sign with, or pass off as signed. */
export const secretIn = ({ credentials: { apiKey, apiSecret } }: Venue, text: string): boolean =>
  [apiKey, apiSecret, 'signature='].some((secret) => text.includes(secret));

/** Reads every error, of the connector and of orders, for keys and signatures. */
export const errorsWitness = ({ venue, check, note }: Court) => {
  const kinds = new Map<string, number>();
  const invariant = 'no secret is told';
  const read = (error: ConnectorError): void =>
    check(invariant, !secretIn(venue, printed(error)), () => `${error.kind}: ${error.message}`);
  const witness: Witness = {
    invariant,
    watch$: (exchange) =>
      merge(
        exchange.errors$.pipe(
          tap((error) => {
            kinds.set(error.kind, (kinds.get(error.kind) ?? 0) + 1);
            note(`error ${error.kind}: ${error.message}`);
            read(error);
          }),
        ),
        exchange.orderUpdates$.pipe(
          tap(({ error }) => {
            if (error !== undefined) read(error);
          }),
        ),
      ),
    differences: () => [],
  };
  return { ...witness, kinds };
};

import type { Observable } from 'rxjs';
import type { Connector } from '../../src/connector/connector.js';
import type { FundingEntry, JournalEntry } from '../../src/orders/journal-entry.js';
import type { Venue } from './stage.js';

/** What must hold, whatever breaks. */
export type Invariant =
  | 'every fill is told once, as it was'
  | 'what a gap missed is told before its end'
  | 'every order ends as at the exchange'
  | 'states move forward'
  | 'orders in flight are the open ones'
  | 'what failed never existed'
  | 'one call is at most one order'
  | 'balances are equal'
  | 'books are equal at equal update ids'
  | 'a book comes into step at once'
  | 'trades are told once, in order'
  | 'orders of others are shown'
  | 'everything is ready again'
  | 'cancelAll leaves nothing'
  | 'no limit is broken'
  | 'no secret is told'
  | 'nothing is thrown'
  | 'nothing is left after the last unsubscribe'
  | 'positions are equal'
  | 'realised profits add up'
  | 'every funding payment is told once, as it was'
  | 'funding info is the exchange’s'
  | 'the leverage is the exchange’s'
  | 'the position mode is the exchange’s'
  | 'a setting is as the command says'
  | 'margin calls are told';

/** An invariant that did not hold. */
export interface Violation {
  readonly invariant: Invariant;
  /** In ms from the beginning. */
  readonly at: number;
  readonly detail: string;
}

/** Where it is decided whether invariants hold. */
export interface Court {
  readonly venue: Venue;
  readonly check: (invariant: Invariant, holds: boolean, detail: () => string) => void;
  /** Writes down that something happened. */
  readonly note: (what: string) => void;
  /** How often each invariant was checked. */
  readonly checks: ReadonlyMap<Invariant, number>;
  readonly violations: readonly Violation[];
}

/** Somebody who listens to the connector's public streams, and knows what the exchange says. */
export interface Witness<C extends Connector = Connector> {
  readonly invariant: Invariant;
  /** What of a new process it listens to. */
  readonly watch$: (exchange: C) => Observable<unknown>;
  /** What client and exchange say differently, in a moment in which nothing happens. */
  readonly differences: () => readonly string[];
  /**
   * How long after the last fault there may be differences, in ms.
   * @defaultValue 15 min
   */
  readonly patience?: number;
  /** Reads what a process writes to its journal. */
  readonly reads?: (entry: Entry) => void;
  /** The process died in the moment in which it wrote this: it may not have lived to tell it. */
  readonly died?: (words: readonly Entry[]) => void;
}

/** What is in a journal. */
export type Entry = JournalEntry | FundingEntry;

/** Beyond it, one thing only goes wrong again and again. */
const ENOUGH = 20;

export const createCourt = (venue: Venue, tell: (at: number, what: string) => void): Court => {
  const beganAt = venue.now();
  const checks = new Map<Invariant, number>();
  const violations: Violation[] = [];
  return {
    venue,
    checks,
    violations,
    note: (what) => tell(venue.now() - beganAt, what),
    check: (invariant, holds, detail) => {
      checks.set(invariant, (checks.get(invariant) ?? 0) + 1);
      if (holds || violations.length === ENOUGH) return;
      const violation = { invariant, at: venue.now() - beganAt, detail: detail() };
      violations.push(violation);
      tell(violation.at, `VIOLATION of "${invariant}": ${violation.detail}`);
    },
  };
};

/** What of two lists of facts is in one of them only. */
export const compare = (
  client: ReadonlyMap<string, string>,
  exchange: ReadonlyMap<string, string>,
): readonly string[] =>
  [...new Set([...client.keys(), ...exchange.keys()])].flatMap((what) => {
    const [ours, theirs] = [client.get(what) ?? 'nothing', exchange.get(what) ?? 'nothing'];
    return ours === theirs ? [] : [`${what}: client ${ours}, exchange ${theirs}`];
  });

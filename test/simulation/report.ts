import type { FaultName } from '../../src/testing/faults/plan.js';
import type { Result } from './campaign.js';
import type { Shrunk } from './shrink.js';

const sumUp = <Key>(
  results: readonly Result[],
  of: (result: Result) => Iterable<readonly [Key, number]>,
): Map<Key, number> => {
  const sums = new Map<Key, number>();
  for (const result of results)
    for (const [key, count] of of(result)) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
};

const table = (title: string, rows: Iterable<readonly [string, number]>): string =>
  [title, ...[...rows].map(([name, count]) => `  ${`${count}`.padStart(12)}  ${name}`)].join('\n');

/** What happened in a campaign, in tables. */
export const summary = (results: readonly Result[], names: readonly FaultName[]): string => {
  const met = sumUp(results, ({ verdict }) => verdict.met);
  const violated = sumUp(results, ({ verdict }) =>
    verdict.violations.map(({ invariant }) => [invariant, 1] as const),
  );
  const checks = [...sumUp(results, ({ verdict }) => verdict.checks)].map(
    ([invariant, count]) =>
      [
        `${invariant}${violated.has(invariant) ? `: VIOLATED ${violated.get(invariant) ?? 0} times` : ''}`,
        count,
      ] as const,
  );
  return [
    table(
      'What happened',
      sumUp(results, ({ verdict }) => Object.entries(verdict.counts)),
    ),
    table(
      `Faults, ${met.size} kinds of ${names.length}: how often each met something`,
      names.map((name) => [name, met.get(name) ?? 0] as const),
    ),
    table(
      'Errors that were survived',
      sumUp(results, ({ verdict }) => verdict.errors),
    ),
    table('Invariants: how often each was checked', checks),
  ].join('\n\n');
};

/** How to see a violation again, and with what. */
export const recipe = ({ seed, minutes, market, plan }: Shrunk): string =>
  [
    `Seed ${seed} breaks it within ${minutes} minutes with these faults:`,
    ...plan.map(({ name, at, lasts }) => `  after ${at} ms for ${lasts} ms: ${name}`),
    'To see it again:',
    `  npm run simulate -- --repeat '${JSON.stringify({ seed, minutes, market, plan })}'`,
  ].join('\n');

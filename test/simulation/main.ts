/**
 * `npm run simulate -- [--seeds 1..1000] [--minutes 60] [--faults all] [--perpetual]`: simulates, and tells what was
 * violated, with the fewest faults that it takes. `--repeat` shows everything that happens in one simulation.
 */
import { parseArgs } from 'node:util';
import type { FaultName } from '../../src/testing/faults/plan.js';
import { campaign, type Result } from './campaign.js';
import { faultsOf } from './market.js';
import { recipe, summary } from './report.js';
import { breaks, shrink } from './shrink.js';
import { simulate, type Simulation } from './simulate.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1..100' },
    minutes: { type: 'string', default: '60' },
    faults: { type: 'string', default: 'all' },
    perpetual: { type: 'boolean', default: false },
    repeat: { type: 'string' },
  },
});

const market = values.perpetual ? 'perpetual' : 'spot';

const seedsOf = (range: string): readonly number[] => {
  const [from = NaN, to = from] = range.split('..').map(Number);
  if (!(from <= to)) throw new RangeError(`--seeds takes 7 or 1..1000, not ${range}.`);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
};

const namesOf = (list: string): readonly FaultName[] => {
  const faultNames = faultsOf[market];
  if (list === 'all') return faultNames;
  return list.split(',').map((word) => {
    const name = faultNames.find((known) => known === word);
    if (name === undefined)
      throw new RangeError(`There is no fault "${word}", only:\n  ${faultNames.join('\n  ')}`);
    return name;
  });
};

const repeat = (simulation: Simulation): boolean => {
  const { violations, digest } = simulate(simulation, (at, what) => console.log(`${at} ms`, what));
  console.log(`${violations.length} violations; digest of all that happened: ${digest}`);
  return violations.length === 0;
};

const run = async (): Promise<boolean> => {
  const seeds = seedsOf(values.seeds);
  const options = {
    market,
    minutes: Number(values.minutes),
    names: namesOf(values.faults),
  } as const;
  const results: Result[] = [];
  const beganAt = performance.now();
  await campaign(seeds, options, (result) => {
    results.push(result);
    for (const { invariant, at, detail } of result.verdict.violations.slice(0, 3))
      console.log(`Seed ${result.seed} after ${at} ms: "${invariant}" is violated: ${detail}`);
  });
  console.log(summary(results, options.names));
  const seconds = Math.round((performance.now() - beganAt) / 1_000);
  const broken = results.filter(({ verdict }) => verdict.violations.length > 0);
  console.log(`\n${results.length} seeds in ${seconds} s, ${broken.length} with violations`);
  for (const { seed, verdict } of broken.slice(0, 3))
    for (const { invariant } of verdict.violations.slice(0, 1))
      console.log(`\n"${invariant}"\n${recipe(shrink({ ...options, seed }, breaks(invariant)))}`);
  return broken.length === 0;
};

const passed =
  values.repeat === undefined ? await run() : repeat(JSON.parse(values.repeat) as Simulation);
process.exit(passed ? 0 : 1);

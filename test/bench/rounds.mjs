/**
 * Machines are shared and noisy: only what was measured side by side can be compared. So contestants
 * take turns, and each is judged by the median of its rounds and by its ratio to the first.
 */

const ROUNDS = 7;
const WARM_UP = 15;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/**
 * Runs the contestants in turn; each returns the microseconds that one unit of its work took, and may tidy
 * up after that.
 *
 * @param {{ name: string, run: () => Promise<number> | number, after?: () => Promise<void> }[]} contestants
 */
export const compare = async (contestants) => {
  const times = contestants.map(() => []);
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const [index, { run, after }] of contestants.entries()) {
      const time = await run();
      await after?.();
      if (round >= WARM_UP) times[index].push(time);
    }
  }
  const first = median(times[0]);
  return contestants.map(({ name }, index) => ({
    name,
    'median us': Number(median(times[index]).toFixed(2)),
    'least us': Number(Math.min(...times[index]).toFixed(2)),
    'ratio to the first': Number((median(times[index]) / first).toFixed(2)),
  }));
};

/** The microseconds per unit that the work took. */
export const timed = async (units, work) => {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1_000 / units;
};

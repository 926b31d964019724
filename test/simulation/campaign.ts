import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Simulation, Verdict } from './simulate.js';

/** What one seed came to. */
export interface Result {
  readonly seed: number;
  readonly verdict: Verdict;
}

/** Simulates many seeds, as many at a time as there are processors; tells each result as it comes. */
export const campaign = async (
  seeds: readonly number[],
  options: Omit<Simulation, 'seed'>,
  tell: (result: Result) => void,
): Promise<void> => {
  const waiting = [...seeds];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options });
      const next = (): void => {
        const seed = waiting.shift();
        if (seed === undefined) void worker.terminate();
        else worker.postMessage(seed);
      };
      worker.on('message', (result: Result) => {
        tell(result);
        next();
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, work));
};

import { parentPort, workerData } from 'node:worker_threads';
import { simulate, type Simulation } from './simulate.js';

/** Simulates what it is sent, one after the other. */
const options = workerData as Omit<Simulation, 'seed'>;
parentPort?.on('message', (seed: number) => {
  parentPort?.postMessage({ seed, verdict: simulate({ ...options, seed }) });
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';
import { countBy } from './count-by.mjs';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');

/** What this process holds once all garbage is gone: bytes of the heap, and handles by kind. */
export const held = async () => {
  for (let time = 0; time < 3; time += 1) {
    gc();
    await sleep(100);
  }
  const handles = process.getActiveResourcesInfo();
  return { heap: process.memoryUsage().heapUsed, handles: Object.fromEntries(countBy(handles)) };
};

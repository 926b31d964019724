import { setTimeout as sleep } from 'node:timers/promises';

/** What is found once it is as it should be, or after so many ms what is found then. */
export const until = async (find, isFound, patience) => {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await find();
    if (isFound(found) || Date.now() > deadline) return found;
    await sleep(200);
  }
};

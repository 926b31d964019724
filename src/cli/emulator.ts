import { firstValueFrom, fromEvent, merge } from 'rxjs';
import { emulator } from '../emulator/index.js';

/** Runs an exchange until the process is told to end; prints one line of JSON when it is ready. */
export const runEmulator = async (options: {
  readonly port: number;
  readonly seed: number;
}): Promise<void> => {
  const { port, seed } = options;
  const venue = await emulator({ seed }).listen({ port });
  console.log(JSON.stringify({ ...venue.domain, ...venue.credentials }));
  await firstValueFrom(merge(fromEvent(process, 'SIGINT'), fromEvent(process, 'SIGTERM')));
  await venue.close();
};

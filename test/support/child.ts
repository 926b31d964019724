import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that runs the built package. */
export interface Child {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with all that was printed as soon as this is in it. */
  readonly printed: (text: string) => Promise<string>;
  readonly ended: Promise<End>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

const root = process.cwd();
const main = join(root, 'dist/esm/cli/main.js');

const start = (args: readonly string[]): Child => {
  if (!existsSync(main))
    throw new Error(`There is no ${main}: these tests run the built package, so build it first.`);
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()));
  const ended = new Promise<End>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  return {
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (output.stdout.includes(text)) resolve(output.stdout);
        };
        check();
        child.stdout.on('data', check);
        void ended.then(() =>
          reject(new Error(`Ended without "${text}":\n${output.stdout}${output.stderr}`)),
        );
      }),
    kill: (signal) => child.kill(signal),
  };
};

/** Runs `rxchange` with these arguments. */
export const rxchange = (...args: readonly string[]): Child => start([main, ...args]);

/** Runs a module's text, which gets the data as JSON in `process.argv[1]`. */
export const runModule = (text: string, data: unknown): Child =>
  start(['--input-type=module', '--eval', text, JSON.stringify(data)]);

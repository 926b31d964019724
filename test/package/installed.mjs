import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The JSON in a file of the repository. */
export const json = async (path) => JSON.parse(await readFile(join(root, path), 'utf8'));

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Runs a program to its end: what it printed; one that fails rejects with that. */
export const run = (command, args, cwd) =>
  new Promise((resolve, reject) => {
    const options = { cwd, timeout: 120_000, maxBuffer: 64e6 };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });

/** The packages that a user of this one gets too, by the lock file. */
export const runtimePackages = async () =>
  Object.entries((await json('package-lock.json')).packages)
    .filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
    .map(([path, entry]) => ({ name: path.replace('node_modules/', ''), path, ...entry }));

/**
 * A project that has installed this package as a user does: packed, and by npm, but without a registry. What it
 * depends on comes from this repository's own `node_modules`, as copies, and no script of any package runs.
 */
export const installed = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rxchange-user-'));
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [packed] = JSON.parse(await run(npm, args, root));
  const dependencies = Object.fromEntries(
    (await runtimePackages()).map(({ name, path }) => [name, `file:${join(root, path)}`]),
  );
  const write = async (path, text) => {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  };
  await write(
    'package.json',
    JSON.stringify({
      name: 'user',
      private: true,
      dependencies: { ...dependencies, rxchange: `file:./${packed.filename}` },
    }),
  );
  const apart = ['--offline', '--cache', join(folder, '.npm')];
  const plain = ['--install-links', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run(npm, ['install', ...apart, ...plain], folder);
  return {
    folder,
    packed,
    write,
    run: (command, ...more) => run(command, more, folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

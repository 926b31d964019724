import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import ts from 'typescript';
import { json, root, runtimePackages } from './installed.mjs';

/** What npm runs when a package is installed from a registry. */
const installScripts = ['preinstall', 'install', 'postinstall'];

const importsOf = (text) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);

export const dependencies = (project) => {
  it('runs nothing and downloads nothing when it is installed', async () => {
    const found = await runtimePackages();
    assert.ok(found.length > 0);
    for (const { name, path, hasInstallScript } of [...found, { name: 'rxchange', path: '' }]) {
      const { scripts = {}, gypfile } = await json(join(path, 'package.json'));
      assert.equal(hasInstallScript ?? gypfile, undefined, name);
      assert.deepEqual(
        installScripts.filter((script) => scripts[script] !== undefined),
        [],
        name,
      );
    }
  });

  it('is what the lock file says, and no more', async () => {
    const wanted = (await runtimePackages()).map(({ name }) => name);
    const there = readdirSync(join(project().folder, 'node_modules')).filter(
      (name) => !name.startsWith('.'),
    );
    assert.deepEqual(there.sort(), [...wanted, 'rxchange'].sort());
  });

  it('is all that the library imports, and the library imports all of it', async () => {
    const { dependencies: listed } = await json('package.json');
    const used = new Set(
      project()
        .packed.files.filter(({ path }) => /^dist\/esm\/.*\.js$/.test(path))
        .flatMap(({ path }) => importsOf(readFileSync(join(root, path), 'utf8')))
        .filter((name) => !/^(\.|node:)/.test(name))
        .map((name) => name.split('/')[0]),
    );
    assert.deepEqual([...used].sort(), Object.keys(listed).sort());
  });

  it('comes from whichever registry the user has', async () => {
    const { packages } = await json('package-lock.json');
    assert.deepEqual(
      Object.keys(packages).filter((path) => packages[path].resolved !== undefined),
      [],
    );
  });
};

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { json } from './installed.mjs';

/** What npm packs whether it is listed or not, and what `files` adds. */
const besides = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];

/** The paths at the ends of conditions, with the conditions on the way in their order. */
const targets = (branch, conditions = []) =>
  typeof branch === 'string'
    ? [{ conditions, path: branch }]
    : Object.entries(branch).flatMap(([name, next]) => targets(next, [...conditions, name]));

export const contents = (project) => {
  const paths = () => project().packed.files.map(({ path }) => path);
  const text = (path) =>
    readFileSync(join(project().folder, 'node_modules/rxchange', path), 'utf8');

  it('are the built library, the licence, and what tells about it', () => {
    assert.deepEqual(
      paths()
        .filter((path) => !path.startsWith('dist/'))
        .sort(),
      besides,
    );
    const strange = /^dist\/(esm|cjs)\/.*(\.js|\.d\.ts)$|^dist\/cjs\/package\.json$/;
    assert.deepEqual(
      paths().filter((path) => path.startsWith('dist/') && !strange.test(path)),
      [],
    );
    assert.deepEqual(
      paths().filter((path) => /\.(test|spec)\.|\.map$/.test(path)),
      [],
    );
  });

  it('have a declaration for each module, and the same modules twice', () => {
    const of = (format, ending) =>
      paths()
        .filter((path) => path.startsWith(`dist/${format}/`) && path.endsWith(ending))
        .map((path) => path.slice(`dist/${format}/`.length, -ending.length))
        .sort();
    assert.ok(of('esm', '.js').length > 100);
    assert.deepEqual(of('esm', '.d.ts'), of('esm', '.js'));
    assert.deepEqual(of('cjs', '.js'), of('esm', '.js'));
    assert.deepEqual(of('cjs', '.d.ts'), of('esm', '.js'));
  });

  it('point to no source map and no source that is not there', () => {
    for (const path of paths().filter((path) => /\.(js|ts)$/.test(path)))
      assert.doesNotMatch(text(path), /sourceMappingURL|\/\/\/ <reference path/, path);
  });

  it('are where `exports`, `bin`, `main`, `types` and `browser` say, types first', async () => {
    const { exports, bin, main, types, browser } = await json('package.json');
    const ends = targets(exports);
    const files = new Set(paths().map((path) => `./${path}`));
    for (const path of [...ends.map(({ path }) => path), ...Object.values(bin), main, types])
      assert.ok(files.has(path), `${path} is not in the package`);
    for (const [entry, branch] of Object.entries(exports)) {
      if (entry === './package.json') continue;
      assert.deepEqual(Object.keys(branch), ['import', 'require'], entry);
      for (const [format, folder] of [
        ['import', 'esm'],
        ['require', 'cjs'],
      ]) {
        assert.deepEqual(Object.keys(branch[format]), ['types', 'default'], entry);
        for (const { path } of targets(branch[format]))
          assert.match(path, new RegExp(`^./dist/${folder}/`));
        assert.equal(branch[format].types, branch[format].default.replace(/\.js$/, '.d.ts'));
      }
    }
    for (const [node, page] of Object.entries(browser)) {
      if (!node.startsWith('.')) continue;
      assert.ok(files.has(node) && files.has(page), `${node} or ${page} is not in the package`);
    }
    assert.equal(text(bin.rxchange).startsWith('#!/usr/bin/env node\n'), true);
  });

  it('say of themselves what is true', async () => {
    const { license, engines, publishConfig, sideEffects, repository, homepage } =
      await json('package.json');
    assert.match(text('LICENSE'), new RegExp(`^${license} License`));
    assert.equal(engines.node, '>=20.19');
    assert.deepEqual(publishConfig, { access: 'public', provenance: true });
    assert.equal(sideEffects, false);
    assert.equal(repository ?? homepage, undefined, 'there is no public address yet');
    assert.match(text('dist/cjs/package.json'), /"commonjs"/);
    assert.equal(existsSync(join(project().folder, 'node_modules/rxchange/src')), false);
  });
};

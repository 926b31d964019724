import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { json, root } from './installed.mjs';

/** What a careful user's compiler is told; declarations of packages are checked as well. */
const careful = {
  target: 'es2022',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
};

const inNode = {
  ...careful,
  lib: ['es2022'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
};
const inPage = { ...careful, lib: ['es2022', 'dom', 'dom.iterable'], types: [] };
const byBundler = { module: 'esnext', moduleResolution: 'bundler' };

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const source = (name) => readFile(new URL(name, import.meta.url), 'utf8');

export const programs = (project) => {
  const compile = async (folder, file, text, compilerOptions) => {
    await project().write(`${folder}/${file}`, text);
    const options = JSON.stringify({ compilerOptions, files: [file] });
    await project().write(`${folder}/tsconfig.json`, options);
    await project().run(process.execPath, tsc, '-p', folder);
  };
  const node16 = { ...inNode, module: 'node16', moduleResolution: 'node16' };

  it('use every entry point', async () => {
    const { exports } = await json('package.json');
    const text = await source('every-entry.ts');
    for (const entry of Object.keys(exports).filter((name) => name !== './package.json'))
      assert.ok(text.includes(`from '${entry.replace('.', 'rxchange')}'`), `not ${entry}`);
  });

  for (const ending of ['mts', 'cts']) {
    const output = `every-entry.${ending.replace('ts', 'js')}`;
    it(`are written as .${ending}, compile strictly and trade with the emulator`, async () => {
      await compile(ending, `every-entry.${ending}`, await source('every-entry.ts'), node16);
      const printed = await project().run(process.execPath, join(ending, output));
      assert.match(printed, /^done/m);
      const emitted = await readFile(join(project().folder, ending, output), 'utf8');
      assert.equal(/\brequire\(/.test(emitted), ending === 'cts');
    });
  }

  it('compile strictly where a bundler resolves modules', async () => {
    const options = { ...inNode, ...byBundler, noEmit: true };
    await compile('bundler', 'every-entry.ts', await source('every-entry.ts'), options);
  });

  it('of pages compile without the types of node', async () => {
    const options = { ...inPage, ...byBundler, noEmit: true };
    await compile('page', 'page.ts', await source('page/page.ts'), options);
  });

  it('are told by the compiler what is wrong with them', async () => {
    const wrong = (await source('every-entry.ts')).replace("type: 'market'", "type: 'markt'");
    await assert.rejects(
      compile('wrong', 'wrong.mts', wrong, node16),
      /wrong\.mts.*error TS\d+: .*markt/,
    );
  });

  it('cannot reach what is not an entry point', async () => {
    const code =
      "import('rxchange/dist/esm/net/rest.js').then(() => {}, (e) => console.log(e.code))";
    const printed = await project().run(process.execPath, '-e', code);
    assert.equal(printed.trim(), 'ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
};

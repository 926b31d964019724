import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { bundle, describeBundle } from './bundle.mjs';
import { root } from './installed.mjs';

/** Minified and gzipped, with rxjs and all other packages, in bytes. */
const LIMIT = 60_000;

/** What is of no use in a page that watches markets. */
const strange = /\/(account|emulator|testing|cli|store)\/|node_modules\/(undici|ws)\/|fp-ts\/lib\//;

const programs = [
  { entry: 'binance', make: 'binance', others: /exchanges\/binance-perpetual\// },
  { entry: 'binance-perpetual', make: 'binancePerpetual', others: /exchanges\/binance\// },
];

export const bundles = (project) => {
  for (const { entry, make, others } of programs) {
    it(`rxchange/${entry} is a small bundle that asks nothing of node`, async () => {
      const program = `import { ${make} } from 'rxchange/${entry}'; console.log(${make}());`;
      const made = await bundle(project(), program);
      console.log(describeBundle(`rxchange/${entry}`, made));
      const paths = made.modules.map(({ path }) => path);
      assert.deepEqual(
        paths.filter((path) => strange.test(path) || others.test(path)),
        [],
      );
      assert.doesNotMatch(made.text, /["']node:/);
      assert.ok(made.zipped <= LIMIT, `${made.zipped} bytes are more than ${LIMIT}`);
    });
  }

  it('is as small as the README says', async () => {
    const text = await readFile(join(root, 'README.md'), 'utf8');
    assert.ok(text.replace(/\s+/g, ' ').includes(`at most ${LIMIT / 1_000} kB`));
  });

  it('an operator alone is next to nothing', async () => {
    const program = "import { midPrice } from 'rxchange/operators'; console.log(midPrice);";
    const { zipped } = await bundle(project(), program);
    assert.ok(zipped < 5_000, `${zipped} bytes`);
  });

  it('the root entry is for pages too', async () => {
    const { text } = await bundle(project(), "export * from 'rxchange';");
    assert.doesNotMatch(text, /["']node:/);
  });

  it('what needs node says so when it is bundled', async () => {
    const program = "export { fileStore } from 'rxchange/store';";
    await assert.rejects(bundle(project(), program), /Could not resolve "node:fs"/);
  });
};

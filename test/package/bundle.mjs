import { gzipSync } from 'node:zlib';
import { build } from 'esbuild-wasm';

/** What a bundler makes of a program for pages: the text, and from which modules it comes. */
export const bundle = async ({ folder }, contents, options = {}) => {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
    ...options,
  });
  const [output] = Object.values(metafile.outputs);
  const modules = Object.entries(output.inputs)
    .map(([path, { bytesInOutput: bytes }]) => ({ path, bytes }))
    .sort((a, b) => b.bytes - a.bytes);
  const text = outputFiles[0].text;
  return { text, bytes: text.length, zipped: gzipSync(text, { level: 9 }).length, modules };
};

/** A package, or a folder of this library. */
const groupOf = (path) =>
  /node_modules\/rxchange\/dist\/esm\/(.*)\//.exec(path)?.[1] ??
  /node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1] ??
  'the program';

const kB = (bytes) => `${(bytes / 1_000).toFixed(1)} kB`;

const listed = (sizes, count) =>
  sizes.slice(0, count).map(({ path, bytes }) => `  ${kB(bytes).padStart(8)}  ${path}`);

/** The size of a bundle, and what it is made of, as lines to read. */
export const describeBundle = (name, { bytes, zipped, modules }) => {
  const groups = new Map();
  for (const { path, bytes } of modules)
    groups.set(groupOf(path), (groups.get(groupOf(path)) ?? 0) + bytes);
  const parts = [...groups]
    .map(([path, bytes]) => ({ path, bytes }))
    .sort((a, b) => b.bytes - a.bytes);
  return [
    `${name}: ${kB(zipped)} minified and gzipped, ${kB(bytes)} minified`,
    ...listed(parts, Infinity),
    '  the biggest modules:',
    ...listed(modules, 8),
  ].join('\n');
};

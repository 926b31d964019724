import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** A package that is measured where it is installed; nothing where it is not. */
export const peer = (name) => {
  try {
    return load(name);
  } catch (error) {
    console.log(`${name} is left out (${error.code ?? error.message}).`);
    return undefined;
  }
};

/** The version of a package whose own manifest may be hidden. */
export const versionOf = (name) => {
  const folder = load.resolve(name).split(`node_modules/${name}/`)[0];
  return load(`${folder}node_modules/${name}/package.json`).version;
};

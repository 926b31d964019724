type Path = readonly string[];

const isParent = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Where the values of a message stand, its parts included. */
const pathsOf = (value: unknown, path: Path = []): readonly Path[] =>
  isParent(value)
    ? Object.keys(value).flatMap((name) => {
        const at = [...path, name];
        return [at, ...pathsOf(value[name], at)];
      })
    : [];

const replaced = (value: unknown, [name, ...rest]: Path, by: unknown): unknown => {
  if (name === undefined) return by;
  if (!isParent(value)) return value;
  const part = replaced(value[name], rest, by);
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (`${index}` === name ? part : one));
  return { ...value, [name]: part };
};

/** What stands in the place of a value. */
const wrong: readonly unknown[] = [null, 'x', -1, '1e5', []];

/** Copies of a message, in each of which one value is of another kind. */
export const spoiled = (message: unknown): readonly unknown[] =>
  pathsOf(message).flatMap((path) => wrong.map((value) => replaced(message, path, value)));

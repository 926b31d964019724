import type { Exchange } from 'rxchange';

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** A description, and which of its parts were used. */
export interface Traced {
  readonly exchange: Exchange;
  /** The paths of all its functions. */
  readonly functions: ReadonlySet<string>;
  /** The paths of the functions that were called and of the data that were read since it was asked last. */
  readonly used: () => ReadonlySet<string>;
}

/** Notes which parts of a description are used. */
export const traced = (exchange: Exchange): Traced => {
  const functions = new Set<string>();
  let used = new Set<string>();
  const watch = (value: unknown, path: string): unknown => {
    if (typeof value === 'function') {
      functions.add(path);
      return (...args: readonly unknown[]): unknown => {
        used.add(path);
        return (value as (...args: readonly unknown[]) => unknown)(...args);
      };
    }
    if (!isPlain(value)) return value;
    const copy = {};
    for (const [name, part] of Object.entries(value)) {
      const at = `${path}.${name}`;
      const watched = watch(part, at);
      const isData = typeof part !== 'function' && !isPlain(part);
      Object.defineProperty(copy, name, {
        enumerable: true,
        get: () => {
          if (isData) used.add(at);
          return watched;
        },
      });
    }
    return copy;
  };
  return {
    exchange: watch(exchange, '') as Exchange,
    functions,
    used: () => {
      const since = used;
      used = new Set();
      return since;
    },
  };
};

/** Where two descriptions differ; nothing where one has parts or kinds of parts that the other has not. */
export const changedPaths = (
  one: unknown,
  other: unknown,
  path = '',
): readonly string[] | undefined => {
  if (Object.is(one, other)) return [];
  if (!isPlain(one) || !isPlain(other)) return typeof one === typeof other ? [path] : undefined;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return undefined;
  const paths = names.map((name) => changedPaths(one[name], other[name], `${path}.${name}`));
  return paths.includes(undefined) ? undefined : paths.flatMap((each) => each ?? []);
};

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');
const page = readFileSync(join(root, 'docs/promises.md'), 'utf8');

/** A promise, and the tests that keep it. */
interface Kept {
  readonly number: string;
  readonly text: string;
  readonly tests: readonly string[];
}

/** What stands above the promises of a table: what holds, or what does not happen any more. */
const heads = ['Promise', 'What went wrong'];

/** A row without a number has one more test of the promise above it. */
const promisesIn = (text: string): readonly Kept[] => {
  const promises: { number: string; text: string; tests: string[] }[] = [];
  for (const [, cells = ''] of text.matchAll(/^\|(.*)\|$/gm)) {
    const [number = '', promise = '', test = ''] = cells.split('|').map((cell) => cell.trim());
    if (heads.includes(promise) || /^-+$/.test(promise)) continue;
    if (number !== '') promises.push({ number, text: promise, tests: [] });
    if (test !== '') promises.at(-1)?.tests.push(test);
  }
  return promises;
};

const blocks = ['describe', 'it', 'test'];

/** What a call calls, without `.each(…)` and the like. */
const calledBy = (call: ts.CallExpression): string => {
  let callee: ts.Expression = call.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee))
      callee = callee.expression;
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else return '';
  }
  return callee.text;
};

/** The path of each test in a source: the titles around it, then its own, as they are written. */
const pathsIn = (source: string): readonly (readonly string[])[] => {
  const paths: (readonly string[])[] = [];
  const visit = (node: ts.Node, around: readonly string[]): void => {
    let path = around;
    if (ts.isCallExpression(node) && blocks.includes(calledBy(node))) {
      const [title, body] = node.arguments;
      if (title !== undefined && body !== undefined && ts.isStringLiteralLike(title)) {
        path = [...around, title.text];
        if (calledBy(node) !== 'describe') paths.push(path);
      }
    }
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true), []);
  return paths;
};

const isEnd = (end: readonly string[], path: readonly string[]): boolean =>
  end.length > 0 && end.every((title, index) => title === path.at(index - end.length));

const known = new Map<string, readonly (readonly string[])[]>();
const pathsOf = (file: string): readonly (readonly string[])[] => {
  const found =
    known.get(file) ??
    (existsSync(join(root, file)) ? pathsIn(readFileSync(join(root, file), 'utf8')) : []);
  known.set(file, found);
  return found;
};

/** Whether a test is there: its file, and its title behind some or all of those around it. */
const isThere = (test: string): boolean => {
  const [file = '', ...titles] = test.replace(/^`(.*)`$/, '$1').split(' › ');
  return /^test\/.*\.test\.ts$/.test(file) && pathsOf(file).some((path) => isEnd(titles, path));
};

const promises = promisesIn(page);

describe('docs/promises.md', () => {
  it('numbers the promises section by section', () => {
    const sections = page.split(/^## /m).slice(1).map(promisesIn);
    expect(sections.flatMap((section) => section.map(({ number }) => number))).toEqual(
      sections.flatMap((section, at) => section.map((_, index) => `${at + 1}.${index + 1}`)),
    );
    expect(promises.length).toBeGreaterThan(100);
  });

  it('has no promise without a test', () => {
    expect(promises.filter(({ text, tests }) => text === '' || tests.length === 0)).toEqual([]);
  });

  it('names tests that are there', () => {
    expect(promises.flatMap(({ tests }) => tests.filter((test) => !isThere(test)))).toEqual([]);
  });
});

describe('a test', () => {
  it.each([
    ['`test/docs.test.ts › the docs › README.md begins with whole programs`', true],
    ['`test/docs.test.ts › README.md begins with whole programs`', true],
    ['`test/docs.test.ts › the docs › %s links to files that are there`', true],
    ['`test/docs.test.ts › README.md begins with programs`', false],
    ['`test/docs.test.ts › other docs › README.md begins with whole programs`', false],
    ['`test/docs.test.ts › the docs`', false],
    ['`test/docs.test.ts`', false],
    ['`test/no.test.ts › README.md begins with whole programs`', false],
    ['`docs/promises.md › README.md begins with whole programs`', false],
    ['', false],
  ])('by the name of %s is there: %p', (test, there) => expect(isThere(test)).toBe(there));
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');
const { entryPoints } = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8')) as {
  readonly entryPoints: readonly string[];
};
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) =>
  readFileSync(path, 'utf8'),
) as { config: unknown };
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const compiling = { ...options, types: ['node'] };
const roots = entryPoints.map((path) => join(root, path));

/** Where users import an entry point from. */
const nameOf = (path: string): string => {
  const name = path.replace(/^src\//, '').replace(/(\/?index)?\.ts$/, '');
  return name === '' ? 'rxchange' : `rxchange/${name}`;
};

interface Exported {
  readonly from: string;
  readonly name: string;
  readonly symbol: ts.Symbol;
}

const exportsOf = (program: ts.Program): readonly Exported[] => {
  const checker = program.getTypeChecker();
  return entryPoints.flatMap((path) => {
    const file = program.getSourceFile(join(root, path));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${path} is no module.`);
    return checker.getExportsOfModule(module).map((symbol) => ({
      from: nameOf(path),
      name: symbol.name,
      symbol:
        (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol),
    }));
  });
};

const commentsOf = ({ declarations = [] }: ts.Symbol): readonly ts.JSDoc[] =>
  declarations.flatMap((declaration) => ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc));

const summaryOf = (symbol: ts.Symbol): string =>
  commentsOf(symbol)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join('');

const isDocumented = (symbol: ts.Symbol): boolean =>
  summaryOf(symbol).trim() !== '' ||
  commentsOf(symbol).some((doc) => doc.getText().includes('@inheritDoc'));

/** The examples in all comments of a file: of what is exported, and of its members. */
const examplesIn = (file: ts.SourceFile): readonly string[] =>
  [...file.text.matchAll(/^ *\* @example\s*?\n((?: *\*.*\n)+?)(?= *\* @| *\*\/)/gm)].flatMap(
    ([, block = '']) =>
      [...block.replace(/^ *\* ?/gm, '').matchAll(/^```ts\n(.*?)^```$/gms)].map(
        ([, text = '']) => text,
      ),
  );

/** What an example may take as given. */
const given = [
  "declare const exchange: import('rxchange').Connector;",
  "declare const connector: import('rxchange').Connector;",
  "declare const spot: import('rxchange').Connector;",
  "declare const perpetual: import('rxchange').PerpetualConnector;",
  "declare const main: import('rxchange').PerpetualConnector;",
  "declare const hedge: import('rxchange').PerpetualConnector;",
  "declare const credentials: import('rxchange').Credentials;",
  "declare const myExchange: import('rxchange').Exchange;",
  "declare const page: import('rxchange/exchange').RestAnswer;",
];

/** The example as a module that imports what it names, unless it says itself where that comes from. */
const moduleOf = (example: string, exported: ReadonlyMap<string, string>): string => {
  const own = new Set(
    [...example.matchAll(/(?:const|import) (?:\{ )?([\w$, ]+)/g)].flatMap(([, names = '']) =>
      names.split(/, ?/).map((name) => name.trim()),
    ),
  );
  const used = new Set(example.match(/[A-Za-z$_][\w$]*/g));
  const imports = [...exported].flatMap(([name, from]) =>
    used.has(name) && !own.has(name) ? [`import { ${name} } from '${from}';`] : [],
  );
  const declared = given.filter((line) => !own.has(/const (\w+)/.exec(line)?.[1] ?? ''));
  return [...imports, ...declared, example, 'export {};'].join('\n');
};

const described = ts.createProgram(roots, compiling);
const all = exportsOf(described);

describe('the comments of what is exported', () => {
  it('say what each thing is', () => {
    const bare = all.filter(({ symbol }) => !isDocumented(symbol));
    expect(bare.map(({ from, name }) => `${from}: ${name}`)).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
  });

  // What descriptions of exchanges are written with is shown by the guide that writes one.
  const shownByGuides = ['rxchange/exchange: ', 'rxchange/testing: conformanceChecks'];

  it('have an example of each function', () => {
    const checker = described.getTypeChecker();
    const functions = all.filter(
      ({ symbol }) =>
        (symbol.flags & ts.SymbolFlags.Variable) !== 0 &&
        symbol.valueDeclaration !== undefined &&
        checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration).getCallSignatures()
          .length > 0 &&
        symbol.name !== 'Decimal', // a class of bignumber.js
    );
    const bare = functions.filter(
      ({ symbol }) => !commentsOf(symbol).some((doc) => /@example|@inheritDoc/.test(doc.getText())),
    );
    const names = bare.map(({ from, name }) => `${from}: ${name}`);
    expect(names.filter((name) => !shownByGuides.some((shown) => name.startsWith(shown)))).toEqual(
      [],
    );
  });

  it('have examples that compile', () => {
    const exported = new Map<string, string>();
    const checker = described.getTypeChecker();
    const rxjs = described
      .getSourceFiles()
      .find(({ fileName }) => fileName.endsWith('/rxjs/dist/types/index.d.ts'))!;
    for (const { name } of checker.getExportsOfModule(checker.getSymbolAtLocation(rxjs)!))
      exported.set(name, 'rxjs');
    for (const { from, name } of all) if (!exported.has(name)) exported.set(name, from);
    const files = new Set(
      all.flatMap(({ symbol: { declarations = [] } }) =>
        declarations.map((declaration) => declaration.getSourceFile()),
      ),
    );
    // Where something is left out, the shape is what is shown.
    const texts = [...files].flatMap((file) =>
      examplesIn(file)
        .filter((text) => !/\.\.\.\s/.test(text))
        .map((text) => [file.fileName, text] as const),
    );
    expect(texts.length).toBeGreaterThan(30);

    const modules = new Map(
      texts.map(([path, text], index) => [
        join(root, `test/example-${index}.ts`),
        { path, text: moduleOf(text, exported) },
      ]),
    );
    const disk = ts.createCompilerHost(compiling);
    const host: ts.CompilerHost = {
      ...disk,
      fileExists: (path) => modules.has(path) || disk.fileExists(path),
      readFile: (path) => modules.get(path)?.text ?? disk.readFile(path),
      getSourceFile: (path, target) => {
        const module = modules.get(path);
        return module === undefined
          ? disk.getSourceFile(path, target)
          : ts.createSourceFile(path, module.text, target);
      },
    };
    const program = ts.createProgram(
      [...modules.keys(), join(root, 'test/support/prom-client.d.ts')],
      { ...compiling, noUnusedLocals: false },
      host,
      described,
    );
    const wrong = [...modules].flatMap(([path, { path: from }]) =>
      program
        .getSemanticDiagnostics(program.getSourceFile(path))
        .map(({ messageText }) => `${from}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
    );
    expect(wrong).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CancelResult, EndReason } from 'rxchange';
import { binanceSpot } from 'rxchange/binance';
import { createEmulation } from 'rxchange/emulator';
import { orderStateRules } from '../src/orders/order-state.js';

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const isMade = (path: string): boolean => path.startsWith(join('docs', 'api'));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...filesIn('docs', '.md').filter((path) => !isMade(path)),
];
const examples = filesIn('docs/examples', '.ts').map(read);

const blocks = (page: string, language: string): string[] =>
  [...read(page).matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );

/** The cells of each row of the tables in a text. */
const rows = (text: string): string[][] =>
  [...text.matchAll(/^\|(.*)\|$/gm)].map(([, cells = '']) =>
    cells.split('|').map((cell) => cell.trim()),
  );

/** The first table of a page that has this cell in its head, without the head. */
const table = (page: string, head: string): string[][] => {
  const tables = [...read(page).matchAll(/(^\|.*\|\n)+/gm)].map(([text]) => rows(text));
  return tables.find(([first = []]) => first.includes(head))?.slice(2) ?? [];
};

const names = (cells: readonly string[][]): string[] => cells.map(([name = '']) => name);
const code = (text: string): string => `\`${text}\``;

/** What a link may name in a page: its headings, as GitHub writes them. */
const anchorsIn = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the docs', () => {
  it.each(pages)('%s quotes programs as they are', (page) => {
    for (const block of blocks(page, 'ts'))
      expect(examples.filter((text) => text.includes(block))).toHaveLength(1);
  });

  it('README.md begins with whole programs', () => {
    const files = ['watch-a-market.ts', 'place-an-order.ts', 'market-maker.ts'];
    expect(blocks('README.md', 'ts')).toEqual(files.map((name) => read(`docs/examples/${name}`)));
  });

  it('README.md shows what the emulator prints', () => {
    const [line = ''] = blocks('README.md', 'text');
    const shown = JSON.parse(line) as Record<string, string>;
    const printed = { ...binanceSpot.domains.com, ...createEmulation().credentials };
    expect(Object.keys(shown)).toEqual(Object.keys(printed));
  });

  it('orders.md prints the table of states', () => {
    expect(table('docs/orders.md', 'State')).toEqual(
      orderStateRules.map(({ state, meaning }) => [code(state), meaning]),
    );
  });

  it('orders.md knows every reason and every outcome of a cancel', () => {
    const reasons: Readonly<Record<EndReason, string>> = {
      filled: 'filled',
      canceled: 'canceled',
      expired: 'canceled',
      self_trade_prevented: 'canceled',
      rejected: 'failed',
      not_placed: 'failed',
      lost: 'failed',
    };
    const outcomes: Readonly<Record<CancelResult['outcome'], true>> = {
      canceled: true,
      filled: true,
      failed: true,
      refused: true,
      unknown: true,
      not_found: true,
    };
    expect(table('docs/orders.md', code('reason')).map((row) => row.slice(0, 2))).toEqual(
      Object.entries(reasons).map((row) => row.map(code)),
    );
    expect(names(table('docs/orders.md', code('outcome')))).toEqual(
      Object.keys(outcomes).map(code),
    );
  });

  it('CONTRIBUTING.md has a reason for each package', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const packages = Object.keys({ ...dependencies, ...devDependencies });
    const explained = names(rows(read('CONTRIBUTING.md')));
    expect(packages.filter((name) => !explained.includes(code(name)))).toEqual([]);
  });

  it.each(pages)('%s links to files that are there', (page) => {
    const text = read(page).replace(/^```.*?^```$/gms, '');
    const broken = [...text.matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)].flatMap(
      ([, path = '', anchor = '']) => {
        const target = path === '' ? page : join(page, '..', path);
        if (!existsSync(join(root, target))) return [path];
        return anchor === '' || anchorsIn(target).includes(anchor) ? [] : [`${path}#${anchor}`];
      },
    );
    expect(broken).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

const codecs = ['io-ts', 'fp-ts'];
const library = 'entry core time order-book orders account net store connector operators emulator';

/** What each ring may import: other rings of src, and packages. The entry files may import anything. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [...codecs, 'bignumber.js'],
  time: ['rxjs'],
  'order-book': ['core'],
  orders: ['core', ...codecs],
  account: ['core'],
  exchange: ['core'],
  exchanges: ['exchange', ...codecs],
  'exchanges/binance': ['exchange', 'exchanges/binance-shared', ...codecs],
  'exchanges/binance-perpetual': ['exchange', 'exchanges/binance-shared', ...codecs],
  net: ['core', 'time', ...codecs, 'rxjs', 'node', 'cross-fetch', 'undici', 'ws'],
  store: ['core', 'rxjs', 'node'],
  connector: ['core', 'order-book', 'orders', 'account', 'net', 'store', ...codecs, 'rxjs'],
  operators: ['core', 'time', 'order-book', 'rxjs'],
  emulator: ['core', ...codecs, 'rxjs', 'node'],
  'emulator/server.ts': ['core', 'rxjs', 'node', 'ws'],
  testing: [...library.split(' '), ...codecs, 'rxjs', 'node'],
  cli: [...library.split(' '), 'rxjs', 'node'],
};

/**
 * `exchanges/binance/rules.ts` is of the ring `exchanges/binance`: exchanges do not know each other, and what two
 * of them share is a folder of its own. They import what anybody may who describes one, `exchange.ts`.
 */
const ringOf = (path: string): string => {
  const [ring = '', exchange, ...rest] = path.split('/');
  if (exchange === undefined) return ring.startsWith('exchange.') ? 'exchange' : 'entry';
  return ring === 'exchanges' && rest.length > 0 ? `${ring}/${exchange}` : ring;
};

const targetOf = (path: string, name: string): string =>
  name.startsWith('.') ? ringOf(posix.join(posix.dirname(path), name)) : name.replace(/[:/].*/, '');

const wrongArrows = (path: string, text: string): readonly string[] => {
  const own = ringOf(path);
  if (own === 'entry') return [];
  const allowed = [own, ...(arrows[path] ?? arrows[own] ?? arrows[own.split('/')[0]!] ?? [])];
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => targetOf(path, fileName))
    .filter((target) => !allowed.includes(target))
    .map((target) => `${path} -> ${target}`);
};

describe('the rings of src', () => {
  it('import only what they may', () => {
    const src = join(__dirname, '../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(100);
    expect(
      files.flatMap((path) => wrongArrows(path, readFileSync(join(src, path), 'utf8'))),
    ).toEqual([]);
  });

  it.each([
    ['core/order.ts', `import { of } from 'rxjs';`, 'rxjs'],
    ['core/order.ts', `import type { Environment } from '../net/environment.js';`, 'net'],
    [
      'orders/order-state.ts',
      `export { OrderBook } from '../order-book/order-book.js';`,
      'order-book',
    ],
    ['account/balances.ts', `import { map } from 'rxjs/operators';`, 'rxjs'],
    ['exchanges/binance/rules.ts', `import { readFileSync } from 'node:fs';`, 'node'],
    ['exchanges/binance/rules.ts', `import { Decimal } from '../../core/decimal.js';`, 'core'],
    ['exchange.ts', `export { binance } from './binance.js';`, 'entry'],
    ['exchanges/bybit/rules.ts', `import '../binance/rules.js';`, 'exchanges/binance'],
    ['exchanges/binance-perpetual/rules.ts', `import '../binance/rules.js';`, 'exchanges/binance'],
    ['exchanges/binance-shared/rules.ts', `import '../binance/rules.js';`, 'exchanges/binance'],
    ['net/rest.ts', `import { orderState } from '../orders/order-state.js';`, 'orders'],
    ['connector/connector.ts', `import { request } from 'undici';`, 'undici'],
    ['connector/connector.ts', `import { binance } from '../binance.js';`, 'entry'],
    [
      'emulator/binance/rest.ts',
      `import { sign } from '../../exchanges/binance/auth.js';`,
      'exchanges/binance',
    ],
    ['emulator/emulator.ts', `import { WebSocketServer } from 'ws';`, 'ws'],
    ['operators/mid-price.ts', `const books = import('../testing/index.js');`, 'testing'],
    ['cli/main.ts', `import '../testing/index.js';`, 'testing'],
  ])('%s must not say %s', (path, text, target) => {
    expect(wrongArrows(path, text)).toEqual([`${path} -> ${target}`]);
  });
});

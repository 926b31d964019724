import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../../src/exchanges');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

it('has files', () => {
  expect(files).toContain(join('binance', 'exchange.ts'));
});

describe.each(files)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');

  it('describes an exchange without waiting for anything', () => {
    expect(text).not.toMatch(/from\s+['"]rxjs/);
    expect(text).not.toMatch(/(import|require)\s*\(/);
    expect(text).not.toMatch(/from\s+['"](\.\.\/)+(net|connector|emulator|testing)\//);
  });

  it('has at most 250 lines', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(251);
  });
});

/** Lines of code: no comments, no blank ones. */
const lines = (text: string): number =>
  text
    .replace(/\/\*.*?\*\//gs, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;

it('takes no more than 1,100 lines of code for both of Binance’s markets, the scanner of depth apart', () => {
  const counted = files.filter((name) => !name.endsWith('scan-depth.ts'));
  const total = counted.map((name) => lines(readFileSync(join(folder, name), 'utf8')));
  expect(total.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(1_100);
});

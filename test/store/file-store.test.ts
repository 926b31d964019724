import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fileStore } from '../../src/store/file-store.js';
import { record } from '../support/recording.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rxchange-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, 'orders.jsonl');
const read = (): readonly string[] | undefined => record(fileStore(file()).load()).last();
const write = (...lines: readonly string[]): void => {
  for (const line of lines)
    expect(record(fileStore(file()).append(line)).state()).toBe('completed');
};

/** What a line of JSON may hold, beyond ASCII too: a character of several bytes can be torn apart. */
const line = fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify({ text }));

describe('a store in a file', () => {
  it('is empty at first, and makes no file by being read', () => {
    expect(read()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has its lines on disk before it says that they are safe', () => {
    write('1', '2');
    expect(readFileSync(file(), 'utf8')).toBe('1\n2\n');
    expect(read()).toEqual(['1', '2']);
  });

  it('does nothing before somebody subscribes', () => {
    void fileStore(file()).append('1');
    void fileStore(file()).compact(['2']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is cut to the lines that are kept, and goes on behind them', () => {
    write('1', '2', '3');
    expect(record(fileStore(file()).compact(['2'])).state()).toBe('completed');
    write('4');
    expect(read()).toEqual(['2', '4']);
    expect(readdirSync(folder)).toEqual(['orders.jsonl']);
  });

  it('errors where it cannot write', () => {
    const nowhere = fileStore(join(folder, 'no such folder', 'orders.jsonl'));
    expect(record(nowhere.append('1')).error()).toMatchObject({ code: 'ENOENT' });
    expect(record(nowhere.compact(['1'])).error()).toMatchObject({ code: 'ENOENT' });
  });
});

describe('a process that is killed', () => {
  it('within a line, at any byte, loses that line and no other', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3 }), line, line, (lines, torn, next) => {
        const whole = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const last = Buffer.from(`${torn}\n`);
        for (let bytes = 0; bytes < last.length; bytes += 1) {
          writeFileSync(file(), Buffer.concat([whole, last.subarray(0, bytes)]));
          expect(read()).toEqual(lines);
          write(next);
          expect(read()).toEqual([...lines, next]);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('while lines are thrown out, has all that there were', () => {
    write('1', '2');
    appendFileSync(`${file()}.new`, '2');
    expect(read()).toEqual(['1', '2']);
    record(fileStore(file()).compact(['2']));
    expect(read()).toEqual(['2']);
  });

  it('before the lines that are kept are all there, has all that there were', () => {
    write('1', '2');
    mkdirSync(`${file()}.new`);
    expect(record(fileStore(file()).compact(['2'])).error()).toMatchObject({ code: 'EISDIR' });
    expect(read()).toEqual(['1', '2']);
  });
});

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as ts from 'typescript';

const source = resolve(__dirname, '../../src');
const modules = resolve(__dirname, '../../node_modules');

/** Translates the emulator and what it stands on, so that a process of its own can run it. */
const translate = (target: string): void => {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  for (const ring of ['core', 'emulator']) {
    for (const name of readdirSync(join(source, ring), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const text = readFileSync(join(source, ring, name), 'utf8');
      const file = join(target, ring, name.replace(/ts$/, 'js'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, ts.transpileModule(text, { compilerOptions }).outputText);
    }
  }
};

const script = `
  const { once } = require('node:events');
  const { WebSocket } = require('ws');
  const { emulator } = require('./emulator/index.js');
  const main = async () => {
    const venue = await emulator().listen();
    const socket = new WebSocket(venue.domain.stream + '/ws/btcusdt@depth/btcusdt@depth@100ms');
    const api = new WebSocket(venue.domain.wsApi);
    await Promise.all([once(socket, 'message'), once(api, 'open')]);
    await fetch(venue.domain.rest + '/api/v3/ping');
    await venue.close();
    console.log('closed');
  };
  main();
`;

describe('a process', () => {
  const target = mkdtempSync(join(tmpdir(), 'emulator-'));
  beforeAll(() => translate(target));
  afterAll(() => rmSync(target, { recursive: true }));

  it('ends by itself once its emulator is closed', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
      cwd: target,
      env: { ...process.env, NODE_PATH: modules },
      timeout: 15_000,
    });
    expect(stdout).toBe('closed\n');
  });
});

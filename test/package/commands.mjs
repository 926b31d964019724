import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { it } from 'node:test';

const program = process.platform === 'win32' ? 'rxchange.cmd' : 'rxchange';

export const commands = (project) => {
  it('explains itself', async () => {
    const printed = await project().run('npx', '--offline', 'rxchange', '--help');
    assert.match(printed, /rxchange emulator \[--port 9001\]/);
    assert.match(printed, /rxchange demo/);
  });

  it('runs an exchange until it is interrupted', { timeout: 30_000 }, async () => {
    const { folder } = project();
    const path = join(folder, 'node_modules/.bin', program);
    const child = spawn(path, ['emulator', '--port', '0'], { cwd: folder });
    try {
      const [line] = await once(createInterface(child.stdout), 'line');
      const { rest } = JSON.parse(line);
      const response = await globalThis.fetch(`${rest}/api/v3/time`);
      assert.equal(typeof (await response.json()).serverTime, 'number');
    } finally {
      child.kill('SIGINT');
    }
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
  });
};

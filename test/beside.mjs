/**
 * `node test/beside.mjs lint:rules typecheck+build`: runs scripts of the package beside each other, those that `+` joins
 * one after the other. What a script printed is shown when it ends; the first that fails ends a chain, and fails all.
 */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

const run = (script) =>
  new Promise((resolve) => {
    const beganAt = performance.now();
    const child = spawn(`npm run --silent ${script}`, { shell: true, stdio: 'pipe' });
    let printed = '';
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8');
      output.on('data', (text) => (printed += text));
    }
    child.on('close', (code) => {
      const seconds = ((performance.now() - beganAt) / 1_000).toFixed(1);
      console.log(`${code === 0 ? 'PASS' : 'FAIL'} npm run ${script} (${seconds} s)`);
      if (printed !== '') console.log(printed);
      resolve(code === 0);
    });
  });

const runChain = async (chain) => {
  for (const script of chain.split('+')) if (!(await run(script))) return false;
  return true;
};

const passed = await Promise.all(process.argv.slice(2).map(runChain));
process.exitCode = passed.every(Boolean) ? 0 : 1;

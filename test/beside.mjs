/**
 * `node test/beside.mjs lint:rules typecheck+build+unit -- --json`: runs scripts of the package beside each other, those
 * that `+` joins one after the other; what follows `--` is for the last of all, which prints as it goes. What another
 * one printed is shown when it ends. The first that fails ends its chain, and fails all.
 */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

const words = process.argv.slice(2);
const end = words.includes('--') ? words.indexOf('--') : words.length;
const chains = words.slice(0, end).map((chain) => chain.split('+'));
const last = chains.at(-1).at(-1);
const failed = [];

const run = (script) =>
  new Promise((resolve) => {
    const beganAt = performance.now();
    const isLast = script === last;
    const command = ['npm run --silent', script, ...(isLast ? words.slice(end) : [])].join(' ');
    const child = spawn(command, { shell: true, stdio: isLast ? 'inherit' : 'pipe' });
    let printed = '';
    for (const output of [child.stdout, child.stderr]) {
      output?.setEncoding('utf8');
      output?.on('data', (text) => (printed += text));
    }
    child.on('close', (code) => {
      const seconds = ((performance.now() - beganAt) / 1_000).toFixed(1);
      console.log(`${code === 0 ? 'PASS' : 'FAIL'} npm run ${script} (${seconds} s)`);
      if (printed !== '') console.log(printed);
      if (code !== 0) failed.push(script);
      resolve(code === 0);
    });
  });

const runChain = async (chain) => {
  for (const script of chain) if (!(await run(script))) return;
};

await Promise.all(chains.map(runChain));
if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

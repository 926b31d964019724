#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { tradingPair } from '../core/trading-pair.js';
import { defaultListings, defaultPerpetuals } from '../emulator/index.js';
import { runCarryDemo } from './carry-demo.js';
import { runDemo } from './demo.js';
import { runEmulator } from './emulator.js';

const usage = `rxchange: exchange connectors for TypeScript, composed of RxJS observables

  rxchange emulator [--port 9001] [--seed 1]
      An exchange to trade on, on this machine; prints where it is and the keys of an account.

  rxchange demo [--perpetual] [--seconds 30] [--seed 1] [--pair BTC-USDT] [--disconnect-every 0]
      A market maker on an exchange of its own; its books are compared with the exchange's at the end.
      With --perpetual funding is earned on two of them: a perpetual is sold and as much bought on the spot
      market while the funding rate is positive.`;

/** Says what is wrong with the command, and ends. */
const fail = (message: string): never => {
  console.error(message);
  process.exit(2);
};

const parse = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '9001' },
        seed: { type: 'string', default: '1' },
        seconds: { type: 'string', default: '30' },
        pair: { type: 'string', default: 'BTC-USDT' },
        perpetual: { type: 'boolean', default: false },
        'disconnect-every': { type: 'string', default: '0' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
};

const { positionals, values } = parse();

const number = (
  name: 'port' | 'seed' | 'seconds' | 'disconnect-every',
  { max = Infinity }: { readonly max?: number } = {},
): number => {
  const value = Number(values[name]);
  const range = max === Infinity ? 'of at least 0' : `from 0 to ${max}`;
  return value >= 0 && value <= max && Number.isFinite(value)
    ? value
    : fail(`--${name} takes a number ${range}, got "${values[name]}".`);
};

/** The pairs in which there is somebody to trade with. */
const pairs = (values.perpetual ? defaultPerpetuals : defaultListings)
  .filter(({ quote }) => quote === 'USDT')
  .map(({ base, quote }) => tradingPair(base, quote));

/** One line that is written over where the output is a terminal. */
const showLine = (text: string): void => {
  if (process.stdout.isTTY) process.stdout.write(`\r${text}\u001b[K`);
  else console.log(text);
};

const demo = async (): Promise<void> => {
  const pair = pairs.find((one) => one === values.pair);
  if (pair === undefined)
    return fail(`--pair takes one of ${pairs.join(', ')}, got "${values.pair}".`);
  const run = values.perpetual ? runCarryDemo : runDemo;
  const agreed = await run({
    pair,
    seconds: number('seconds'),
    seed: number('seed'),
    disconnectEvery: number('disconnect-every'),
    showLine,
    print: (text) => console.log(text),
  });
  process.exitCode = agreed ? 0 : 1;
};

const run = async (): Promise<void> => {
  const [command, ...more] = positionals;
  if (values.help || command === undefined) console.log(usage);
  else if (more.length > 0) fail(`${command} takes options only, got "${more.join(' ')}".`);
  else if (command === 'demo') await demo();
  else if (command === 'emulator')
    await runEmulator({ port: number('port', { max: 65_535 }), seed: number('seed') });
  else fail(`There is no command "${command}".\n\n${usage}`);
};

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

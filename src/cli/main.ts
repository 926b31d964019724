#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { TradingPair } from '../core/trading-pair.js';
import { runDemo } from './demo.js';
import { runEmulator } from './emulator.js';

const usage = `rxchange: exchange connectors for TypeScript, composed of RxJS observables

  rxchange emulator [--port 9001] [--seed 1]
      An exchange to trade on, on this machine; prints where it is and the keys of an account.

  rxchange demo [--seconds 30] [--seed 1] [--pair BTC-USDT] [--disconnect-every 0]
      A market maker on an exchange of its own; its books are compared with the exchange's at the end.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '9001' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '30' },
    pair: { type: 'string', default: 'BTC-USDT' },
    'disconnect-every': { type: 'string', default: '0' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const fail = (message: string): never => {
  console.error(message);
  process.exit(2);
};

const number = (name: 'port' | 'seed' | 'seconds' | 'disconnect-every'): number => {
  const value = Number(values[name]);
  return Number.isFinite(value) && value >= 0
    ? value
    : fail(`--${name} takes a number of at least 0, got "${values[name]}".`);
};

const isPair = (text: string): text is TradingPair => /^[^-\s]+-[^-\s]+$/.test(text);

/** One line that is written over where the output is a terminal. */
const showLine = (text: string): void => {
  if (process.stdout.isTTY) process.stdout.write(`\r${text}\u001b[K`);
  else console.log(text);
};

const demo = async (): Promise<void> => {
  const { pair } = values;
  if (!isPair(pair)) return fail(`--pair takes a pair such as BTC-USDT, got "${pair}".`);
  const agreed = await runDemo({
    pair,
    seconds: number('seconds'),
    seed: number('seed'),
    disconnectEvery: number('disconnect-every'),
    showLine,
    print: (text) => console.log(text),
  });
  process.exitCode = agreed ? 0 : 1;
};

const [command] = positionals;
if (values.help || command === undefined) console.log(usage);
else if (command === 'demo') await demo();
else if (command === 'emulator') await runEmulator({ port: number('port'), seed: number('seed') });
else fail(`There is no command "${command}".\n\n${usage}`);

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Decimal } from 'rxchange';

const decimals = (record, ...names) => ({
  ...record,
  ...Object.fromEntries(names.map((name) => [name, new Decimal(record[name])])),
});

/** What `exchange.mjs` says of the client, as {@link reconcile} takes it. */
const truthOf = ({ orders, trades, balances, ...rest }) => ({
  ...rest,
  orders: () => orders.map((order) => decimals(order, 'executedAmount', 'executedQuote')),
  trades: () =>
    trades.map((trade) => ({
      ...decimals(trade, 'price', 'amount'),
      fee: decimals(trade.fee, 'amount'),
    })),
  balances: () =>
    new Map(balances.map(([asset, balance]) => [asset, decimals(balance, 'free', 'locked')])),
});

/** Starts `exchange.mjs` as a process of its own. */
export const startExchange = async (options) => {
  const child = fork(join(import.meta.dirname, 'exchange.mjs'), [JSON.stringify(options)]);
  const heard = async () => {
    const [{ answer }] = await once(child, 'message');
    return answer;
  };
  const ask = (question) => {
    const answer = heard();
    child.send(question);
    return answer;
  };
  return {
    ...(await heard()),
    disrupt: () => ask('disrupt'),
    heal: () => ask('heal'),
    truth: async () => truthOf(await ask('truth')),
    /** Stops the process in its tracks: its sockets stay open, and nothing comes. */
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    kill: () => child.kill('SIGKILL'),
  };
};

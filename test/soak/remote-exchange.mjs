import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Decimal } from 'rxchange';

const decimals = (record, ...names) => ({
  ...record,
  ...Object.fromEntries(names.map((name) => [name, new Decimal(record[name])])),
});

/** What an exchange says of the client, as {@link reconcile} takes it. */
const truthOf = ({ orders, trades, balances, ...rest }) => ({
  ...rest,
  orders: () => orders.map((order) => decimals(order, 'executedAmount', 'executedQuote')),
  trades: () =>
    trades.map((trade) => ({
      ...decimals(trade, 'price', 'amount', ...(trade.realizedPnl ? ['realizedPnl'] : [])),
      fee: decimals(trade.fee, 'amount'),
    })),
  balances: () =>
    new Map(balances.map(([asset, balance]) => [asset, decimals(balance, 'free', 'locked')])),
});

/** The same of perpetuals, as {@link reconcilePerpetual} takes it. */
const perpetualTruthOf = ({ positions, fundingPayments, realizedPnl, terms, ...rest }) => ({
  ...truthOf(rest),
  positions: () => positions.map((position) => decimals(position, 'amount', 'entryPrice')),
  fundingPayments: () => fundingPayments.map((payment) => decimals(payment, 'payment')),
  realizedPnl: () => new Decimal(realizedPnl),
  terms: decimals(terms, 'markPrice', 'fundingRate'),
});

/** Starts a script that is an exchange as a process of its own, and lets it be asked. */
const start = async (script, options) => {
  const child = fork(join(import.meta.dirname, script), [JSON.stringify(options)]);
  const heard = async () => {
    const [{ answer }] = await once(child, 'message');
    return answer;
  };
  const ask = (question) => {
    const answer = heard();
    child.send(question);
    return answer;
  };
  return { child, ask, access: await heard() };
};

/** Starts `exchange.mjs`. */
export const startExchange = async (options) => {
  const { child, ask, access } = await start('exchange.mjs', options);
  return {
    ...access,
    disrupt: () => ask('disrupt'),
    heal: () => ask('heal'),
    truth: async () => truthOf(await ask('truth')),
    /** Stops the process in its tracks: its sockets stay open, and nothing comes. */
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    kill: () => child.kill('SIGKILL'),
  };
};

/** Starts `perpetual-exchange.mjs`. */
export const startPerpetualExchange = async (options) => {
  const { child, ask, access } = await start('perpetual-exchange.mjs', options);
  return {
    ...access,
    disconnect: () => ask('disconnect'),
    expire: () => ask('expire'),
    calm: () => ask('calm'),
    truth: async () => perpetualTruthOf(await ask('truth')),
    kill: () => child.kill('SIGKILL'),
  };
};

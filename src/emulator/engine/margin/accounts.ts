import { EngineRejection } from '../model.js';
import { maxLeverageOf, maxNotionalOf } from './brackets.js';
import type { MarginContext } from './context.js';
import { MarginRejection, type PerpetualEngine } from './model.js';
import { accountEvents } from './settlement.js';

type AccountCommands = Pick<PerpetualEngine, 'setLeverage' | 'setPositionMode' | 'transfer'>;

const setLeverage =
  ({ state, book, reckoning }: MarginContext): AccountCommands['setLeverage'] =>
  (accountId, symbol, leverage) => {
    const { listing } = state.marketOf(symbol);
    const isOne = Number.isInteger(leverage) && leverage >= 1 && leverage <= maxLeverageOf(listing);
    if (!isOne) throw new MarginRejection('invalid_leverage');
    const stake = book.stake(accountId, symbol);
    const before = stake.leverage;
    if (leverage === before) return;
    const { exposure } = reckoning.marketMargin(accountId, symbol);
    if (leverage > before && exposure.gt(maxNotionalOf(listing, leverage))) {
      throw new MarginRejection('position_too_large');
    }
    stake.leverage = leverage;
    const { marginBalance, positionMargin, orderMargin } = reckoning.figures(
      accountId,
      listing.quote,
    );
    if (leverage < before && positionMargin.plus(orderMargin).gt(marginBalance)) {
      stake.leverage = before;
      throw new MarginRejection('leverage_too_small');
    }
    const time = state.now();
    state.publisher.publish([{ type: 'leverage', accountId, symbol, leverage, time }]);
  };

const setPositionMode =
  ({ state, book, reckoning }: MarginContext): AccountCommands['setPositionMode'] =>
  (accountId, mode) => {
    if (mode === book.mode(accountId)) throw new MarginRejection('mode_unchanged');
    if (state.historyOf(accountId).openOrders().length > 0) {
      throw new MarginRejection('open_orders');
    }
    if (reckoning.positions(accountId).some(({ amount }) => !amount.isZero())) {
      throw new MarginRejection('open_positions');
    }
    book.setMode(accountId, mode);
  };

const transfer =
  ({ state, book, reckoning }: MarginContext): AccountCommands['transfer'] =>
  (accountId, asset, amount) => {
    const { ledger, now, publisher } = state;
    if (!amount.isFinite()) throw new RangeError('A transfer has an amount');
    const isWithdrawal = amount.isNegative();
    if (isWithdrawal && reckoning.figures(accountId, asset).available.lt(amount.negated())) {
      throw new EngineRejection('insufficient_balance');
    }
    const time = now();
    ledger.addFree(accountId, asset, amount);
    const reason = isWithdrawal ? 'withdraw' : 'deposit';
    const cause = { reason, time, changeOf: () => amount } as const;
    const events = accountEvents({ ledger, book, reckoning }, cause);
    publisher.publish([{ type: 'transfer', accountId, asset, amount, time }, ...events]);
  };

/** What an account may do beside trading. */
export const createAccountCommands = (context: MarginContext): AccountCommands => ({
  setLeverage: setLeverage(context),
  setPositionMode: setPositionMode(context),
  transfer: transfer(context),
});

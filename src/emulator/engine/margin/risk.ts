import { Decimal } from '../../../core/decimal.js';
import { INSURANCE_ACCOUNT, type MarginContext } from './context.js';
import { liquidate } from './liquidation.js';

/** From which part of its margin balance on an account is told that it comes near to liquidation. */
const CALL_AT = new Decimal('0.8');

/**
 * Looks after accounts whose positions change in value: tells those that come near to their liquidation, once
 * until they are away from it again, and liquidates those that are there.
 */
export const createRiskWatch = (context: MarginContext): ((symbol: string) => void) => {
  const { state, book, reckoning } = context;
  const called = new Set<string>();

  const call = (accountId: string, asset: string): void => {
    const positions = reckoning.positions(accountId).filter(({ amount }) => !amount.isZero());
    const wallet = state.ledger.balance(accountId, asset).free;
    const time = state.now();
    state.publisher.publish([{ type: 'margin_call', accountId, wallet, positions, time }]);
  };

  const examine = (accountId: string, asset: string): void => {
    const { marginBalance, maintenanceMargin } = reckoning.figures(accountId, asset);
    const isNear =
      !maintenanceMargin.isZero() && maintenanceMargin.gte(marginBalance.multipliedBy(CALL_AT));
    const name = `${accountId} ${asset}`;
    if (!isNear) {
      called.delete(name);
      return;
    }
    if (marginBalance.lt(maintenanceMargin)) {
      called.delete(name);
      liquidate(context, accountId, asset);
      return;
    }
    if (called.has(name)) return;
    called.add(name);
    call(accountId, asset);
  };

  return (symbol) => {
    const { quote } = state.marketOf(symbol).listing;
    for (const accountId of book.accountIds()) {
      const isHolder = book
        .stakes(accountId)
        .some((stake) => stake.symbol === symbol && stake.holdings.size > 0);
      if (isHolder && accountId !== INSURANCE_ACCOUNT) examine(accountId, quote);
    }
  };
};

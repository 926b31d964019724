import { catchError, defer, EMPTY, finalize, takeUntil, tap, type Observable } from 'rxjs';
import type { PerpetualConnector } from '../../src/connector/perpetual-connector.js';
import { sum, type Decimal } from '../../src/core/decimal.js';
import type { PositionMode } from '../../src/core/position.js';
import type { VirtualPerpetualVenue } from '../../src/testing/virtual-perpetual-venue.js';
import { PAIR, SYMBOL } from './market.js';
import type { Cast } from './stage.js';

/** What a position must be worth at least to be kept, as a part of its value. */
const MAINTENANCE = 0.004;

/** Where they need this part of what the account has, from 0.8 on, a margin call is made. */
export const CALLED = 0.9;
/** With less than this somebody pays in, in USDT. */
const POOR = 1_000;

/** What can be done in a perpetual market, and what there is at the exchange. */
export const createDesk = (
  venue: VirtualPerpetualVenue,
  { court: { check, note }, client }: Pick<Cast<PerpetualConnector>, 'court' | 'client'>,
) => {
  const { engine, accountId, control } = venue;
  const leverage = (): number => engine.leverage(accountId, SYMBOL);
  const mode = (): PositionMode => engine.positionMode(accountId);
  const otherMode = (): PositionMode => (mode() === 'hedge' ? 'one_way' : 'hedge');
  const held = () => venue.positions().filter(({ amount }) => !amount.isZero());

  /** As long as the process lives, and whatever is refused. */
  const tried = <T>(command$: Observable<T>): Observable<T> =>
    command$.pipe(
      catchError(() => EMPTY),
      takeUntil(client.process().death$),
    );
  const underway = new Map<() => unknown, number>();
  const count = (atExchange: () => unknown, change: number): number => {
    const now = (underway.get(atExchange) ?? 0) + change;
    underway.set(atExchange, now);
    return now;
  };
  /** A command that ends well has told what is so, unless another one has overtaken its answer. */
  const set = <T extends string | number>(
    command$: Observable<T>,
    wanted: T,
    atExchange: () => T,
  ): Observable<T> =>
    defer(() => {
      count(atExchange, 1);
      return tried(command$).pipe(
        tap((told) =>
          check(
            'a setting is as the command says',
            told === wanted && (told === atExchange() || count(atExchange, 0) > 1),
            () => `wanted ${wanted}, told ${told}, exchange ${atExchange()}`,
          ),
        ),
        finalize(() => count(atExchange, -1)),
      );
    });

  const markOf = (part: number): Decimal | undefined => {
    const positions = held();
    const amounts = positions.map(({ amount }) => amount);
    const needed = sum(amounts.map((amount) => amount.abs())).times(MAINTENANCE / part);
    const lacking = sum(positions.map(({ cost }) => cost)).minus(venue.figures().wallet);
    const mark = lacking.div(sum(amounts).minus(needed));
    const isAbsurd = !mark.gt(0) || mark.gt(engine.terms(SYMBOL).indexPrice.times(10));
    return isAbsurd ? undefined : mark.decimalPlaces(1);
  };

  return {
    leverage,
    held,
    setLeverage: (wanted: number) =>
      set(client.exchange().setLeverage(PAIR, wanted), wanted, leverage),
    otherMode,
    switchMode: () => set(client.exchange().setPositionMode(otherMode()), otherMode(), mode),
    /** Somebody else takes any order, until the returned function is called. */
    makeMarket: (): (() => void) => {
      const rival = control.trader('rival');
      const { indexPrice } = engine.terms(SYMBOL);
      for (const [side, factor] of [
        ['buy', 0.99],
        ['sell', 1.01],
      ] as const)
        rival.limit(side, indexPrice.times(factor).decimalPlaces(1), 100);
      return rival.cancelAll;
    },
    /** Sells so much that a price some times as high puts it at risk, and so little that any leverage allows it. */
    goShort: (): void => {
      const amount = venue.figures().wallet.div(4).div(engine.terms(SYMBOL).indexPrice);
      const order = { pair: PAIR, type: 'market', amount, positionAction: 'open' } as const;
      tried(client.exchange().sell(order)).subscribe();
    },
    closeAll: (): void => {
      for (const { amount } of held())
        tried(
          client.exchange()[amount.isPositive() ? 'sell' : 'buy']({
            pair: PAIR,
            type: 'market',
            amount: amount.abs(),
            positionAction: 'close',
          }),
        ).subscribe();
    },
    /** Moves the mark price to where positions need so large a part of what the account has, unless that is absurd. */
    setMark: (part: number): boolean => {
      const mark = markOf(part);
      if (mark === undefined) return false;
      note(`mark price ${mark.toFixed()}`);
      control.setMarkPrice(SYMBOL, mark);
      return true;
    },
    resetMark: (): void => {
      control.setMarkPrice(SYMBOL, undefined);
      if (venue.figures().wallet.lt(POOR)) control.deposit('USDT', POOR);
    },
  };
};

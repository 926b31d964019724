import { Decimal } from '../../../src/core/decimal.js';
import type { Side } from '../../../src/core/order.js';
import { createEngine, type EngineOptions } from '../../../src/emulator/engine/engine.js';
import type {
  AccountTrade,
  Engine,
  EngineEvent,
  EngineRejection,
  Listing,
  PlaceRequest,
} from '../../../src/emulator/engine/model.js';

export const dec = (text: string | number): Decimal => new Decimal(text);

export const listing = (base: string, changes: Partial<Listing> = {}): Listing => ({
  symbol: `${base}USDT`,
  base,
  quote: 'USDT',
  priceStep: dec('0.01'),
  minPrice: dec('0.01'),
  maxPrice: dec(1_000_000),
  amountStep: dec('0.001'),
  minAmount: dec('0.001'),
  maxAmount: dec(9_000),
  minNotional: dec(5),
  makerFee: dec('0.001'),
  takerFee: dec('0.002'),
  ...changes,
});

export interface Recorded {
  readonly engine: Engine;
  /** All events so far. */
  readonly events: EngineEvent[];
  readonly batches: (readonly EngineEvent[])[];
}

/** An engine that lists BTCUSDT and ETHUSDT, with the events that it published. */
export const recorded = (options: Partial<EngineOptions> = {}): Recorded => {
  let time = 0;
  const engine = createEngine({
    listings: [listing('BTC'), listing('ETH')],
    now: () => (time += 1),
    ...options,
  });
  const batches: (readonly EngineEvent[])[] = [];
  const events: EngineEvent[] = [];
  engine.listen((batch) => {
    batches.push(batch);
    events.push(...batch);
  });
  return { engine, events, batches };
};

/** What differs from a limit order of 1 at 100, GTC; the client id is made of all of it. */
export type Terms = Partial<Omit<PlaceRequest, 'price' | 'amount' | 'quoteAmount'>> & {
  readonly price?: string | number;
  readonly amount?: string | number;
  readonly quoteAmount?: string | number;
};

export const request = (side: Side, terms: Terms = {}): PlaceRequest => {
  const { price = 100, amount = 1, quoteAmount, ...rest } = terms;
  return {
    symbol: 'BTCUSDT',
    clientOrderId: `${side} ${JSON.stringify(terms)}`,
    side,
    type: 'limit',
    ...(rest.type === 'market' ? {} : { price: dec(price) }),
    ...(quoteAmount === undefined ? { amount: dec(amount) } : { quoteAmount: dec(quoteAmount) }),
    ...rest,
  };
};

/** `amount @ price` of each trade. */
export const fills = (trades: readonly AccountTrade[]): string[] =>
  trades.map(({ amount, price }) => `${amount.toFixed()} @ ${price.toFixed()}`);

/** `amount @ price` of each level: asks from worst to best, a line, bids from best to worst. */
export const book = (engine: Engine, symbol = 'BTCUSDT'): string[] => {
  const { bids, asks } = engine.depth(symbol, 1_000);
  const line = ([price, amount]: (typeof bids)[number]) =>
    `${amount.toFixed()} @ ${price.toFixed()}`;
  return [...asks.map(line).reverse(), '-', ...bids.map(line)];
};

/** `free + locked` of each asset that the account holds. */
export const wallet = (engine: Engine, accountId: string): Record<string, string> =>
  Object.fromEntries(
    [...engine.balances(accountId)].map(([asset, { free, locked }]) => [
      asset,
      `${free.toFixed()} + ${locked.toFixed()}`,
    ]),
  );

/** The reason of the rejection, or `undefined` if there was none. */
export const rejection = (command: () => unknown): EngineRejection['reason'] | undefined => {
  try {
    command();
    return undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'EngineRejection' && 'reason' in error) {
      return (error as EngineRejection).reason;
    }
    throw error;
  }
};

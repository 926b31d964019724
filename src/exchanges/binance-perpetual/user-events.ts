import * as t from 'io-ts';
import {
  DecimalFromString,
  decimals,
  fields,
  Int,
  ints,
  optional,
  texts,
} from '../../core/codecs.js';
import { Side } from './perpetual.js';

/**
 * An order's change, and with `x` being `TRADE` or `CALCULATED` its fill. What it cost (`N`, `n`) may be left out.
 *
 * @see USDⓈ-M Futures API, user data streams, "Event: Order Update"
 */
const Order = t.intersection(
  [
    fields({
      ...texts('s', 'c', 'f', 'x', 'X'),
      ...decimals('q', 'l', 'z', 'L', 'rp'),
      ...ints('i', 'T', 't'),
      m: t.boolean,
    }),
    optional({ N: t.string, n: DecimalFromString }),
  ],
  'Order',
);
export type Order = t.TypeOf<typeof Order>;

const OrderTradeUpdate = fields({ e: t.literal('ORDER_TRADE_UPDATE'), o: Order });

/**
 * The balances and positions that changed, and why.
 *
 * @see USDⓈ-M Futures API, user data streams, "Event: Balance and Position Update"
 */
const AccountUpdate = fields(
  {
    e: t.literal('ACCOUNT_UPDATE'),
    T: Int,
    a: fields({
      m: t.string,
      B: t.array(fields({ a: t.string, wb: DecimalFromString })),
      P: t.array(
        fields({
          s: t.string,
          ...decimals('pa', 'ep', 'up'),
          mt: t.keyof({ cross: null, isolated: null }),
          ps: Side,
        }),
      ),
    }),
  },
  'AccountUpdate',
);
export type AccountUpdate = t.TypeOf<typeof AccountUpdate>;

/** A leverage that was set; without `ac` it is about multi-assets mode. */
const AccountConfigUpdate = t.intersection(
  [
    fields({ e: t.literal('ACCOUNT_CONFIG_UPDATE'), T: Int }),
    optional({ ac: t.type({ s: t.string, l: Int }) }),
  ],
  'AccountConfigUpdate',
);

/** @see USDⓈ-M Futures API, user data streams, "Event: Margin Call" */
const MarginCall = t.type(
  {
    e: t.literal('MARGIN_CALL'),
    E: Int,
    p: t.array(t.type({ s: t.string, ps: Side, ...decimals('pa', 'mp', 'up', 'mm') })),
  },
  'MarginCall',
);

export type MarginCall = t.TypeOf<typeof MarginCall>;

const ListenKeyExpired = t.type({ e: t.literal('listenKeyExpired') }, 'ListenKeyExpired');

/**
 * Told, and of no interest: `TRADE_LITE` is a fill before its order's update, without what it cost; orders with
 * conditions and of strategies are not this library's.
 */
const Ignored = fields({
  e: t.keyof({
    TRADE_LITE: null,
    ALGO_UPDATE: null,
    CONDITIONAL_ORDER_TRIGGER_REJECT: null,
    STRATEGY_UPDATE: null,
    GRID_UPDATE: null,
  }),
});

/** The answer to a ping, be it a refusal: somebody is there. */
const Pong = fields({ id: t.number }, 'Pong');

/** What the account's stream tells: raw events, and answers to pings. */
export const Frame = t.union(
  [
    OrderTradeUpdate,
    AccountUpdate,
    AccountConfigUpdate,
    MarginCall,
    ListenKeyExpired,
    Ignored,
    Pong,
  ],
  'UserStreamFrame',
);

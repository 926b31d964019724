import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, STATUS, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

/** What an order is with nothing, a part, and all of it executed. */
type Ends = readonly [none: string, part: string, all: string];

const alive: Ends = ['open', 'partially_filled', 'filled filled'];
const endedAs = (reason: string): Ends => [
  `canceled ${reason}`,
  `canceled ${reason}`,
  'filled filled',
];

// enums.md, "Order status".
const table: Readonly<Record<string, Ends>> = {
  PENDING_NEW: alive,
  NEW: alive,
  PARTIALLY_FILLED: alive,
  PENDING_CANCEL: alive,
  // Filled with nothing executed proves nothing yet.
  FILLED: ['open', 'filled filled', 'filled filled'],
  CANCELED: endedAs('canceled'),
  EXPIRED: endedAs('expired'),
  EXPIRED_IN_MATCH: endedAs('self_trade_prevented'),
  // What was executed in part was not rejected.
  REJECTED: ['failed rejected', 'canceled canceled', 'filled filled'],
};

const cases = Object.entries(table).flatMap(([status, ends]) =>
  ['0', '0.004', '0.01'].map((executed, index) => [status, executed, ends[index]!] as const),
);

describe('an order of 0.01 that the exchange shows', () => {
  it.each(cases)('as %s, with %s executed, is %s', (status, executed, expected) => {
    const venue = createVirtualVenue();
    const { network, exchange } = venue;
    const updates = record(exchange.orderUpdates$);
    record(exchange.buy(BID));
    venue.advance(5_000);
    network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 });
    if (executed !== '0') venue.rival('sell', '60000', executed);
    const [{ orderId, clientOrderId } = { orderId: 0, clientOrderId: '' }] = venue.orders();
    const time = venue.now();
    const shown = {
      symbol: 'BTCUSDT',
      orderId,
      clientOrderId,
      executedQty: executed,
      status,
      time,
    };
    network.requestFaults.add(({ name }) => name === STATUS, {
      answer: {
        status: 200,
        headers: {},
        body: JSON.stringify({ ...shown, cummulativeQuoteQty: '0', updateTime: time }),
      },
    });
    venue.advance(130_000);
    const { state, reason = '', executedAmount } = updates.last()!;
    expect(`${state} ${reason}`.trim()).toBe(expected);
    expect(executedAmount.toFixed()).toBe(executed);
  });
});

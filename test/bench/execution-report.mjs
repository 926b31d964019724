/**
 * The frame of an event of an order, with all that Binance tells in it.
 *
 * @see Binance Spot API, user-data-stream.md, "Order update"
 */
export const executionReport = ({ clientOrderId, orderId }, event) => {
  const now = Date.now();
  const isCancel = event.x === 'CANCELED';
  return JSON.stringify({
    subscriptionId: 0,
    event: {
      e: 'executionReport',
      E: now,
      s: 'BTCUSDT',
      c: isCancel ? `c-${clientOrderId}` : clientOrderId,
      S: 'BUY',
      o: 'LIMIT',
      f: 'GTC',
      q: '0.00100000',
      p: '60000.00000000',
      P: '0.00000000',
      F: '0.00000000',
      g: -1,
      C: isCancel ? clientOrderId : '',
      x: event.x,
      X: event.x,
      r: 'NONE',
      i: orderId,
      l: '0.00000000',
      z: '0.00000000',
      L: '0.00000000',
      n: '0',
      N: null,
      T: now,
      t: -1,
      I: orderId,
      w: !isCancel,
      m: false,
      M: false,
      O: now,
      Z: '0.00000000',
      Y: '0.00000000',
      Q: '0.00000000',
      W: now,
      V: 'NONE',
      ...event,
    },
  });
};

/** The end of an order by a cancel. */
export const canceled = (order, executed = '0.00000000') =>
  executionReport(order, { x: 'CANCELED', z: executed });

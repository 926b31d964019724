import type { LimitRule } from '../../../src/emulator/binance/rate-limits.js';
import { createBench, LIMIT, type Json } from '../support.js';

const PATH = '/api/v3/order/cancelReplace';

/** The user's order at 60,000, others' offer at 61,000, and two orders in 10 s at most. */
const createScene = () => {
  const limits: readonly LimitRule[] = [
    { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 },
    { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 2 },
  ];
  const bench = createBench({ limits });
  const { signed, engine, accountId } = bench;
  bench.rival('BTCUSDT', 'sell', '61000', '1');
  signed('POST', '/api/v3/order', { ...LIMIT, newClientOrderId: 'old' });
  const order = { ...LIMIT, price: '59000', newClientOrderId: 'new' };
  const replace = (params: object = {}) =>
    signed('POST', PATH, {
      ...order,
      cancelReplaceMode: 'STOP_ON_FAILURE',
      cancelOrigClientOrderId: 'old',
      ...params,
    });
  const open = () => engine.openOrders(accountId).map(({ clientOrderId }) => clientOrderId);
  const counted = (): unknown =>
    (signed('GET', '/api/v3/rateLimit/order').json as unknown as Json[])[0]!.count;
  return { ...bench, replace, open, counted };
};

const taken = { type: 'LIMIT_MAKER', price: '61000', timeInForce: undefined };
const unknown = { code: -2011, msg: 'Unknown order sent.' };
const matches = { code: -2010, msg: 'Order would immediately match and take.' };
const excess = {
  code: -1015,
  msg: 'Too many new orders; current limit is 2 orders per 10 SECOND.',
};

describe('an order can be replaced', () => {
  it('by another one, at no weight', () => {
    const { replace, open, counted } = createScene();
    const { status, json, headers } = replace({ cancelNewClientOrderId: 'the-cancel' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      cancelResult: 'SUCCESS',
      newOrderResult: 'SUCCESS',
      cancelResponse: { origClientOrderId: 'old', clientOrderId: 'the-cancel', status: 'CANCELED' },
      newOrderResponse: { clientOrderId: 'new', status: 'NEW', fills: [] },
    });
    expect(headers).toMatchObject({ 'x-mbx-used-weight-1m': '0', 'x-mbx-order-count-10s': '2' });
    expect(open()).toEqual(['new']);
    expect(counted()).toBe(2);
  });

  it('that is named by its id, under its own client id', () => {
    const { replace, open } = createScene();
    const byId = { cancelOrderId: 2, cancelOrigClientOrderId: 'old', newClientOrderId: 'old' };
    expect(replace(byId).status).toBe(200);
    expect(open()).toEqual(['old']);
  });

  it('on the WebSocket API, where a failure has its data too', () => {
    const { connect, wsParams } = createScene();
    const peer = connect('/ws-api/v3');
    const params = { ...LIMIT, cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: 2 };
    for (let count = 0; count < 2; count += 1) {
      peer.send({ id: count, method: 'order.cancelReplace', params: wsParams(params) });
    }
    expect(peer.take()).toMatchObject([
      { id: 0, status: 200, result: { cancelResult: 'SUCCESS' }, rateLimits: [{ count: 2 }, {}] },
      { id: 1, status: 429, error: { code: -1015 } },
    ]);
  });
});

describe('a replacement that fails', () => {
  const failed = 'Order cancel-replace failed.';
  const partly = 'Order cancel-replace partially failed.';
  const noCancel = { cancelOrigClientOrderId: 'none' };
  const allow = { cancelReplaceMode: 'ALLOW_FAILURE' };

  // What it answers, what is open then, and how many orders were counted.
  it.each([
    [noCancel, 400, -2022, failed, ['FAILURE', 'NOT_ATTEMPTED'], [unknown, null], ['old'], 2],
    [taken, 409, -2021, partly, ['SUCCESS', 'FAILURE'], [{ orderId: 2 }, matches], [], 1],
    [
      { ...noCancel, ...allow },
      409,
      -2021,
      partly,
      ['FAILURE', 'SUCCESS'],
      [unknown, { clientOrderId: 'new' }],
      ['old', 'new'],
      2,
    ],
    [
      { ...noCancel, ...allow, ...taken },
      400,
      -2022,
      failed,
      ['FAILURE', 'FAILURE'],
      [unknown, matches],
      ['old'],
      1,
    ],
    [
      { cancelRestrictions: 'ONLY_PARTIALLY_FILLED' },
      400,
      -2022,
      failed,
      ['FAILURE', 'NOT_ATTEMPTED'],
      [{ code: -2011, msg: 'Order was not canceled due to cancel restrictions.' }, null],
      ['old'],
      2,
    ],
  ] as const)('%j', (params, status, code, msg, results, responses, left, count) => {
    const { replace, open, counted } = createScene();
    const answer = replace(params);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({
      code,
      msg,
      data: {
        cancelResult: results[0],
        newOrderResult: results[1],
        cancelResponse: responses[0],
        newOrderResponse: responses[1],
      },
    });
    expect(open()).toEqual(left);
    expect(counted()).toBe(count);
  });

  it('by a filter leaves the old order alone', () => {
    const { replace, open } = createScene();
    expect(replace({ quantity: '0.000001' }).json).toEqual({
      code: -1013,
      msg: 'Filter failure: LOT_SIZE',
    });
    expect(open()).toEqual(['old']);
  });

  it.each([
    [{ cancelReplaceMode: 'MAYBE' }, -1130],
    [{ cancelReplaceMode: undefined }, -1102],
    [{ cancelOrigClientOrderId: undefined }, -1102],
    [{ orderRateLimitExceededMode: 'MAYBE' }, -1130],
  ])('by its parameters leaves the old order alone: %j', (params, code) => {
    const { replace, open } = createScene();
    expect(replace(params).json).toMatchObject({ code });
    expect(open()).toEqual(['old']);
  });
});

describe('a replacement beyond the order count', () => {
  const cancelOnly = { orderRateLimitExceededMode: 'CANCEL_ONLY' };
  const full = () => {
    const scene = createScene();
    scene.signed('POST', '/api/v3/order', { ...LIMIT, newClientOrderId: 'more' });
    return scene;
  };

  it('does nothing', () => {
    const { replace, open } = full();
    const { status, json } = replace();
    expect([status, json]).toEqual([429, excess]);
    expect(open()).toEqual(['old', 'more']);
  });

  it.each([
    [{}, 429, -2021, 'SUCCESS', 'FAILURE', excess, ['more']],
    [
      { cancelOrigClientOrderId: 'no' },
      429,
      -2022,
      'FAILURE',
      'NOT_ATTEMPTED',
      null,
      ['old', 'more'],
    ],
    [{ cancelReplaceMode: 'ALLOW_FAILURE' }, 409, -2021, 'SUCCESS', 'FAILURE', excess, ['more']],
    [
      { cancelReplaceMode: 'ALLOW_FAILURE', cancelOrigClientOrderId: 'no' },
      400,
      -2022,
      'FAILURE',
      'FAILURE',
      excess,
      ['old', 'more'],
    ],
  ] as const)(
    'cancels if asked to: %j',
    (params, status, code, canceled, placed, response, left) => {
      const { replace, open } = full();
      const answer = replace({ ...cancelOnly, ...params });
      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject({
        code,
        data: { cancelResult: canceled, newOrderResult: placed, newOrderResponse: response },
      });
      expect(open()).toEqual(left);
    },
  );
});

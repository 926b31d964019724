import * as t from 'io-ts';
import * as kit from 'rxchange/exchange';

// 1. What each call takes of the rate limits, and which of them are signed
const weighing = (weight: number) => ({ weight, requests: 1 });
const placing = { ...weighing(1), orders10s: 1, ordersDay: 1 };
const socket = { weights: { connections: 1 }, priority: 'market_data', lifetime: kit.DAY } as const;

// 2. How a request is signed
const sign: kit.Exchange['sign'] = ({ params }, signer, now) => {
  const payload = kit.queryString({ ...params, recvWindow: '5000', timestamp: `${now}` });
  const signature = encodeURIComponent(signer.sign(payload));
  return {
    query: `${payload}&signature=${signature}`,
    headers: { 'X-MBX-APIKEY': signer.apiKey() },
  };
};

// 3. What a refusal means, and whether the request may have been carried out all the same
const refusals = kit.refusalsBy({
  body: kit.message('Refusal', { texts: { message: 'msg' }, codecs: { code: ['code', t.number] } }),
  kinds: {
    network: [-1001],
    authentication: [-1002, -1022, -2014, -2015],
    rate_limited: [-1003, -1015],
    timeout: [-1007],
    maintenance: [-1008, -1016],
    invalid_order: [-1010, -1013, -2010],
    clock_skew: [-1021],
    order_not_found: [-2011, -2013],
  },
  otherwise: (code) => (code <= -1100 && code > -2000 ? 'invalid_order' : 'exchange'),
  byText: [
    [/insufficient balance/, 'insufficient_funds'],
    [/Duplicate order/, 'duplicate_order_id'],
  ],
  unknownOutcome: [-1000, -1001, -1006, -1007, -1008],
  exhausted: ({ kind }) => (kind === 'rate_limited' ? { pools: ['weight', 'requests'] } : {}),
});

// 4. Which markets there are, and what they accept
const PriceFilter = kit.message('PriceFilter', {
  decimals: { minPrice: 'minPrice', maxPrice: 'maxPrice', priceStep: 'tickSize' },
});
const LotSize = kit.message('LotSize', {
  decimals: { minAmount: 'minQty', maxAmount: 'maxQty', amountStep: 'stepSize' },
});
const Notional = kit.message('Notional', { decimals: { minNotional: 'minNotional' } });
const Market = kit.message('Market', {
  texts: { symbol: 'symbol', status: 'status', base: 'baseAsset', quote: 'quoteAsset' },
  lists: { types: ['orderTypes', kit.Text], filters: ['filters', t.unknown] },
});
const ExchangeInformation = kit.message('ExchangeInformation', {
  lists: { markets: ['symbols', t.unknown] },
});

const ruleOf = ({ symbol, status, base, quote, types, filters }: kit.Told<typeof Market>) => {
  const [price] = kit.readable(PriceFilter, filters);
  const [lot] = kit.readable(LotSize, filters);
  const [value] = kit.readable(Notional, filters);
  if (price === undefined || lot === undefined || value === undefined) return [];
  const limits = { ...lot, ...value, maxNotional: kit.UNLIMITED };
  const rule: kit.TradingRule = {
    ...price,
    ...limits,
    pair: kit.tradingPair(base, quote),
    symbol,
    base,
    quote,
    tradable: status === 'TRADING',
    orderTypes: kit.orderTypes.filter((type) => types.includes(type.toUpperCase())),
    market: { ...limits, byQuoteAmount: false, quoteAmountStep: kit.ZERO },
    selfTradePrevention: [],
  };
  return [rule];
};

// 5. The market streams: one socket, many topics
const Data = kit.message('Data', {
  texts: { topic: 'stream' },
  codecs: { data: ['data', t.unknown] },
});
const Answer = kit.message('Answer', {
  ints: { id: 'id' },
  codecs: { topics: ['result', t.union([t.null, kit.listOf(t.string)])] },
});
const Refused = kit.message('Refused', {
  texts: { message: 'error.msg' },
  optional: { ints: { id: 'id' } },
});
const readFrame = kit.byField<unknown, kit.StreamFrame>({
  stream: kit.reading(Data, (told) =>
    told.topic === '!serverShutdown' ? { type: 'ending' } : { type: 'data', ...told },
  ),
  result: kit.reading(Answer, ({ id, topics }) =>
    topics === null ? { type: 'acknowledged', id } : { type: 'pong', id, topics },
  ),
  error: kit.reading(Refused, ({ id, message }) => ({ type: 'refused', id, message })),
});
const streams: kit.StreamProtocol = {
  socket,
  url: ({ stream }) => `${stream}/stream`,
  subscribe: (params, id) => JSON.stringify({ method: 'SUBSCRIBE', params, id }),
  unsubscribe: (params, id) => JSON.stringify({ method: 'UNSUBSCRIBE', params, id }),
  ping: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
  read: (frame) => readFrame(frame, undefined),
  limits: { topicsPerSocket: 1024, topicsPerMessage: 200, messagesPerSecond: 5 },
};

// 6. The book: a snapshot, then diffs whose numbers run on
const Snapshot = kit.message('Snapshot', {
  ints: { updateId: 'lastUpdateId' },
  codecs: { bids: ['bids', kit.Levels], asks: ['asks', kit.Levels] },
});
const Diff = kit.message('Diff', {
  ints: { time: 'E', firstUpdateId: 'U', lastUpdateId: 'u' },
  codecs: { bids: ['b', kit.Levels], asks: ['a', kit.Levels] },
});
const orderBook: kit.OrderBookSource = {
  type: 'snapshotAndDiffs',
  snapshot: {
    ...kit.publicCall('GET /api/v3/depth', weighing(50)),
    priority: 'market_data',
    params: ({ rule }) => ({ symbol: rule.symbol, limit: '1000' }),
    decode: (body) => Snapshot.decode(body),
  },
  diffs: {
    topic: ({ symbol }) => `${symbol.toLowerCase()}@depth@100ms`,
    decode: (data) => Diff.decode(data),
  },
  attach: kit.diffsInSequence,
  follow: kit.diffsInSequence,
};

// 7. Public trades, and how to get those that were missed
const takerSide = kit.either('sell', 'buy'); // by whether the buyer was the maker
const Trade = kit.message('Trade', {
  ids: { tradeId: 't' },
  decimals: { price: 'p', amount: 'q' },
  ints: { time: 'T' },
  codecs: { side: ['m', takerSide] },
});
const OldTrade = kit.message('OldTrade', {
  ids: { tradeId: 'id' },
  decimals: { price: 'price', amount: 'qty' },
  ints: { time: 'time' },
  codecs: { side: ['isBuyerMaker', takerSide] },
});
const trades: kit.PublicTradesSource = {
  channel: {
    topic: ({ symbol }) => `${symbol.toLowerCase()}@trade`,
    decode: kit.reading(Trade, (trade, { pair }) => ({ ...trade, pair })),
  },
  since: {
    ...kit.publicCall('GET /api/v3/historicalTrades', weighing(25)),
    priority: 'market_data',
    params: ({ rule: { symbol }, tradeId }) =>
      kit.paramsOf({
        symbol,
        limit: tradeId === undefined ? '1' : '1000',
        fromId: tradeId === undefined ? undefined : `${Number(tradeId) + 1}`,
      }),
    decode: kit.reading(kit.listOf(OldTrade), (told, { rule: { pair } }) =>
      told.map((trade) => ({ ...trade, pair })),
    ),
  },
  pageSize: 1_000,
  follow: kit.tradesInSequence,
};

// 8. Orders: placing, cancelling, asking after them
const Status = kit.words('Status', {
  open: ['NEW', 'PARTIALLY_FILLED', 'PENDING_CANCEL', 'PENDING_NEW'],
  filled: 'FILLED',
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  self_trade_prevented: 'EXPIRED_IN_MATCH',
  rejected: 'REJECTED',
});
const Order = kit.message('Order', {
  texts: { symbol: 'symbol', clientOrderId: 'clientOrderId' },
  ids: { exchangeOrderId: 'orderId' },
  decimals: { executedAmount: 'executedQty' },
  codecs: { status: ['status', Status] },
  optional: {
    texts: { originalId: 'origClientOrderId' },
    ints: { createdAt: 'time', sentAt: 'transactTime', changedAt: 'updateTime' },
  },
});
const OwnTrade = kit.message('OwnTrade', {
  ids: { tradeId: 'id', exchangeOrderId: 'orderId' },
  ints: { time: 'time' },
  texts: { feeAsset: 'commissionAsset' },
  decimals: { price: 'price', amount: 'qty', quoteAmount: 'quoteQty', feeAmount: 'commission' },
  codecs: { liquidity: ['isMaker', kit.either('maker', 'taker')] },
});
const orderOf = (order: kit.Told<typeof Order>, rule: kit.TradingRule) =>
  kit.orderUpdate(
    rule,
    {
      ...order,
      clientOrderId: order.originalId ?? order.clientOrderId,
      time: order.changedAt ?? order.sentAt ?? 0,
    },
    kit.standingOf(order.status, order.executedAmount),
  );
const about = {
  params: ({ rule, clientOrderId, exchangeOrderId }: kit.OrderReference) =>
    kit.paramsOf({
      symbol: rule.symbol,
      orderId: exchangeOrderId,
      origClientOrderId: exchangeOrderId === undefined ? clientOrderId : undefined,
    }),
  decode: kit.reading(Order, (order, { rule }: { rule: kit.TradingRule }) => [
    orderOf(order, rule),
  ]),
};
const orders: kit.OrderEndpoints = {
  place: {
    ...kit.accountCall('POST /api/v3/order', placing),
    priority: 'place',
    params: (order) =>
      kit.paramsOf({
        symbol: order.rule.symbol,
        side: order.side.toUpperCase(),
        type: order.type.toUpperCase(),
        timeInForce: order.type === 'limit' ? (order.timeInForce ?? 'GTC') : undefined,
        newOrderRespType: 'FULL',
        quantity: order.amount?.toFixed(),
        price: order.price?.toFixed(),
        selfTradePreventionMode: order.selfTradePrevention?.toUpperCase(),
        newClientOrderId: order.clientOrderId,
      }),
    decode: about.decode,
  },
  cancel: { ...kit.accountCall('DELETE /api/v3/order', weighing(1)), ...about, priority: 'cancel' },
  status: { ...kit.accountCall('GET /api/v3/order', weighing(4)), ...about },
  fills: {
    ...kit.accountCall('GET /api/v3/myTrades', weighing(5)),
    params: ({ rule, exchangeOrderId = '', after }) => ({
      symbol: rule.symbol,
      orderId: exchangeOrderId,
      fromId: after === undefined ? '0' : `${Number(after) + 1}`,
      limit: '1000',
    }),
    decode: kit.reading(kit.listOf(OwnTrade), (fills, { rule }) =>
      fills.map((fill) => kit.tradeUpdate(rule, fill)),
    ),
  },
  fillsPerAnswer: 1_000,
  open: {
    ...kit.accountCall('GET /api/v3/openOrders', weighing(80)),
    decode: kit.reading(kit.listOf(Order), (open, { rules }) =>
      kit.ofKnownMarkets(open, rules, orderOf),
    ),
  },
  validity: 5_000,
  ruleViolations: new Set([-1013, -1111, -1121]),
  clientOrderId: { maxLength: 36, charset: /^[\w-]*$/ },
};

// 9. The account: what it holds, and what it hears
const Holding = kit.message('Holding', {
  texts: { asset: 'asset' },
  decimals: { available: 'free', locked: 'locked' },
});
const Account = kit.message('Account', {
  ints: { time: 'updateTime' },
  lists: { holdings: ['balances', Holding] },
});
const Changed = kit.message('Changed', {
  texts: { asset: 'a' },
  decimals: { available: 'f', locked: 'l' },
});
const AccountEvent = kit.message('AccountEvent', {
  ints: { time: 'u' },
  lists: { holdings: ['B', Changed] },
});
const held = ({ holdings, time }: kit.Told<typeof Account>) =>
  kit.balanceUpdate(
    holdings.map(({ asset, available, locked }) => ({
      asset,
      available,
      total: available.plus(locked),
    })),
    time,
  );
const Rates = kit.message('Rates', {
  decimals: { maker: 'standardCommission.maker', taker: 'standardCommission.taker' },
});
const Report = kit.message('Report', {
  texts: { symbol: 's', newId: 'c', originalId: 'C', execution: 'x' },
  ids: { exchangeOrderId: 'i', tradeId: 't' },
  ints: { time: 'T', createdAt: 'O' },
  decimals: { executedAmount: 'z', amount: 'l', price: 'L', quoteAmount: 'Y', feeAmount: 'n' },
  codecs: {
    status: ['X', Status],
    feeAsset: ['N', kit.TextOrNull],
    liquidity: ['m', kit.either('maker', 'taker')],
  },
});
const evidenceOf = (report: kit.Told<typeof Report>, rules: kit.TradingRules) => {
  const { newId, originalId, execution, status, executedAmount } = report;
  const clientOrderId = execution === 'CANCELED' && originalId !== '' ? originalId : newId;
  const standing = kit.standingOf(status, executedAmount);
  return (
    kit.orderEvidence({ ...report, clientOrderId }, rules, execution === 'TRADE', standing) ?? []
  );
};
const readEvent = kit.byTag<kit.TradingRules, kit.UserStreamEvent>(
  'e',
  {
    executionReport: kit.reading(Report, evidenceOf),
    outboundAccountPosition: kit.reading(AccountEvent, (told) => [held(told)]),
    eventStreamTerminated: kit.telling([{ kind: 'ended' }]),
    serverShutdown: kit.telling([{ kind: 'ending' }]),
  },
  ['balanceUpdate', 'externalLockUpdate', 'listStatus'], // of no interest
);
const RefusedRequest = kit.message('RefusedRequest', {
  ints: { status: 'status', code: 'error.code' },
  texts: { message: 'error.msg' },
});
const readUserFrame = kit.byField<kit.TradingRules, readonly kit.UserStreamEvent[]>({
  event: kit.inField('event', readEvent),
  result: (body) =>
    t.success(t.type({ id: t.literal(1) }).is(body) ? [{ kind: 'subscribed' as const }] : []),
  error: kit.reading(RefusedRequest, (told) => [
    { kind: 'refused', failure: refusals.meaning(told.status, told) },
  ]),
});
const userStream: kit.SignedRequestStream = {
  type: 'signedRequest',
  socket: { ...socket, weights: { connections: 1, weight: 4 }, priority: 'query' },
  url: ({ wsApi }) => wsApi,
  subscribe: (signer, now) => {
    const apiKey = signer.apiKey();
    const signature = signer.sign(`apiKey=${apiKey}&timestamp=${now}`);
    const params = { apiKey, timestamp: now, signature };
    return JSON.stringify({ id: 1, method: 'userDataStream.subscribe.signature', params });
  },
  ping: () => JSON.stringify({ id: 'ping', method: 'ping' }),
  decode: readUserFrame,
};

// 10. All of it together
export const myExchange: kit.Exchange = {
  name: 'my-exchange',
  domains: {
    main: kit.hosts(
      'api.binance.com',
      'stream.binance.com:9443',
      'ws-api.binance.com:443/ws-api/v3',
    ),
  },
  limits: {
    weight: { limit: 6_000, interval: kit.MINUTE },
    requests: { limit: 300_000, interval: 5 * kit.MINUTE },
    connections: { limit: 300, interval: 5 * kit.MINUTE },
    orders10s: { limit: 50, interval: 10 * kit.SECOND },
    ordersDay: { limit: 160_000, interval: kit.DAY },
  },
  sign,
  usage: kit.usageBy({
    'x-mbx-used-weight-1m': 'weight',
    'x-mbx-order-count-10s': 'orders10s',
    'x-mbx-order-count-1d': 'ordersDay',
  }),
  failure: refusals.failure,
  ping: { ...kit.publicCall('GET /api/v3/ping', weighing(1)), decode: kit.anyAnswer },
  time: {
    ...kit.publicCall('GET /api/v3/time', weighing(1)),
    decode: kit.only('serverTime', kit.Int),
  },
  rules: {
    ...kit.publicCall('GET /api/v3/exchangeInfo', weighing(20)),
    decode: kit.understanding(ExchangeInformation, ({ markets }) =>
      kit.readMarkets(markets, 'symbol', kit.reading(Market, ruleOf), {}),
    ),
  },
  lastPrice: {
    ...kit.publicCall('GET /api/v3/ticker/price', weighing(2)),
    priority: 'place',
    params: ({ rule }) => ({ symbol: rule.symbol }),
    decode: kit.only('price', kit.DecimalFromString),
  },
  streams,
  orderBook,
  trades,
  orders,
  userStream,
  balances: {
    ...kit.accountCall('GET /api/v3/account', weighing(20)),
    params: () => ({ omitZeroBalances: 'true' }),
    decode: kit.reading(Account, held),
  },
  balanceMode: 'events',
  fees: kit.flatFees({ maker: '0.001', taker: '0.001' }),
  tradeFees: {
    ...kit.accountCall('GET /api/v3/account/commission', weighing(20)),
    params: ({ rule }) => ({ symbol: rule.symbol }),
    decode: kit.reading(Rates, (rates) => kit.flatFees(rates)),
  },
};

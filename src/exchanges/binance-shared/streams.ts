import * as t from 'io-ts';
import * as kit from '../../exchange.js';
import { refusalTable } from './refusals.js';
import { topicOf } from './scan-depth.js';

/**
 * An address may connect 300 times in 5 minutes, and a connection lasts 24 hours.
 *
 * @see Binance Spot API, web-socket-streams.md, "Websocket Limits", "General information"
 */
export const marketSocket: kit.SocketTerms = {
  weights: { connections: 1 },
  priority: 'market_data',
  lifetime: kit.DAY,
};

const Data = kit.message('CombinedStreamFrame', {
  texts: { topic: 'stream' },
  codecs: { data: ['data', t.unknown] },
});

/** To a subscription there is no result; to a question for the subscriptions these are it. */
const Answer = kit.message('Answer', {
  codecs: { id: ['id', t.number], topics: ['result', t.union([t.null, kit.listOf(t.string)])] },
});

/** Which message was refused, where that is known. */
const id = { id: ['id', t.union([t.number, t.null])] } as const;
const BareRefusal = kit.message('BareRefusal', { ...refusalTable, optional: { codecs: id } });
const NestedRefusal = kit.message('NestedRefusal', {
  texts: { message: 'error.msg' },
  codecs: { code: ['error.code', t.number] },
  optional: { codecs: id },
});

const refused = ({ id, message }: kit.Told<typeof BareRefusal>): kit.StreamFrame => ({
  type: 'refused',
  id: id ?? undefined,
  message,
});

const readFrame = kit.byField<unknown, kit.StreamFrame>({
  stream: kit.reading(Data, ({ topic, data }) =>
    topic === '!serverShutdown' ? { type: 'ending' } : { type: 'data', topic, data },
  ),
  result: kit.reading(Answer, ({ id, topics }) =>
    topics === null ? { type: 'acknowledged', id } : { type: 'pong', id, topics },
  ),
  error: kit.reading(NestedRefusal, refused),
  code: kit.reading(BareRefusal, refused),
});

/**
 * Combined streams: one socket, channels by SUBSCRIBE and UNSUBSCRIBE.
 *
 * @param url - Where a topic is told.
 * @see Binance Spot API, web-socket-streams.md, "Live Subscribing/Unsubscribing to streams"; USDⓈ-M Futures API, the same
 */
export const combinedStreams = (url: kit.StreamProtocol['url']): kit.StreamProtocol => ({
  socket: marketSocket,
  url,
  subscribe: (params, id) => JSON.stringify({ method: 'SUBSCRIBE', params, id }),
  unsubscribe: (params, id) => JSON.stringify({ method: 'UNSUBSCRIBE', params, id }),
  ping: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
  read: (frame) => readFrame(frame, undefined),
  topicOf,
  limits: { topicsPerSocket: 1024, topicsPerMessage: 200, messagesPerSecond: 5 },
});

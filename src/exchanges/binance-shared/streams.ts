import { map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { StreamFrame, StreamProtocol } from '../../core/contract.js';
import { marketSocket } from './socket-terms.js';

const Data = t.type({ stream: t.string, data: t.unknown }, 'CombinedStreamFrame');
const Acknowledgement = t.type({ result: t.null, id: t.number }, 'Acknowledgement');
const Subscriptions = t.type({ result: t.array(t.string), id: t.number }, 'Subscriptions');
const Refusal = t.union([
  t.type({ code: t.number, msg: t.string, id: t.union([t.number, t.null, t.undefined]) }),
  t.type({
    error: t.type({ code: t.number, msg: t.string }),
    id: t.union([t.number, t.null, t.undefined]),
  }),
]);
const Frame = t.union([Data, Acknowledgement, Subscriptions, Refusal], 'MarketStreamFrame');

const STREAM = '{"stream":"';

/** Of `{"stream":"bnbbtc@depth@100ms","data":…`. What begins with `!` is not about one market. */
const combinedTopic = (frame: string): string | undefined => {
  if (!frame.startsWith(STREAM) || frame[STREAM.length] === '!') return undefined;
  const end = frame.indexOf('"', STREAM.length);
  return frame.startsWith('","data":', end) ? frame.slice(STREAM.length, end) : undefined;
};

/**
 * Combined streams: one socket, channels by SUBSCRIBE and UNSUBSCRIBE.
 *
 * @param url - Where a topic is told.
 * @see Binance Spot API, web-socket-streams.md, "Live Subscribing/Unsubscribing to streams"; USDⓈ-M Futures API, the same
 */
export const combinedStreams = (url: StreamProtocol['url']): StreamProtocol => ({
  socket: marketSocket,
  url,
  subscribe: (params, id) => JSON.stringify({ method: 'SUBSCRIBE', params, id }),
  unsubscribe: (params, id) => JSON.stringify({ method: 'UNSUBSCRIBE', params, id }),
  ping: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
  read: (input) =>
    map((frame: t.TypeOf<typeof Frame>): StreamFrame => {
      if ('stream' in frame)
        return frame.stream === '!serverShutdown'
          ? { type: 'ending' }
          : { type: 'data', topic: frame.stream, data: frame.data };
      if ('result' in frame)
        return frame.result === null
          ? { type: 'acknowledged', id: frame.id }
          : { type: 'pong', id: frame.id, topics: frame.result };
      const { msg } = 'error' in frame ? frame.error : frame;
      return { type: 'refused', id: frame.id ?? undefined, message: msg };
    })(Frame.decode(input)),
  topicOf: combinedTopic,
  limits: { topicsPerSocket: 1024, topicsPerMessage: 200, messagesPerSecond: 5 },
});

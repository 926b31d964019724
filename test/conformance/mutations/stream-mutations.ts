import { right } from 'fp-ts/lib/Either.js';
import { broken, streamsOver, type Broken } from './mutation.js';

/** Ways to break the protocol of streams. */
export const streamMutations: readonly Broken[] = [
  broken(
    'acknowledgements lose their ids',
    streamsOver(({ read }) => ({
      read: (frame) => {
        const sorted = read(frame);
        return sorted._tag === 'Right' && sorted.right.type === 'acknowledged'
          ? right({ ...sorted.right, id: 0 })
          : sorted;
      },
    })),
    '2.22 2.23 2.24 2.25 2.26 2.27 2.28 2.29 2.30 3.17 3.19 4.04 4.21 4.22 12.05 12.08 12.11',
  ),
  broken(
    'a refusal is taken for an acknowledgement',
    streamsOver(({ read }) => ({
      read: (frame) => {
        const sorted = read(frame);
        return sorted._tag === 'Right' && sorted.right.type === 'refused'
          ? right({ type: 'acknowledged', id: sorted.right.id ?? 0 })
          : sorted;
      },
    })),
    '4.05 4.19',
  ),
  broken(
    'nothing is unsubscribed from',
    streamsOver(({ subscribe }) => ({ unsubscribe: subscribe })),
    '4.02',
  ),
  broken(
    'a sign of life is asked for by another frame',
    streamsOver(() => ({ ping: (id) => JSON.stringify({ method: 'PING', id }) })),
    '4.03',
  ),
  broken(
    'the topic is seen in the first letters',
    streamsOver(({ topicOf }) => ({ topicOf: (frame) => topicOf?.(frame)?.slice(0, 7) })),
    '2.23 2.24 2.25 2.26 2.27 2.28 2.29 3.16 3.17 3.18 3.19 4.10',
  ),
  broken(
    'a topic is seen everywhere',
    streamsOver(({ topicOf }) => ({ topicOf: (frame) => topicOf?.(frame) ?? 'any' })),
    '2.22 2.23 2.24 2.25 2.26 2.27 2.28 2.29 2.30 3.17 3.19 4.11 4.19 4.21 4.22 12.05 12.08 12.11',
  ),
  broken(
    'a socket carries more topics than it may',
    streamsOver(({ limits }) => ({ limits: { ...limits, topicsPerSocket: 10_000 } })),
    '4.12',
  ),
  broken(
    'the address ends with a slash',
    streamsOver(({ url }) => ({ url: (domain, topic) => `${url(domain, topic)}/` })),
    '2.05 3.02',
  ),
  broken(
    'strange frames are data',
    streamsOver(({ read }) => ({
      read: (frame) => {
        const sorted = read(frame);
        return sorted._tag === 'Left' ? right({ type: 'data', topic: '', data: frame }) : sorted;
      },
    })),
    '2.29 4.08',
  ),
];

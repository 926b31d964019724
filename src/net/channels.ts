import { Observable } from 'rxjs';
import type { Domain } from '../core/contract.js';
import type { ChannelOf } from './channel-event.js';
import { createShard, type Shard, type ShardOptions } from './shard.js';

export type { ChannelEvent } from './channel-event.js';

/** The public channels of an exchange. */
export interface Channels {
  /**
   * The events of a topic. The topic is subscribed to while somebody is subscribed here. Sockets are
   * open while any topic needs them, replaced when they break, and replaced without a gap before the
   * exchange ends them. Each topic takes one subscriber.
   */
  readonly channel$: ChannelOf;
  /**
   * Says that a topic is silent although REST shows that the market moved: the socket that carries it
   * is replaced like a lost one. Does nothing where no socket carries the topic.
   */
  readonly doubt: (topic: string) => void;
}

/** What {@link createChannels} works with. */
export interface ChannelsOptions extends Omit<ShardOptions, 'url'> {
  readonly domain: Domain;
}

/** Channels over as many sockets as it takes; the first of its address with a free place takes the next topic. */
export const createChannels = ({ domain, ...options }: ChannelsOptions): Channels => {
  const { url: urlOf, limits } = options.protocol;
  let shards: readonly Shard[] = [];

  const shardFor = (topic: string): Shard => {
    const url = urlOf(domain, topic);
    const found = shards.find(
      (shard) => shard.url === url && shard.size() < limits.topicsPerSocket,
    );
    if (found !== undefined) return found;
    const made = createShard({ ...options, url });
    shards = [...shards, made];
    return made;
  };

  return {
    channel$: (topic, take) =>
      new Observable((events) => {
        events.add(shardFor(topic).channel$(topic, take).subscribe(events));
        events.add(() => (shards = shards.filter((shard) => shard.size() > 0)));
      }),
    doubt: (topic) => shards.find((shard) => shard.has(topic))?.doubt(topic),
  };
};

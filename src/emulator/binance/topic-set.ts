import type { Subscription } from 'rxjs';
import type { MarketFeed } from './market-feed.js';

/** How many topics a connection may have. Source: web-socket-streams.md, Websocket Limits. */
export const MAX_TOPICS = 1024;

/** The topics of one connection. */
export class TopicSet {
  readonly #active = new Map<string, Subscription>();

  constructor(
    private readonly feed: MarketFeed,
    private readonly send: (text: string) => void,
    /** Whether payloads come as `{"stream":…,"data":…}`. */
    public combined: boolean,
  ) {}

  names(): readonly string[] {
    return [...this.#active.keys()];
  }

  /** Whether there is room for all of these. */
  fits(topics: readonly string[]): boolean {
    return new Set([...this.#active.keys(), ...topics]).size <= MAX_TOPICS;
  }

  add(topic: string): void {
    if (this.#active.has(topic)) return;
    const wrap = (payload: string) =>
      this.combined ? `{"stream":${JSON.stringify(topic)},"data":${payload}}` : payload;
    this.#active.set(
      topic,
      this.feed(topic).subscribe((payload) => this.send(wrap(payload))),
    );
  }

  remove(topic: string): void {
    this.#active.get(topic)?.unsubscribe();
    this.#active.delete(topic);
  }

  clear(): void {
    for (const topic of this.names()) this.remove(topic);
  }
}

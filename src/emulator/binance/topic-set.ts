import type { Subscription } from 'rxjs';
import type { MarketFeed } from './market-feed.js';

/** The topics of one connection. */
export class TopicSet {
  readonly #active = new Map<string, Subscription>();

  /** Whether payloads come as `{"stream":…,"data":…}`. */
  combined: boolean;
  /** How many topics there may be. */
  readonly limit: number;

  constructor(
    private readonly feed: MarketFeed,
    private readonly send: (text: string) => void,
    { combined, limit }: { readonly combined: boolean; readonly limit: number },
  ) {
    this.combined = combined;
    this.limit = limit;
  }

  names(): readonly string[] {
    return [...this.#active.keys()];
  }

  /** Whether there is room for all of these. */
  fits(topics: readonly string[]): boolean {
    return new Set([...this.#active.keys(), ...topics]).size <= this.limit;
  }

  add(topic: string): void {
    if (this.#active.has(topic)) return;
    this.#active.set(
      topic,
      this.feed(topic).subscribe((payload) => this.send(this.wrap(topic, payload))),
    );
  }

  /** A payload as the connection wants it. */
  wrap(topic: string, payload: string): string {
    return this.combined ? `{"stream":${JSON.stringify(topic)},"data":${payload}}` : payload;
  }

  remove(topic: string): void {
    this.#active.get(topic)?.unsubscribe();
    this.#active.delete(topic);
  }

  clear(): void {
    for (const topic of this.names()) this.remove(topic);
  }
}

import type { Subscription } from 'rxjs';
import type { MarketFeed } from './market-feed.js';
import { stringify, type TimeUnit } from './time-unit.js';

/** What a connection may have, and in which form. */
export interface TopicSetOptions {
  readonly combined: boolean;
  readonly limit: number;
  readonly unit: TimeUnit;
}

/** The topics of one connection. */
export class TopicSet {
  readonly #active = new Map<string, Subscription>();

  /** Whether payloads come as `{"stream":…,"data":…}`. */
  combined: boolean;
  /** How many topics there may be. */
  readonly limit: number;
  readonly #unit: TimeUnit;

  constructor(
    private readonly feed: MarketFeed,
    private readonly send: (text: string) => void,
    { combined, limit, unit }: TopicSetOptions,
  ) {
    this.combined = combined;
    this.limit = limit;
    this.#unit = unit;
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
  wrap(topic: string, text: string): string {
    const payload = this.#unit === 'ms' ? text : stringify(JSON.parse(text), this.#unit);
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

/** Keeps the last `capacity` items. */
export class RingBuffer<T> {
  readonly #items: T[] = [];
  #oldest = 0;

  constructor(readonly capacity: number) {}

  /** Adds an item, and returns the one that it pushed out. */
  push(item: T): T | undefined {
    if (this.#items.length < this.capacity) {
      this.#items.push(item);
      return undefined;
    }
    const dropped = this.#items[this.#oldest];
    this.#items[this.#oldest] = item;
    this.#oldest = (this.#oldest + 1) % this.capacity;
    return dropped;
  }

  /** The items, oldest first. */
  toArray(): T[] {
    return [...this.#items.slice(this.#oldest), ...this.#items.slice(0, this.#oldest)];
  }
}

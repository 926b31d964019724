/** Something that is due at a time. */
export interface QueuedEvent {
  readonly time: number;
  /** Which came first, among those of the same time. */
  readonly sequence: number;
  /** Its place in the queue, which the queue keeps; -1 where it is in none. */
  index: number;
}

const isBefore = (a: QueuedEvent, b: QueuedEvent): boolean =>
  a.time < b.time || (a.time === b.time && a.sequence < b.sequence);

/** Events in the order in which they are due: a binary heap, from which any event can be taken out. */
export class EventQueue<Event extends QueuedEvent> {
  readonly #heap: Event[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The next one that is due. */
  get first(): Event | undefined {
    return this.#heap[0];
  }

  add(event: Event): void {
    event.index = this.#heap.length;
    this.#heap.push(event);
    this.#rise(event);
  }

  /** Takes an event out that is in the queue. */
  remove(event: Event): void {
    const { index } = event;
    const last = this.#heap.pop();
    event.index = -1;
    if (last === undefined || last === event) return;
    this.#put(last, index);
    this.#rise(last);
    this.#sink(last);
  }

  #put(event: Event, index: number): void {
    this.#heap[index] = event;
    event.index = index;
  }

  #swap(a: Event, b: Event): void {
    const { index } = a;
    this.#put(a, b.index);
    this.#put(b, index);
  }

  #rise(event: Event): void {
    while (event.index > 0) {
      const parent = this.#heap[(event.index - 1) >> 1];
      if (parent === undefined || !isBefore(event, parent)) return;
      this.#swap(event, parent);
    }
  }

  #sink(event: Event): void {
    for (;;) {
      const left = this.#heap[2 * event.index + 1];
      const right = this.#heap[2 * event.index + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, event)) return;
      this.#swap(event, child);
    }
  }
}

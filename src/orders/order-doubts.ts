import { isDone, type InFlightOrder } from './in-flight-order.js';

/** What speaks against what is known of one order. */
interface Doubt {
  /** When the exchange was last asked after it. */
  askedAt: number;
  /** Since when the exchange counts more as executed than it told fills for. */
  missingSince: number | undefined;
  /** How many answers came without those fills. */
  vain: number;
  /** How often the exchange said that it has no such order. */
  absences: number;
  /** Since when it is lost. */
  lostAt: number | undefined;
  /** How often the exchange was asked after it since it is not watched closely any more. */
  searches: number;
}

/** How long news may be on their way, and how far apart two questions about one order are, in ms. */
export const NEWS_WITHIN = 5_000;
/** How long a lost order is watched as closely as others that are in doubt, in ms. */
const LOST_WATCH = 600_000;
/** How far apart the questions after a lost order come to be in the end, in ms. */
const LOST_POLL = 120_000;
/** How many proofs that the exchange does not have an order are borne with. */
export const ABSENCES = 3;
/** How many answers without the missing fills it takes to give them up. */
const VAIN_ANSWERS = 3;

/**
 * Which orders there is reason to ask after, and from when on. It does no I/O and reads no clock; times
 * are of this machine, in ms since the epoch.
 */
export class OrderDoubts {
  readonly #doubts = new Map<string, Doubt>();
  readonly #unconfirmed = new Map<string, number>();
  readonly #onSettled: (recovered: 'complete' | 'partial') => void;
  #recovered: 'complete' | 'partial' = 'complete';

  /**
   * Is told whenever nothing is left of what {@link OrderDoubts.distrust} named, and whether something
   * was given up since {@link OrderDoubts.begin}.
   */
  constructor(onSettled: (recovered: 'complete' | 'partial') => void = () => undefined) {
    this.#onSettled = onSettled;
  }

  /** From here on it counts what is given up. */
  begin(): void {
    this.#recovered = 'complete';
  }

  /** Events of these orders until now may have been missed: each has to be shown by REST. */
  distrust(clientOrderIds: Iterable<string>, now: number): void {
    for (const id of clientOrderIds) this.#unconfirmed.set(id, now);
    this.#settle();
  }

  /** Takes in how an order has become; whether one that was lost is alive again. */
  heed(order: InFlightOrder, now: number): boolean {
    const { clientOrderId: id, fillsComplete, reason } = order;
    const doubt = this.#doubts.get(id);
    const wasLost = doubt?.lostAt !== undefined;
    if (isDone(order)) {
      if (reason === 'lost' || !fillsComplete) this.#recovered = 'partial';
      this.#confirm(id);
      if (reason === 'lost')
        Object.assign(this.#of(id), { lostAt: doubt?.lostAt ?? now, absences: 0 });
      else this.#doubts.delete(id);
      return false;
    }
    if (doubt !== undefined) Object.assign(doubt, { lostAt: undefined, searches: 0 });
    if (!fillsComplete) this.#of(id).missingSince ??= now;
    else if (doubt !== undefined) Object.assign(doubt, { missingSince: undefined, vain: 0 });
    return wasLost;
  }

  /**
   * From when on the order is to be asked after, where nothing was heard of it since `heardAt`: a lost one every
   * 5 s for 10 min, then after twice as long each time, up to 2 min.
   */
  dueAt({ clientOrderId: id }: InFlightOrder, heardAt: number, patience: number): number {
    const doubt: Partial<Doubt> = this.#doubts.get(id) ?? {};
    const { askedAt = -Infinity, absences = 0, vain = 0, searches = 0 } = doubt;
    if (doubt.lostAt !== undefined)
      return Math.max(heardAt, askedAt) + Math.min(LOST_POLL, NEWS_WITHIN * 2 ** searches);
    const missedUntil = this.#unconfirmed.get(id) ?? -Infinity;
    const isDoubted = this.#unconfirmed.has(id) || absences > 0;
    // Of what could not be told nothing is on its way.
    const silent =
      missedUntil > heardAt ? missedUntil : heardAt + (isDoubted ? NEWS_WITHIN : patience);
    const missing = vain < VAIN_ANSWERS ? (doubt.missingSince ?? Infinity) + NEWS_WITHIN : Infinity;
    return Math.max(Math.min(silent, missing), askedAt + NEWS_WITHIN);
  }

  /** Fills that are missing are not on their way: they are to be asked for now. */
  hurry({ clientOrderId }: InFlightOrder): void {
    this.#of(clientOrderId).missingSince = -Infinity;
  }

  /** Whether only fills are missed of it. */
  misses(order: InFlightOrder): boolean {
    return !order.fillsComplete && !this.#unconfirmed.has(order.clientOrderId);
  }

  /** The exchange is asked after an order. */
  asked(clientOrderId: string, now: number): void {
    const doubt = this.#of(clientOrderId);
    doubt.askedAt = now;
    if (now - (doubt.lostAt ?? now) >= LOST_WATCH) doubt.searches += 1;
  }

  /** The exchange said that it has no such order; whether it has said so often enough. */
  absent(clientOrderId: string): boolean {
    const doubt = this.#of(clientOrderId);
    doubt.absences += 1;
    return doubt.absences > ABSENCES;
  }

  /** The exchange showed the order. Whether fills that it counts are to be given up now. */
  shown(order: InFlightOrder): boolean {
    const { clientOrderId: id, fillsComplete } = order;
    const doubt = this.#of(id);
    doubt.absences = 0;
    if (fillsComplete) this.#confirm(id);
    else doubt.vain += 1;
    return !fillsComplete && doubt.vain === VAIN_ANSWERS;
  }

  /** Nothing more is to be had of the order than is known. */
  givenUp({ clientOrderId }: InFlightOrder): void {
    this.#recovered = 'partial';
    this.#confirm(clientOrderId);
  }

  #confirm(clientOrderId: string): void {
    if (this.#unconfirmed.delete(clientOrderId)) this.#settle();
  }

  #settle(): void {
    if (this.#unconfirmed.size === 0) this.#onSettled(this.#recovered);
  }

  #of(clientOrderId: string): Doubt {
    const known = this.#doubts.get(clientOrderId);
    if (known !== undefined) return known;
    const doubt = {
      askedAt: -Infinity,
      missingSince: undefined,
      vain: 0,
      absences: 0,
      lostAt: undefined,
      searches: 0,
    };
    this.#doubts.set(clientOrderId, doubt);
    return doubt;
  }
}

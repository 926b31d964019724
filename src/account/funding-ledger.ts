import type { FundingPayment } from '../core/funding.js';

/** What is kept of a funding payment that was told, or without an id that payments are told from a time on. */
export interface FundingMark {
  readonly id?: string;
  /** The exchange's, in ms since the epoch. */
  readonly time: number;
}

/** How much later than a payment an earlier one may show up, in ms. */
const OVERLAP = 10 * 60_000;

/** The marks that say which payments of those to be asked for were told: the others may be forgotten. */
export const lastingMarks = (marks: readonly FundingMark[]): readonly FundingMark[] => {
  if (marks.length === 0) return [];
  const latest = marks.reduce((last, { time }) => Math.max(last, time), -Infinity);
  const first = marks.reduce((soonest, { time }) => Math.min(soonest, time), Infinity);
  const horizon = Math.max(first, latest - OVERLAP);
  return [
    { time: horizon },
    ...marks.filter(({ id, time }) => id !== undefined && time >= horizon),
  ];
};

/** The funding payments of an account, each told once. It does no I/O and reads no clock. */
export class FundingLedger {
  #told = new Map<string, number>();
  #from: number;
  #latest: number;

  /** Goes on where the marks end, or begins with what is paid from now on. */
  constructor(marks: readonly FundingMark[], now: number) {
    const kept = lastingMarks(marks);
    this.#from = kept[0]?.time ?? now;
    this.#latest = this.#from;
    for (const { id, time } of kept) {
      if (id !== undefined) this.#told.set(id, time);
      this.#latest = Math.max(this.#latest, time);
    }
  }

  /** From when on payments are to be asked for, by the exchange's clock in ms since the epoch. */
  get since(): number {
    return Math.max(this.#from, this.#latest - OVERLAP);
  }

  /** Takes payments in, whoever tells them; returns those that were not told yet, oldest first. */
  take(payments: readonly FundingPayment[]): readonly FundingPayment[] {
    const horizon = this.since;
    const fresh = new Map<string, FundingPayment>();
    for (const payment of payments)
      if (payment.time >= horizon && !this.#told.has(payment.id)) fresh.set(payment.id, payment);
    const news = [...fresh.values()].sort((a, b) => a.time - b.time);
    for (const { id, time } of news) {
      this.#told.set(id, time);
      this.#latest = Math.max(this.#latest, time);
    }
    for (const [id, time] of this.#told) if (time < this.since) this.#told.delete(id);
    return news;
  }
}

/** The least silence that is looked into, in ms. */
const LEAST = 30_000;
/** The longest silence that is not, in ms. */
const MOST = 15 * 60_000;
/** A silence of so many times the usual pause is unusual. */
const UNUSUAL = 20;
/** How many pauses the mean is taken of, about. */
const REMEMBERED = 20;

/** How often a stream tells something, and how long its silence may last before it is looked into. */
export class Rhythm {
  private mean = 0;
  private pauses = 0;
  private patience = LEAST;
  private dueAt: number;

  /** @param lastAt - Since when the stream is listened to, in ms since the epoch. */
  constructor(private lastAt: number) {
    this.dueAt = lastAt + LEAST;
  }

  /** When the silence becomes unusual, in ms since the epoch. */
  get unusualAt(): number {
    return this.dueAt;
  }

  /** The stream told something. */
  beat(now: number): void {
    this.pauses = Math.min(this.pauses + 1, REMEMBERED);
    this.mean += (now - this.lastAt - this.mean) / this.pauses;
    this.lastAt = now;
    this.wait(now, Math.max(LEAST, UNUSUAL * this.mean));
  }

  /** The silence is due to nothing happening: the next look is taken after twice the time. */
  excuse(now: number): void {
    this.wait(now, 2 * this.patience);
  }

  private wait(now: number, patience: number): void {
    this.patience = Math.min(MOST, patience);
    this.dueAt = now + this.patience;
  }
}

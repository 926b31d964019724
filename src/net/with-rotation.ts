import {
  Observable,
  Subscription,
  timer,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
  type Subscriber,
} from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { Random } from '../core/random.js';
import { backoff } from './backoff.js';

/** How sessions follow each other. */
export interface RotationOptions<T> {
  readonly scheduler: SchedulerLike;
  readonly random: Random;
  /** How long the exchange lets a session last, in ms. */
  readonly lifetime: number;
  /**
   * What a value says of its session: that it misses nothing from here on, that it does so no more
   * for the time being, that it is about to end, or nothing of the kind.
   */
  readonly standing: (value: T) => 'ready' | 'unready' | 'ending' | undefined;
  /** What tells that a session was lost; its successor, which was being prepared, goes on. */
  readonly lost: (cause: ConnectorError) => T;
  /** Is told of each session that was lost while another one was there. */
  readonly onError: (error: ConnectorError) => void;
}

/** One session that runs. */
interface Session<T> {
  readonly life: Subscription;
  since: number;
  /** Since when it was ready at least once. */
  readyAt: number | undefined;
  /** What it has said that nobody was told yet, while another session speaks. */
  held: T[] | undefined;
}

/** When a session is replaced, as a part of its life: 23 hours of 24 leave time for further attempts. */
const ROTATE_AT = 23 / 24;
/** By how much later at the most, so that sessions do not all rotate together: half an hour of 24. */
const SPREAD = 0.5 / 24;
/** How long both sessions run: what the old one was yet to be told arrives in this time, in ms. */
const OVERLAP = 1_000;
/** How long a moment is waited for in which a successor is ready all the while; then any in which it is will do. */
const CALM_WITHIN = 10_000;
/** How long a successor may take; what it says is kept as long. */
const PREPARE_WITHIN = 60_000;
/** How long a session has to last until the next one is not delayed any more, in ms. */
const HEALTHY_AFTER = 30_000;

const late = (): ConnectorError =>
  new ConnectorError('timeout', `A new session was not ready within ${PREPARE_WITHIN} ms.`);
const ended = (): ConnectorError => new ConnectorError('network', 'The session ended.');
const endsToo = (): ConnectorError =>
  new ConnectorError('network', 'A new session is about to end as well.');

/** The sessions of one subscriber: one speaks, and for a while another one is prepared. */
class Rotation<T> {
  private readonly session$: Observable<T>;
  private readonly subscriber: Subscriber<T>;
  private readonly options: RotationOptions<T>;
  private readonly wait: (attempt: number) => number;
  private speaker: Session<T>;
  private heir: Session<T> | undefined;
  private isRotating = false;
  private attempts = 0;
  private timer = Subscription.EMPTY;

  constructor(session$: Observable<T>, subscriber: Subscriber<T>, options: RotationOptions<T>) {
    this.session$ = session$;
    this.subscriber = subscriber;
    this.options = options;
    this.wait = backoff(options);
    this.speaker = this.session(undefined);
  }

  start(): void {
    this.rotateInTime();
    this.run(this.speaker);
  }

  stop(): void {
    this.timer.unsubscribe();
    this.speaker.life.unsubscribe();
    this.heir?.life.unsubscribe();
  }

  private session(held: T[] | undefined): Session<T> {
    const since = this.options.scheduler.now();
    return { life: new Subscription(), since, readyAt: undefined, held };
  }

  private run(session: Session<T>): void {
    session.life.add(
      this.session$.subscribe({
        next: (value) => {
          if (session.held === undefined) this.tell(value);
          else this.hold(session, session.held, value);
        },
        error: (error: unknown) => this.lose(session, error),
        complete: () => this.lose(session, ended()),
      }),
    );
  }

  private after(ms: number, act: () => void): void {
    this.timer.unsubscribe();
    this.timer = timer(ms, this.options.scheduler).subscribe(act);
  }

  private age(session: Session<T>): number {
    return this.options.scheduler.now() - session.since;
  }

  private rotateInTime(): void {
    const { lifetime, random } = this.options;
    const due = lifetime * (ROTATE_AT + SPREAD * random());
    this.after(Math.max(0, due - this.age(this.speaker)), () => this.rotate());
  }

  private rotate(): void {
    if (this.isRotating) return;
    this.isRotating = true;
    if (this.age(this.speaker) >= HEALTHY_AFTER) this.attempts = 0;
    this.prepare();
  }

  private prepare(): void {
    const delay = this.attempts === 0 ? 0 : this.wait(this.attempts - 1);
    this.attempts += 1;
    this.after(delay, () => {
      this.heir = this.session([]);
      this.run(this.heir);
    });
  }

  private tell(value: T): void {
    this.subscriber.next(value);
    if (this.options.standing(value) === 'ending') this.rotate();
  }

  private hold(heir: Session<T>, held: T[], value: T): void {
    // It may have waited long for its socket; from here on, what it says piles up.
    if (held.length === 0) heir.since = this.options.scheduler.now();
    held.push(value);
    const standing = this.options.standing(value);
    if (standing === 'ending') this.lose(heir, endsToo());
    else if (this.age(heir) > PREPARE_WITHIN) this.lose(heir, late());
    else if (standing === 'ready') this.after(this.overlap(heir), () => this.takeOver(heir));
    else if (standing === 'unready') this.timer.unsubscribe();
  }

  /** Where other topics are wanted all the time, it is never ready for long. */
  private overlap(heir: Session<T>): number {
    const now = this.options.scheduler.now();
    heir.readyAt ??= now;
    return now - heir.readyAt < CALM_WITHIN ? OVERLAP : 0;
  }

  private takeOver(heir: Session<T>): void {
    this.speaker.life.unsubscribe();
    this.succeed(heir, (value) => this.options.standing(value) !== 'ready');
  }

  /** The heir speaks from here on; first what it has said so far, as far as that is news. */
  private succeed(heir: Session<T>, isNews: (value: T) => boolean): void {
    this.speaker = heir;
    this.heir = undefined;
    this.isRotating = false;
    this.rotateInTime();
    // What comes meanwhile is appended, and told in its turn.
    for (const value of heir.held ?? []) if (isNews(value)) this.tell(value);
    heir.held = undefined;
  }

  private lose(session: Session<T>, reason: unknown): void {
    const { heir } = this;
    session.life.unsubscribe();
    if (heir === undefined) {
      this.subscriber.error(reason);
      return;
    }
    const error = toConnectorError(reason, 'network');
    this.options.onError(error);
    if (session === heir) {
      this.heir = undefined;
      this.prepare();
    } else {
      this.subscriber.next(this.options.lost(error));
      this.succeed(heir, () => true);
    }
  }
}

/**
 * Replaces a session before its end without a gap: the next one is made ready first, and while both
 * run for a moment what it says is held back, in order. Then it speaks in place of the old one.
 *
 * Around the seam both may have told the same. Where the next session fails, the old one stays, and it
 * is tried again after a {@link backoff}. Where the old one fails first, `lost` is told and what the
 * next one has said follows. An error while there is one session only passes.
 */
export const withRotation =
  <T>(options: RotationOptions<T>): MonoTypeOperatorFunction<T> =>
  (session$) =>
    new Observable((subscriber) => {
      const rotation = new Rotation(session$, subscriber, options);
      subscriber.add(() => rotation.stop());
      rotation.start();
    });

import type { Subscription } from 'rxjs';
import type { RestAnswer } from '../core/contract.js';
import type { Dialect } from '../emulator/dialect.js';

/** A REST request on its way. */
export interface VirtualRequest {
  /** Method and path, such as `GET /api/v3/time`. */
  readonly name: string;
  readonly params: URLSearchParams;
  /** When it was sent, in ms since the epoch. */
  readonly at: number;
}

/** What goes wrong with a request. A delay of `Infinity` loses what it delays. */
export interface RequestFault {
  /** How much longer the request takes, in ms. */
  readonly requestDelay?: number;
  /** How much longer the answer takes, in ms. */
  readonly answerDelay?: number;
  /** What comes back in place of the exchange's answer, whether or not the request arrives. */
  readonly answer?: RestAnswer | 'broken connection';
  /** What becomes of the exchange's answer on its way. */
  readonly rewrite?: (answer: RestAnswer) => RestAnswer;
}

/** A frame on its way to the client. */
export interface VirtualFrame {
  /** The path of its socket. */
  readonly path: string;
  readonly text: string;
}

/** What goes wrong with a frame. */
export interface FrameFault {
  /** How much longer it takes, in ms; `Infinity` loses it. */
  readonly delay?: number;
  /**
   * How often it arrives.
   * @defaultValue 1
   */
  readonly copies?: number;
  /** What arrives in its place, or what becomes of it on its way. */
  readonly replacement?: string | ((text: string) => string);
}

/** What a way between a client and an exchange is made of. */
export interface Way {
  readonly dialect: Dialect;
  /** How long the next message takes one way, in ms. */
  readonly latency: () => number;
  readonly now: () => number;
  /** Acts after so many ms. */
  readonly later: (act: () => void, ms: number) => Subscription;
}

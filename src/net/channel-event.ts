import type { Observable } from 'rxjs';
import type { ConnectorError } from '../core/errors.js';

/** What happens on one channel, in its order. */
export type ChannelEvent =
  /** The exchange has acknowledged the subscription: from here on nothing is missed until `down`. */
  | { readonly type: 'live' }
  /**
   * A frame as it arrived, and when, in ms since the epoch by this machine's clock. Where one socket replaces
   * another without a loss, what both told comes twice.
   */
  | { readonly type: 'data'; readonly text: string; readonly at: number }
  /** The socket was lost; what happens until the next `live` is missed. */
  | { readonly type: 'down'; readonly cause: ConnectorError };

/** Takes a frame as it arrived, and when, in ms since the epoch by this machine's clock. */
export type TakeFrame = (text: string, at: number) => void;

/**
 * The events of a topic. With `take`, its frames are handed to that instead, in their place among the
 * events: it is the shortest way for what comes thousands of times in a second.
 */
export type ChannelOf = (topic: string, take?: TakeFrame) => Observable<ChannelEvent>;

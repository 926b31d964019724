/**
 * What a setting of the account is, such as the leverage of a market, and who says so. Times are of this machine,
 * but for `time`, which is the exchange's; all in ms since the epoch.
 */
export type SettingEvent<T> =
  | {
      readonly type: 'stream';
      readonly value: T;
      readonly time: number;
      readonly receivedAt: number;
    }
  | { readonly type: 'rest'; readonly value: T; readonly requestedAt: number }
  /** The exchange answered a command that set it. */
  | { readonly type: 'set'; readonly value: T; readonly answeredAt: number };

/** A setting as far as it is known. */
export interface SettingState<T> {
  readonly value: T | undefined;
  /** The exchange's time of what the stream last told. */
  readonly time: number;
  /** When it was told by the stream, or set, for the last time. */
  readonly toldAt: number;
}

/** Nothing is known. */
export const unknownSetting: SettingState<never> = {
  value: undefined,
  time: -Infinity,
  toldAt: -Infinity,
};

/**
 * The setting after one more statement. One of the stream that is older than another of it changes nothing, nor
 * does a REST answer that was asked for before the stream or a command last said something.
 */
export const applySetting = <T>(
  state: SettingState<T>,
  event: SettingEvent<T>,
): SettingState<T> => {
  const { value } = event;
  if (event.type === 'rest') return event.requestedAt <= state.toldAt ? state : { ...state, value };
  if (event.type === 'set') return { ...state, value, toldAt: event.answeredAt };
  if (event.time < state.time) return state;
  return { value, time: event.time, toldAt: event.receivedAt };
};

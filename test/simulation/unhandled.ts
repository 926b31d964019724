import { config } from 'rxjs';

/**
 * Is told of every error that no subscriber handles, when it happens: rxjs reports them by a timer of the real
 * world, when the virtual one is long over. Nothing else in a virtual world may use such a timer. Returns how to stop.
 */
export const catchUnhandled = (tell: (error: unknown) => void): (() => void) => {
  const { onUnhandledError } = config;
  const { setTimeout } = globalThis;
  config.onUnhandledError = tell;
  globalThis.setTimeout = ((report: () => void) => report()) as typeof setTimeout;
  return () => {
    config.onUnhandledError = onUnhandledError;
    globalThis.setTimeout = setTimeout;
  };
};

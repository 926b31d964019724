import { createCommands } from './commands.js';
import type { Engine } from './model.js';
import { createQueries } from './queries.js';
import { createState, type EngineOptions } from './state.js';

export type { EngineOptions } from './state.js';

/** An exchange without orders; spot settlement. */
export const createEngine = (options: EngineOptions): Engine => {
  const state = createState(options);
  return { ...createCommands(state), ...createQueries(state), listen: state.publisher.listen };
};

/**
 * Where a connector keeps the journal of its orders.
 *
 * @packageDocumentation
 */
export { fileStore } from './file-store.js';
export { memoryStore } from './memory-store.js';
export type { Store } from './store.js';

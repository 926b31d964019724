/**
 * Where a connector keeps the journal of its orders.
 *
 * @module rxchange/store
 */
export { fileStore } from './file-store.js';
export { memoryStore } from './memory-store.js';
export type { Store } from './store.js';

import type { BookDiff, LevelMessage } from '../../src/core/book-message.js';
import { DiffBuffer, LevelBuffer } from '../../src/core/diff-buffer.js';

export const levelBuffer = (levels: readonly LevelMessage[]): LevelBuffer => {
  const buffer = new LevelBuffer();
  buffer.load(levels);
  return buffer;
};

export const diffBuffer = (diff: BookDiff): DiffBuffer => {
  const buffer = new DiffBuffer();
  buffer.load(diff);
  return buffer;
};

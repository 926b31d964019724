import type { FrameBeginning } from './frame-beginning.js';

/** By so many bytes, four at once, a beginning is looked up: they name its topic, and reach no number yet. */
export const NAMING = 40;
/** How many are remembered: more topics than anybody follows. */
const REMEMBERED = 4_096;
/** An odd number with bits all over mixes them well. */
const MIXER = 0x9e3779b1;

/** A number that frames of a topic have in common. */
const nameOf = (frame: DataView): number => {
  let hash = 0;
  for (let at = 0; at < NAMING; at += 4) hash = Math.imul(hash ^ frame.getInt32(at, true), MIXER);
  return hash;
};

/** How the frames began that were read, of each topic the last one. */
export class FrameMemory {
  private readonly known = new Map<number, FrameBeginning>();

  /** How the frame begins, if that is remembered. Its numbers are in `numbers` then, and anything otherwise. */
  recall(frame: DataView, numbers: Float64Array): FrameBeginning | undefined {
    const known = this.known.get(nameOf(frame));
    return known?.read(frame, numbers) === true ? known : undefined;
  }

  /** Remembers how the frame begins. */
  remember(frame: DataView, beginning: FrameBeginning): void {
    const { known } = this;
    if (known.size >= REMEMBERED) known.clear();
    known.set(nameOf(frame), beginning);
  }
}

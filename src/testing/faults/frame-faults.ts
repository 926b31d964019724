import type { Random } from '../../core/random.js';
import type { FrameFault, VirtualFrame } from '../network-faults.js';
import { between, oneOf, type FaultKind, type Injection } from './kind.js';

/** The paths of accounts' streams and of nothing else. */
const ACCOUNT = /^\/(ws-api\/v3|private\/.*)$/;

/** Meets a part of the frames that fit, until it is ended. */
const someFrames =
  (fits: (frame: VirtualFrame) => boolean, faultOf: (random: Random) => FrameFault): FaultKind =>
  ({ venue, random, met }: Injection) => {
    const part = 0.05 + 0.45 * random();
    return venue.network.frameFaults.decide((frame) => {
      if (!fits(frame) || random() >= part) return undefined;
      met();
      return faultOf(random);
    });
  };

const anyFrame = (): boolean => true;
const isOfAccount = ({ path }: VirtualFrame): boolean => ACCOUNT.test(path);
const isOfMarket = ({ path }: VirtualFrame): boolean => !ACCOUNT.test(path);

/** Without one of the characters that hold it together, so that nobody can take it for a whole one. */
const corrupt = (text: string, random: Random): string => {
  const joints = [...text.matchAll(/["{}[\]:,]/g)].map(({ index }) => index);
  const at = oneOf(random, joints) ?? 0;
  return `${text.slice(0, at)}#${text.slice(at + 1)}`;
};

/** What goes wrong with single frames. */
export const frameFaultKinds = {
  'market frames lost': someFrames(isOfMarket, () => ({ copies: 0 })),
  'account frames lost': someFrames(isOfAccount, () => ({ copies: 0 })),
  'market frames twice': someFrames(isOfMarket, () => ({ copies: 2 })),
  'account frames twice': someFrames(isOfAccount, () => ({ copies: 2 })),
  'account frames late and out of order': someFrames(isOfAccount, (random) => ({
    delay: between(random, 1, 3_000),
  })),
  'market frames out of order': someFrames(isOfMarket, (random) => ({
    delay: between(random, 1, 1_000),
  })),
  'frames truncated': someFrames(anyFrame, (random) => ({
    replacement: (text) => text.slice(0, Math.floor(text.length * random())),
  })),
  'frames corrupted': someFrames(anyFrame, (random) => ({
    replacement: (text) => corrupt(text, random),
  })),
} satisfies Readonly<Record<string, FaultKind>>;

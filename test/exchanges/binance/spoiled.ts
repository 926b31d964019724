/** Bytes that mean something in JSON and in numbers, and some that mean nothing. */
const alphabet = '0123456789.-+eE"[]{},:\\ \n\u0000éabuUE';

/** One of the frames, spoiled in one to three places. */
export const spoiled = (frames: readonly string[], random: () => number): string => {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const pick = (): string => frames[upTo(frames.length)]!;
  let frame = pick();
  for (let times = 1 + upTo(3); times > 0; times -= 1) {
    const at = upTo(frame.length);
    const length = upTo(12);
    const [before, behind] = [frame.slice(0, at), frame.slice(at)];
    const letter = alphabet[upTo(alphabet.length)]!;
    const changes = [
      () => before + letter + frame.slice(at + 1),
      () => before + letter + behind,
      () => before + frame.slice(at + 1),
      () => before,
      () => before + frame.slice(at + length),
      () => before + frame.slice(at, at + length) + behind,
      () => before + pick().slice(at),
      () => frame.replace(/"\d+\.\d+"/, `"${random() * 10 ** (upTo(40) - 20)}"`),
      () => frame.replaceAll(/\d/g, () => `${upTo(10)}`),
    ];
    frame = changes[upTo(changes.length)]!();
  }
  return frame;
};

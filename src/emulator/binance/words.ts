/** The key of a word in a table of words; undefined where it is none of them. */
export const keyOf = <K extends string>(
  words: Readonly<Record<K, string>>,
  word: string,
): K | undefined => {
  for (const key in words) if (words[key] === word) return key;
  return undefined;
};

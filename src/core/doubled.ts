/** The same numbers, with room for as many more. */
export const doubled = (full: Float64Array): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(2 * full.length);
  larger.set(full);
  return larger;
};

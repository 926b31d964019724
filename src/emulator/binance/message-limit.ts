/** Whether one more message may come now; says so at most `limit` times in any second. */
export const createMessageLimit = (limit: number, now: () => number): (() => boolean) => {
  const times: number[] = [];
  return () => {
    const time = now();
    while (times[0] !== undefined && times[0] <= time - 1000) times.shift();
    times.push(time);
    return times.length <= limit;
  };
};

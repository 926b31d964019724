/** One question for the exchange's time, in ms: ours before and after, and theirs in between. */
export interface TimeExchange {
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly serverTime: number;
}

/**
 * What one question tells: their clock minus ours is `offset`, give or take half of `roundTrip`
 * (in ms), since the way there and the way back need not be equally long.
 */
export interface ClockSample {
  readonly offset: number;
  readonly roundTrip: number;
}

/** The latest samples that agree with each other, oldest first. */
export type ClockFilter = readonly ClockSample[];

const WINDOW = 5;
/** A change of the offset, in ms, that is taken for a clock that was set. */
const STEP = 1_000;

/** The sample of a question (RFC 5905, section 8, with a server that answers at once). */
export const clockSample = ({ sentAt, receivedAt, serverTime }: TimeExchange): ClockSample => ({
  offset: serverTime - (sentAt + receivedAt) / 2,
  roundTrip: receivedAt - sentAt,
});

/** The sample with the least round trip; the newest of several. */
export const bestSample = (filter: ClockFilter): ClockSample | undefined =>
  filter.reduce<ClockSample | undefined>(
    (best, next) => (best !== undefined && best.roundTrip < next.roundTrip ? best : next),
    undefined,
  );

/** Whether a clock must have been set, or have drifted, since the best sample was taken. */
const disagrees = (sample: ClockSample, best: ClockSample): boolean => {
  const change = Math.abs(sample.offset - best.offset);
  const noOffsetFitsBoth = change > (sample.roundTrip + best.roundTrip) / 2;
  return noOffsetFitsBoth || (change > STEP && sample.roundTrip <= 2 * best.roundTrip);
};

/** Takes a sample in; one that disagrees with the best one makes all earlier ones void. */
export const withSample = (filter: ClockFilter, sample: ClockSample): ClockFilter => {
  const best = bestSample(filter);
  return best === undefined || disagrees(sample, best)
    ? [sample]
    : [...filter, sample].slice(-WINDOW);
};

/**
 * Their clock minus ours, in whole ms, by the sample with the least round trip, and as small as it
 * allows: as if the answer had taken no time to come back. Our idea of their time is then late by
 * the answer's way at most and never early, however unequal the ways are. Late is what exchanges
 * tolerate: Binance accepts a timestamp up to `recvWindow` old but at most 1 s early (Spot REST API,
 * "Request Security").
 */
export const clockOffset = (filter: ClockFilter): number | undefined => {
  const best = bestSample(filter);
  return best && Math.floor(best.offset - best.roundTrip / 2);
};

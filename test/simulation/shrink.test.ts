import { shrink } from './shrink.js';
import { planOf, type Simulation } from './simulate.js';

describe('shrinking a simulation that fails', () => {
  const simulation = { seed: 1, minutes: 60 };
  const plan = planOf(simulation);
  /** Two of the faults, in the second of three rounds. */
  const [one, other] = plan.filter(({ at }) => at > 1_200_000 && at < 2_400_000);
  const guilty = [one!.seed, other!.seed];
  const fails = ({ minutes, plan: left = plan }: Simulation): boolean =>
    minutes >= 40 && guilty.every((seed) => left.some((fault) => fault.seed === seed));

  it('leaves the faults that it takes, and the time, and no more', () => {
    const shrunk = shrink(simulation, fails);
    expect(shrunk.minutes).toBe(40);
    expect(shrunk.plan.map(({ seed }) => seed)).toEqual(guilty);
    expect(shrunk.plan.every(({ lasts }) => lasts <= 1_000)).toBe(true);
  });
});

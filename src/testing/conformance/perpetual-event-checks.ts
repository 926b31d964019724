import type { EventSample } from './account-fixtures.js';
import { jsonOf, type Bench } from './bench.js';
import { advising, type ConformanceCheck, type NotApplicable, type Title } from './check.js';
import { expectRead } from './expect.js';
import type { PerpetualFixtures } from './perpetual-fixtures.js';
import { spoiled } from './spoiled.js';

const telling = advising('mend `userStream.decode`, or the fixture where the pages say otherwise');

/** What the account's stream of an exchange of perpetuals tells besides. */
export const perpetualEventChecks = (
  { exchange: { userStream }, rules }: Bench,
  said: PerpetualFixtures,
): readonly ConformanceCheck[] => {
  const reads = (title: Title, sample: EventSample | NotApplicable): ConformanceCheck =>
    telling.given(title, sample, ({ raw, means }) =>
      expectRead('the frame', userStream.decode(jsonOf(raw), rules), means),
    );
  return [
    reads('13.40 a position that changed is told, short ones below zero', said.positionTold),
    reads('13.41 a position that was closed is told', said.positionClosed),
    reads('13.42 a leverage that was set is told', said.leverageTold),
    reads('13.43 that funding was paid is told', said.fundingTold),
    reads('13.44 a warning of liquidation is told', said.marginCall),
    telling.check('13.45 a spoiled event throws nothing', () => {
      for (const sample of [said.positionTold, said.fundingTold])
        if ('raw' in sample)
          for (const frame of spoiled(jsonOf(sample.raw))) userStream.decode(frame, rules);
    }),
  ];
};

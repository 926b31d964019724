import type { Simulation } from './simulate.js';

/** Every simulation that ever failed, as small as it could be made, by what the connector did. */
export const regressions: readonly (readonly [what: string, simulation: Simulation])[] = [
  [
    'waits for ever for the acceptance of an account stream that tells of the account already',
    {
      seed: 44,
      minutes: 20,
      plan: [
        { name: 'answer lost in silence', at: 336719, lasts: 37865, seed: 1221655348 },
        { name: 'maintenance', at: 363743, lasts: 1000, seed: 1434843297 },
        { name: 'client clock jumps', at: 581398, lasts: 1000, seed: 1988842383 },
        { name: '-1006 without effect', at: 796485, lasts: 13502, seed: 1906783365 },
        { name: 'account frames lost', at: 902453, lasts: 57547, seed: 2713003025 },
      ],
    },
  ],
  [
    'takes an order of its own for another one, since a wrong clock said when it was sent',
    {
      seed: 46,
      minutes: 20,
      plan: [
        { name: 'process killed', at: 66000, lasts: 1000, seed: 1 },
        { name: 'process killed', at: 136500, lasts: 1000, seed: 1 },
        { name: 'process killed', at: 207000, lasts: 1000, seed: 1 },
        { name: 'process killed', at: 277500, lasts: 1000, seed: 1 },
        { name: 'process killed', at: 348000, lasts: 1000, seed: 1 },
        { name: 'process killed', at: 418500, lasts: 1000, seed: 1 },
        { name: 'client clock jumps', at: 480000, lasts: 30000, seed: 13 },
        { name: 'process killed', at: 489000, lasts: 1000, seed: 1 },
      ],
    },
  ],
];

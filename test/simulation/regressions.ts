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
  [
    'waits as long as a clock had said that was set ahead and back (175)',
    {
      seed: 175,
      minutes: 60,
      plan: [
        { name: 'client clock jumps', at: 2777764, lasts: 45584, seed: 814494049 },
        { name: '429', at: 2794556, lasts: 157184, seed: 1089118131 },
      ],
    },
  ],
  [
    'waits as long as a clock had said that was set ahead and back (430)',
    {
      seed: 430,
      minutes: 20,
      plan: [
        { name: 'process killed', at: 29205, lasts: 1000, seed: 877393918 },
        { name: '418', at: 33877, lasts: 16791, seed: 3228498396 },
        { name: 'client clock jumps', at: 50869, lasts: 83841, seed: 56976027 },
      ],
    },
  ],
  [
    'waits as long as a clock had said that was set ahead and back (503)',
    {
      seed: 503,
      minutes: 60,
      plan: [
        { name: 'client clock jumps', at: 1255346, lasts: 110872, seed: 344772213 },
        { name: '429', at: 1278120, lasts: 5718, seed: 3497220468 },
        { name: 'process killed at a step', at: 2464130, lasts: 1000, seed: 1907943343 },
        { name: 'slow network', at: 2697028, lasts: 151010, seed: 2539460571 },
      ],
    },
  ],
  [
    'waits as long as a clock had said that was set ahead and back (525)',
    {
      seed: 525,
      minutes: 20,
      plan: [
        { name: 'client clock jumps', at: 651701, lasts: 43648, seed: 1670740811 },
        { name: '-1000 without effect', at: 661404, lasts: 45598, seed: 1799574525 },
        { name: '418', at: 663961, lasts: 73331, seed: 3784823894 },
      ],
    },
  ],
  [
    'ends an account’s stream for a ban that meets its first listen key',
    {
      seed: 16,
      minutes: 20,
      market: 'perpetual',
      plan: [
        { name: 'streams down, REST up', at: 314749, lasts: 2025, seed: 4085876683 },
        { name: 'frames corrupted', at: 374221, lasts: 196815, seed: 4007565097 },
        { name: 'process killed at a step', at: 416956, lasts: 1000, seed: 1696228772 },
        { name: 'machine sleeps', at: 441132, lasts: 16034, seed: 2387912719 },
        { name: '-1006 with effect', at: 467880, lasts: 12972, seed: 3076117816 },
        { name: 'late answer', at: 490238, lasts: 68222, seed: 1400980602 },
        { name: 'page of 403 with effect', at: 549126, lasts: 5983, seed: 3624150455 },
      ],
    },
  ],
  [
    'tells a post-only order as rejected that rested, and ended with its position',
    { seed: 35, minutes: 20, market: 'perpetual', plan: [] },
  ],
  [
    'tells a post-only order as rejected that rested for a moment, as the exchange tells no reason when asked',
    {
      seed: 1047,
      minutes: 20,
      market: 'perpetual',
      plan: [
        { name: 'position closed by other hands', at: 219061, lasts: 1000, seed: 2444197614 },
        { name: 'process killed at a step', at: 374671, lasts: 1000, seed: 2308610414 },
      ],
    },
  ],
];

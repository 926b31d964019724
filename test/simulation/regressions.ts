import type { Simulation } from './simulate.js';

/** Every simulation that ever failed, as small as it could be made, by what the connector did. */
export const regressions: readonly (readonly [what: string, simulation: Simulation])[] = [
  [
    'told of the account on a stream whose acceptance was lost, and waited for it for ever',
    {
      seed: 13,
      minutes: 60,
      plan: [
        { name: 'maintenance', at: 664956, lasts: 1000, seed: 2217935935 },
        { name: 'process killed at a step', at: 1377076, lasts: 1000, seed: 590720717 },
        { name: 'deposit and withdrawal', at: 1412958, lasts: 169701, seed: 1555745818 },
        { name: 'streams down, REST up', at: 1510172, lasts: 1000, seed: 3424117991 },
        { name: 'account frames twice', at: 1526797, lasts: 7356, seed: 901013520 },
        { name: 'frames corrupted', at: 1531796, lasts: 15104, seed: 3054178959 },
        { name: 'process killed', at: 1565806, lasts: 1000, seed: 3493973957 },
        { name: 'process killed', at: 1702815, lasts: 1000, seed: 4055561588 },
        { name: 'process killed', at: 1724715, lasts: 1000, seed: 1559874002 },
        { name: 'market halted', at: 1763064, lasts: 54972, seed: 3827543890 },
        { name: 'process killed at a step', at: 1866984, lasts: 1000, seed: 593182571 },
        { name: 'process killed', at: 2504281, lasts: 1000, seed: 2566420 },
        { name: 'market halted', at: 2798191, lasts: 14367, seed: 555291532 },
        { name: 'subscription ended', at: 3037253, lasts: 1000, seed: 164365407 },
        { name: 'process killed at a step', at: 3038275, lasts: 1000, seed: 4158207701 },
        { name: 'market halted', at: 3042053, lasts: 191444, seed: 918089941 },
        { name: 'account frames lost', at: 3255994, lasts: 104006, seed: 2608549707 },
        { name: 'account frames lost', at: 3324963, lasts: 35037, seed: 2703805140 },
      ],
    },
  ],
  [
    'took an order of its own for another one, since a wrong clock had said when it was sent',
    {
      seed: 251,
      minutes: 40,
      plan: [
        { name: 'account frames lost', at: 155251, lasts: 11738, seed: 4125742811 },
        { name: 'frames truncated', at: 155469, lasts: 13869, seed: 1971829947 },
        { name: 'subscription ended', at: 244423, lasts: 1000, seed: 986884110 },
        { name: 'shutdown announced', at: 416177, lasts: 1000, seed: 1743264128 },
        { name: 'sockets reset', at: 434631, lasts: 1000, seed: 725882586 },
        { name: 'market halted', at: 446352, lasts: 1000, seed: 3218160944 },
        { name: 'market frames twice', at: 647802, lasts: 1000, seed: 1791485342 },
        { name: 'planned end', at: 661988, lasts: 1000, seed: 3874500107 },
        { name: 'page of 502 without effect', at: 1207031, lasts: 183792, seed: 207765744 },
        { name: '-1000 without effect', at: 1241615, lasts: 3705, seed: 3772981438 },
        { name: 'process killed at a step', at: 1250684, lasts: 1000, seed: 3174319027 },
        { name: 'exchange drops connections', at: 1255383, lasts: 1000, seed: 1916696574 },
        { name: 'client clock jumps', at: 1280606, lasts: 124033, seed: 3251011465 },
      ],
    },
  ],
];

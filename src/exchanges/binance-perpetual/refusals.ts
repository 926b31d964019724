import { refusalsOf } from '../binance-shared/refusals.js';

/**
 * The codes that say that all is already as it was asked for: the position mode, and the way of margin.
 */
export const alreadySo: ReadonlySet<number> = new Set([-4046, -4059, -4171, -5027]);

/** The code of an order whose position side does not fit the account's mode. */
export const modeViolations: ReadonlySet<number> = new Set([-4061]);

/** The code of a listen key that is gone. */
export const keyIsGone: ReadonlySet<number> = new Set([-1125]);

const rulesBroken = [
  -1013, -1111, -1121, -4001, -4002, -4003, -4004, -4005, -4006, -4007, -4008, -4009, -4010, -4011,
  -4012, -4013, -4014, -4023, -4164,
];

/** The codes of what breaks a rule of a market: its filters, its precision, its symbol. */
export const ruleViolations: ReadonlySet<number> = new Set(rulesBroken);

/**
 * What the refusals of futures mean. What is not listed is the exchange's own affair: that an account may only
 * reduce, is being liquidated, or lives where it must not trade.
 *
 * @see USDⓈ-M Futures API, "Error Codes"
 */
export const { failure } = refusalsOf({
  kinds: {
    exchange: [-1125],
    network: [-1001],
    timeout: [-1007],
    rate_limited: [-1003, -1015],
    clock_skew: [-1021, -5028],
    authentication: [-1002, -1005, -1011, -1022, -1099, -1109, -2014, -2015, -2017],
    maintenance: [-1008, -1016, -4140, -4141, -5024],
    insufficient_funds: [-2018, -2019, -2024, -4050, -4051],
    duplicate_order_id: [-4116, -20132],
    order_not_found: [-2011, -2013],
    position_conflict: [
      -2022, -2027, -2028, -4047, -4048, -4061, -4067, -4068, -4118, -4168, -4531,
    ],
    invalid_order: rulesBroken.concat([
      -2020, -2021, -2025, -4015, -4016, -4024, -4032, -4045, -4060, -4062, -4131, -4136, -4137,
      -4138, -4142, -4183, -4184, -5021, -5022, -5025, -5026, -5037, -5038, -5039, -5040, -5041,
      -20121, -20130,
    ]),
  },
  unknownOutcome: [-1000, -1001, -1006, -1007, -1008, -2012, -4117],
  pools: { requests: ['weight'], orders: ['orders10s', 'ordersMinute'] },
});

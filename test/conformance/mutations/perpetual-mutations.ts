import { right } from 'fp-ts/lib/Either.js';
import type { FundingInfo, PerpetualSource } from 'rxchange';
import {
  broken,
  failuresAs,
  misasked,
  misread,
  over,
  without,
  type Broken,
  type Mutation,
} from './mutation.js';

const perpetualOver = (
  change: (perpetual: PerpetualSource) => Partial<PerpetualSource>,
): Mutation =>
  over(
    ({ perpetual }) => (perpetual && { perpetual: { ...perpetual, ...change(perpetual) } }) ?? {},
  );

const fundingAs = (change: (info: FundingInfo) => FundingInfo): Mutation =>
  perpetualOver(({ fundingInfo }) => ({
    fundingInfo: {
      ...fundingInfo,
      decode: (data, rule) => {
        const read = fundingInfo.decode(data, rule);
        return read._tag === 'Left' ? read : right(change(read.right));
      },
    },
  }));

/** Ways to break what perpetuals have besides. */
export const perpetualMutations: readonly Broken[] = [
  broken(
    'longs and shorts pay each other',
    fundingAs((info) => ({ ...info, rate: info.rate.negated() })),
    '13.04 13.50',
  ),
  broken(
    'mark and index price are swapped',
    fundingAs((info) => ({ ...info, markPrice: info.indexPrice, indexPrice: info.markPrice })),
    '13.04 13.50',
  ),
  broken(
    'funding is paid now',
    fundingAs((info) => ({ ...info, nextFundingTime: info.time })),
    '13.04 13.50',
  ),
  broken(
    'the latest funding is of all markets',
    perpetualOver(({ latestFundingInfo }) => ({
      latestFundingInfo: misasked(latestFundingInfo, () => ({})),
    })),
    '13.06',
  ),
  broken(
    'what was paid was received',
    perpetualOver(({ fundingPayments }) => ({
      fundingPayments: misread(fundingPayments, (all) =>
        all.map((payment) => ({ ...payment, amount: payment.amount.abs() })),
      ),
    })),
    '13.09 13.52 13.53',
  ),
  broken(
    'payments have the id of their market',
    perpetualOver(({ fundingPayments }) => ({
      fundingPayments: misread(fundingPayments, (all) =>
        all.map((payment) => ({ ...payment, id: payment.pair })),
      ),
    })),
    '13.09 13.10 13.52 13.53',
  ),
  broken(
    'payments are asked for after a time',
    perpetualOver(({ fundingPayments }) => ({
      fundingPayments: misasked(fundingPayments, (params, { since }) => ({
        ...params,
        startTime: `${since + 1}`,
      })),
    })),
    '13.08',
  ),
  broken(
    'payments are all incomes',
    perpetualOver(({ fundingPayments }) => ({
      fundingPayments: misasked(fundingPayments, (params) => without(params, 'incomeType')),
    })),
    '13.08',
  ),
  broken(
    'an answer is thought to hold fewer payments',
    perpetualOver(() => ({ paymentsPerAnswer: 2 })),
    '13.11',
  ),
  broken(
    'short positions are above zero',
    perpetualOver(({ positions }) => ({
      positions: misread(positions, (update) => ({
        ...update,
        positions: update.positions.map((one) => ({ ...one, amount: one.amount.abs() })),
      })),
    })),
    '13.13 13.54',
  ),
  broken(
    'the price of entry is that of liquidation',
    perpetualOver(({ positions }) => ({
      positions: misread(positions, (update) => ({
        ...update,
        positions: update.positions.map((one) => ({
          ...one,
          entryPrice: one.liquidationPrice ?? one.entryPrice,
        })),
      })),
    })),
    '13.13',
  ),
  broken(
    'a leverage is read one too high',
    perpetualOver(({ leverage }) => ({ leverage: misread(leverage, (value) => value + 1) })),
    '13.16 13.56',
  ),
  broken(
    'a leverage is set without its market',
    perpetualOver(({ setLeverage }) => ({
      setLeverage: misasked(setLeverage, (params) => without(params, 'symbol')),
    })),
    '13.17 13.56',
  ),
  broken(
    'the leverage that was asked for holds',
    perpetualOver(({ setLeverage }) => ({ setLeverage: misread(setLeverage, () => 1) })),
    '13.18 13.56',
  ),
  broken(
    'modes are read the other way round',
    perpetualOver(({ positionMode }) => ({
      positionMode: misread(positionMode, (mode) => (mode === 'hedge' ? 'one_way' : 'hedge')),
    })),
    '6.30 6.31 6.32 6.34 6.35 6.36 6.37 6.38 6.39 6.41 8.02 8.04 8.06 8.08 8.09 8.11 8.12 8.13 8.14 8.15 8.16 8.17 9.03 9.04 9.05 9.06 9.07 13.20 13.21 13.61 13.70 13.71 13.72 13.73 13.74 13.75 13.76',
  ),
  broken(
    'modes are set the other way round',
    perpetualOver(({ setPositionMode }) => ({
      setPositionMode: {
        ...setPositionMode,
        params: ({ mode }) =>
          setPositionMode.params({ mode: mode === 'hedge' ? 'one_way' : 'hedge' }),
      },
    })),
    '13.23 13.24',
  ),
  broken(
    'hedge mode is not offered',
    perpetualOver(() => ({ positionModes: ['one_way'] })),
    '13.22',
  ),
  broken(
    'that it is so already is a failure',
    perpetualOver(() => ({ alreadySo: new Set() })),
    '13.26 13.58',
  ),
  broken(
    'what is open is taken for done',
    perpetualOver(({ alreadySo }) => ({ alreadySo: new Set([...alreadySo, -4068]) })),
    '13.27 13.59 13.60',
  ),
  broken(
    'what is open is some failure',
    failuresAs(({ kind }) => (kind === 'position_conflict' ? { kind: 'exchange' } : {})),
    '10.12 13.27 13.28 13.59 13.60',
  ),
  broken(
    'orders of the wrong mode are not noticed',
    perpetualOver(() => ({ modeViolations: new Set() })),
    '13.28 13.76',
  ),
];

import type { PerpetualSource } from '../../core/contract.js';
import type { PositionMode } from '../../core/position.js';
import { jsonOf, type Bench } from './bench.js';
import { advising, isNotApplicable, type ConformanceCheck } from './check.js';
import { expectMeans, expectRead, expectSame, expectThat, expectUnread, read } from './expect.js';
import type { CallFixture, Raw } from './fixtures.js';
import type { PerpetualFixtures } from './perpetual-fixtures.js';
import { expectCall } from './requests.js';
import { spoiled } from './spoiled.js';
import { refusalOf } from './world.js';

const asking = advising('mend the params of the call in `perpetual`, or the fixture');
const reading = advising(
  'mend the decoder in `perpetual`, or the fixture where the pages say otherwise',
);
const refusing = advising('mend `failure`, `alreadySo` or `modeViolations`');

/** The messages of an exchange of perpetuals. */
export const perpetualChecks = (
  bench: Bench,
  source: PerpetualSource,
  said: PerpetualFixtures,
): readonly ConformanceCheck[] => {
  const { exchange, rule, rules, domain } = bench;
  const { since, ...payments } = said.payments;
  const { fundingInfo, positions } = said;
  const dataOf = (raw: Raw): unknown => {
    const frame = read('the frame', exchange.streams.read(jsonOf(raw)));
    return frame.type === 'data' ? frame.data : undefined;
  };
  const answerOf = <T>({ answer }: CallFixture<T>): unknown => jsonOf(answer.raw);
  const set = (mode: PositionMode) =>
    expectCall(
      'a mode',
      source.setPositionMode,
      { mode },
      {
        ...said.setPositionMode.request,
        params: said.setPositionMode.params[mode] as Readonly<Record<string, string>>,
      },
    );
  const codeOf = (codes: ReadonlySet<number | string>, code: number | string) =>
    expectThat('the codes', codes.has(code), {
      expected: `${code} among them`,
      actual: [...codes],
    });

  return [
    reading.check('13.02 the topic of funding is the documented one', () =>
      expectSame('the topic', source.fundingInfo.topic(rule), fundingInfo.topic),
    ),
    reading.check('13.03 funding is told where the pages say', () =>
      expectSame('the address', exchange.streams.url(domain, fundingInfo.topic), fundingInfo.url),
    ),
    reading.check('13.04 a frame of funding is read', () =>
      expectRead(
        'the funding',
        source.fundingInfo.decode(dataOf(fundingInfo.told.raw), rule),
        fundingInfo.told.means,
      ),
    ),
    reading.check('13.05 other messages are no funding', () => {
      for (const data of [{}, [], null, 'busy', jsonOf(bench.fixtures.book.snapshot.answer.raw)])
        expectUnread('what is no funding', source.fundingInfo.decode(data, rule));
    }),
    asking.check('13.06 the latest funding is asked for as documented', () =>
      expectCall('funding', source.latestFundingInfo, { rule }, said.latestFundingInfo.request),
    ),
    reading.check('13.07 the latest funding is read', () =>
      expectRead(
        'the funding',
        source.latestFundingInfo.decode(answerOf(said.latestFundingInfo), { rule }),
        said.latestFundingInfo.answer.means,
      ),
    ),
    asking.check('13.08 payments are asked for from a time on, that ms included', () =>
      expectCall('payments', source.fundingPayments, { rules, since }, payments.request),
    ),
    reading.check('13.09 payments are read, oldest first, with what was paid below zero', () =>
      expectRead(
        'the payments',
        source.fundingPayments.decode(answerOf(payments), { rules, since }),
        payments.answer.means,
      ),
    ),
    reading.check('13.10 payments have ids unlike each other', () => {
      const all = read(
        'the payments',
        source.fundingPayments.decode(answerOf(payments), { rules, since }),
      );
      expectSame('how many ids there are', new Set(all.map(({ id }) => id)).size, all.length);
    }),
    reading.check('13.11 an answer holds as many payments as documented', () =>
      expectSame('the most of them', source.paymentsPerAnswer, said.paymentsPerAnswer),
    ),
    asking.check('13.12 positions are asked for as documented', () =>
      expectCall('positions', source.positions, { rules }, positions.request),
    ),
    reading.check('13.13 positions are read, with short ones below zero', () =>
      expectRead(
        'the positions',
        source.positions.decode(answerOf(positions), { rules }),
        positions.answer.means,
      ),
    ),
    reading.check('13.14 positions of 0 are none', () => {
      const told = read('the positions', source.positions.decode(answerOf(positions), { rules }));
      expectSame(
        'those of 0',
        told.positions.filter(({ amount }) => amount.isZero()),
        [],
      );
    }),
    asking.check('13.15 a leverage is asked for as documented', () =>
      expectCall('a leverage', source.leverage, { rule }, said.leverage.request),
    ),
    reading.check('13.16 a leverage is read', () =>
      expectRead(
        'the leverage',
        source.leverage.decode(answerOf(said.leverage), { rule }),
        said.leverage.answer.means,
      ),
    ),
    asking.check('13.17 a leverage is set as documented', () =>
      expectCall(
        'a leverage',
        source.setLeverage,
        { rule, leverage: said.setLeverage.answer.means },
        said.setLeverage.request,
      ),
    ),
    reading.check('13.18 the answer says which leverage holds', () => {
      const leverage = said.setLeverage.answer.means;
      expectRead(
        'the leverage',
        source.setLeverage.decode(answerOf(said.setLeverage), { rule, leverage }),
        leverage,
      );
    }),
    asking.check('13.19 the position mode is asked for as documented', () =>
      expectCall('the mode', source.positionMode, undefined, said.positionMode.request),
    ),
    reading.given('13.20 one-way mode is read', said.positionMode.one_way, (raw) =>
      expectRead('the mode', source.positionMode.decode(jsonOf(raw), undefined), 'one_way'),
    ),
    reading.given('13.21 hedge mode is read', said.positionMode.hedge, (raw) =>
      expectRead('the mode', source.positionMode.decode(jsonOf(raw), undefined), 'hedge'),
    ),
    reading.check('13.22 the modes that it has are the documented ones', () => {
      const modes = (['one_way', 'hedge'] as const).filter(
        (mode) => !isNotApplicable(said.positionMode[mode]),
      );
      expectSame('the modes', [...source.positionModes].sort(), [...modes].sort());
    }),
    asking.given(
      '13.23 one-way mode is set as documented',
      said.setPositionMode.params.one_way,
      () => set('one_way'),
    ),
    asking.given('13.24 hedge mode is set as documented', said.setPositionMode.params.hedge, () =>
      set('hedge'),
    ),
    reading.check('13.25 the answer to a mode that was set is read', () => {
      read(
        'the answer',
        source.setPositionMode.decode(jsonOf(said.setPositionMode.answer), { mode: 'hedge' }),
      );
    }),
    refusing.given(
      '13.26 that it is so already is known by its code',
      said.alreadySo,
      (refusal) => {
        expectSame('the code', exchange.failure(refusalOf(refusal)).code, refusal.code);
        codeOf(source.alreadySo, refusal.code);
      },
    ),
    refusing.check('13.27 what is open stands against a change', () => {
      const { kind, outcome = 'refused' } = exchange.failure(refusalOf(said.conflict));
      expectMeans(
        'the failure',
        { kind, outcome },
        { kind: 'position_conflict', outcome: 'refused' },
      );
      expectSame('whether it is taken for done', source.alreadySo.has(said.conflict.code), false);
    }),
    refusing.given(
      '13.28 a position side of another mode is known by its code',
      said.modeViolation,
      (refusal) => {
        expectSame('the kind', exchange.failure(refusalOf(refusal)).kind, 'position_conflict');
        codeOf(source.modeViolations, refusal.code);
      },
    ),
    reading.check('13.29 a spoiled message throws nothing', () => {
      for (const data of spoiled(dataOf(fundingInfo.told.raw)))
        source.fundingInfo.decode(data, rule);
      for (const body of spoiled(answerOf(said.latestFundingInfo)))
        source.latestFundingInfo.decode(body, { rule });
      for (const body of spoiled(answerOf(positions))) source.positions.decode(body, { rules });
      for (const body of spoiled(answerOf(payments)))
        source.fundingPayments.decode(body, { rules, since });
    }),
    reading.check('13.30 answers of another form are not understood', () => {
      for (const body of [null, 'busy', 7, { data: [] }]) {
        expectUnread('funding', source.latestFundingInfo.decode(body, { rule }));
        expectUnread('payments', source.fundingPayments.decode(body, { rules, since }));
        expectUnread('positions', source.positions.decode(body, { rules }));
        expectUnread('a leverage', source.leverage.decode(body, { rule }));
        expectUnread('a mode', source.positionMode.decode(body, undefined));
      }
    }),
    reading.check('13.31 the market says what margin is taken from', () => {
      expectThat('the collateral', bench.fixtures.market.collateral !== undefined, {
        expected: 'the asset of a buy and of a sell',
        actual: bench.fixtures.market.collateral,
      });
    }),
  ];
};

import { positionKey } from '../../core/position.js';
import { START } from '../virtual-time.js';
import type { Bench } from './bench.js';
import { advising, type ConformanceCheck } from './check.js';
import { expectKind, expectMeans, expectSame, expectThat } from './expect.js';
import type { PerpetualFixtures } from './perpetual-fixtures.js';
import { expectSent } from './requests.js';
import { createWorld, ok, refusalOf, type World } from './world.js';

const following = advising('see the checks of the messages of perpetuals, 13.02 to 13.45');

/** A connector of perpetuals, over all its messages. */
export const perpetualWorldChecks = (
  bench: Bench,
  said: PerpetualFixtures,
): readonly ConformanceCheck[] => {
  const { rule } = bench;
  const { pair } = rule;
  const { payments, positions, fundingInfo, positionMode } = said;
  const quiet = (skew = 0): World => {
    const world = createWorld(bench, { skew });
    world.answer('payments', ok(said.noPayments));
    return world;
  };
  const held = positions.answer.means.positions;

  return [
    following.check('13.50 funding is told at once by REST, then as its channel tells', () => {
      const world = quiet();
      const told = world.record(world.perpetual().fundingInfo$(pair));
      world.advance(1_000);
      expectMeans('the first', told.values[0], said.latestFundingInfo.answer.means);
      world.send('market', fundingInfo.told.raw);
      expectMeans('the last', told.values.at(-1), fundingInfo.told.means);
    }),
    following.check('13.51 two subscribers of funding share a socket', () => {
      const world = quiet();
      world.record(world.perpetual().fundingInfo$(pair));
      world.record(world.perpetual().fundingInfo$(pair));
      world.advance(1_000);
      expectSame('the sockets', world.dialled, [fundingInfo.url]);
    }),
    following.check('13.52 each payment is told once, whatever is asked again', () => {
      const world = quiet(payments.since - START);
      const told = world.record(world.perpetual().fundingPayments$);
      world.advance(2_000);
      world.answer('payments', ok(payments.answer.raw));
      world.advance(12 * 60_000);
      expectThat('the questions', world.requests('payments').length > 2, {
        expected: 'several',
        actual: 1,
      });
      expectMeans('the payments', told.values, payments.answer.means);
    }),
    following.given(
      '13.53 that funding was paid has payments asked for',
      said.fundingTold,
      ({ raw }) => {
        const world = quiet(payments.since - START);
        const told = world.record(world.perpetual().fundingPayments$);
        world.advance(2_000);
        world.answer('payments', ok(payments.answer.raw));
        world.send('account', raw);
        world.advance(10_000);
        expectMeans('the payments', told.values, payments.answer.means);
      },
    ),
    following.check('13.54 positions are those of REST, then of the stream', () => {
      const world = quiet();
      const told = world.record(world.perpetual().positions$);
      world.advance(2_000);
      const first = told.values.at(-1);
      for (const { pair: of, side, amount } of held)
        expectMeans(`the position in ${of}`, first?.get(positionKey(of, side))?.amount, amount);
      world.send('account', said.positionTold.raw);
      for (const event of said.positionTold.means)
        if (event.kind === 'positions')
          for (const { pair: of, side, amount } of event.positions)
            expectMeans(
              `the position in ${of}, as told`,
              told.values.at(-1)?.get(positionKey(of, side))?.amount,
              amount,
            );
    }),
    following.check('13.55 a position that was closed is gone', () => {
      const world = quiet();
      const told = world.record(world.perpetual().positions$);
      world.advance(2_000);
      world.send('account', said.positionTold.raw);
      world.send('account', said.positionClosed.raw);
      for (const event of said.positionClosed.means)
        if (event.kind === 'positions')
          for (const { pair: of, side } of event.positions)
            expectSame(
              `the position in ${of}`,
              told.values.at(-1)?.get(positionKey(of, side)),
              undefined,
            );
    }),
    following.check('13.56 a leverage is told, and set', () => {
      const world = quiet();
      const told = world.record(world.perpetual().leverage$(pair));
      world.advance(2_000);
      expectSame('the leverage', told.values, [said.leverage.answer.means]);
      const answered = world.record(
        world.perpetual().setLeverage(pair, said.setLeverage.answer.means),
      );
      world.advance(1_000);
      expectSent('a leverage', bench, world.requests('setLeverage')[0], said.setLeverage.request);
      expectSame('what holds then', answered.values, [said.setLeverage.answer.means]);
      expectSame('the last leverage', told.values.at(-1), said.setLeverage.answer.means);
    }),
    following.given(
      '13.57 a leverage that somebody else set is told',
      said.leverageTold,
      ({ raw, means }) => {
        const world = quiet();
        const told = world.record(world.perpetual().leverage$(pair));
        world.advance(2_000);
        world.send('account', raw);
        const [event] = means;
        expectSame(
          'the leverage',
          told.values.at(-1),
          event?.kind === 'leverage' && event.leverage,
        );
      },
    ),
    following.given('13.58 that a mode is so already is a success', said.alreadySo, (refusal) => {
      const world = quiet();
      world.answer('setPositionMode', refusalOf(refusal));
      const answered = world.record(world.perpetual().setPositionMode('one_way'));
      world.advance(1_000);
      expectSame('the mode', [answered.values, answered.error()], [['one_way'], undefined]);
    }),
    following.check('13.59 a mode that cannot be changed is a typed error', () => {
      const world = quiet();
      world.answer('setPositionMode', refusalOf(said.conflict));
      const answered = world.record(
        world.perpetual().setPositionMode(bench.exchange.perpetual?.positionModes[0] ?? 'one_way'),
      );
      world.advance(1_000);
      expectKind('the error', answered.error(), 'position_conflict');
    }),
    following.check('13.60 a leverage that cannot be changed is a typed error', () => {
      const world = quiet();
      world.answer('setLeverage', refusalOf(said.conflict));
      const answered = world.record(
        world.perpetual().setLeverage(pair, said.setLeverage.answer.means),
      );
      world.advance(1_000);
      expectKind('the error', answered.error(), 'position_conflict');
    }),
    following.given('13.61 the mode of the account is told', positionMode.hedge, (raw) => {
      const world = quiet();
      world.answer('positionMode', ok(raw));
      const told = world.record(world.perpetual().positionMode$);
      world.advance(2_000);
      expectSame('the mode', told.values, ['hedge']);
    }),
    following.given('13.62 warnings of liquidation are told', said.marginCall, ({ raw, means }) => {
      const world = quiet();
      const told = world.record(world.perpetual().marginCalls$);
      world.advance(2_000);
      world.send('account', raw);
      expectMeans('the warnings', told.values as readonly unknown[], means);
    }),
    following.check('13.63 when the last one leaves nothing is left', () => {
      const world = quiet();
      const perpetual = world.perpetual();
      const all = [
        world.record(perpetual.fundingInfo$(pair)),
        world.record(perpetual.fundingPayments$),
        world.record(perpetual.positions$),
        world.record(perpetual.leverage$(pair)),
        world.record(perpetual.positionMode$),
      ];
      world.advance(5_000);
      for (const told of all) expectSame('the error', told.error(), undefined);
      all.forEach(({ leave }) => leave());
      world.advance(50);
      expectSame(
        'sockets and timers',
        [...world.sockets('market'), ...world.sockets('account')].length + world.pending(),
        0,
      );
    }),
  ];
};

import type { Exchange } from '../../core/contract.js';
import { absenceChecks } from './absence-checks.js';
import { accountChecks } from './account-checks.js';
import { createBench, type Bench } from './bench.js';
import { bookWorldChecks } from './book-world-checks.js';
import { advising, type ConformanceCheck } from './check.js';
import { expectSame } from './expect.js';
import { failureChecks } from './failure-checks.js';
import type { ConformanceFixtures } from './fixtures.js';
import { lifeChecks } from './life-checks.js';
import { orderBookChecks } from './order-book-checks.js';
import { orderLifeChecks } from './order-life-checks.js';
import { ordersChecks } from './orders-checks.js';
import { perpetualChecks } from './perpetual-checks.js';
import { perpetualEventChecks } from './perpetual-event-checks.js';
import { perpetualOrderChecks } from './perpetual-order-checks.js';
import { perpetualWorldChecks } from './perpetual-world-checks.js';
import { placementChecks } from './placement-checks.js';
import { rulesChecks } from './rules-checks.js';
import { signingChecks } from './signing-checks.js';
import { streamsChecks } from './streams-checks.js';
import { tradesChecks } from './trades-checks.js';
import { userSessionChecks } from './user-session-checks.js';
import { userStreamChecks } from './user-stream-checks.js';

const agreeing = advising(
  'give fixtures of perpetuals for an exchange of perpetuals, and for no other',
);

/** What an exchange of perpetuals has besides. */
const perpetuals = (bench: Bench): readonly ConformanceCheck[] => {
  const source = bench.exchange.perpetual;
  const said = bench.fixtures.perpetual;
  const agreed = agreeing.check('13.01 the fixtures say whether these are perpetuals', () =>
    expectSame('whether they are', said !== undefined, source !== undefined),
  );
  return source === undefined || said === undefined
    ? [agreed]
    : [
        agreed,
        ...perpetualChecks(bench, source, said),
        ...perpetualEventChecks(bench, said),
        ...perpetualWorldChecks(bench, said),
        ...perpetualOrderChecks(bench, said),
      ];
};

const groups: readonly ((bench: Bench) => readonly ConformanceCheck[])[] = [
  rulesChecks,
  orderBookChecks,
  bookWorldChecks,
  tradesChecks,
  streamsChecks,
  signingChecks,
  ordersChecks,
  placementChecks,
  userStreamChecks,
  userSessionChecks,
  orderLifeChecks,
  absenceChecks,
  failureChecks,
  accountChecks,
  lifeChecks,
  perpetuals,
];

/**
 * Everything that a connector to an exchange has to do, as checks that any test runner can run. Checks of an
 * exchange's description feed it with documented messages; checks of the connector that is made of it run in
 * virtual time, with an exchange in memory that answers with those messages.
 */
export const conformanceChecks = (
  exchange: Exchange,
  fixtures: ConformanceFixtures,
): readonly ConformanceCheck[] => {
  const bench = createBench(exchange, fixtures);
  return groups.flatMap((group) => group(bench));
};

import type { Observable } from 'rxjs';
import type { PerpetualConnector } from '../../src/connector/perpetual-connector.js';
import { carried } from '../../src/testing/faults/kind.js';
import type { VirtualPerpetualVenue } from '../../src/testing/virtual-perpetual-venue.js';
import type { Witness } from './court.js';
import { SYMBOL } from './market.js';
import { CALLED, createDesk } from './perpetual-desk.js';
import type { Cast, Play } from './stage.js';

export interface PerpetualExamsOptions extends Cast<PerpetualConnector> {
  readonly positions: Witness<PerpetualConnector>;
  readonly leverage: Witness<PerpetualConnector>;
  readonly mode: Witness<PerpetualConnector>;
  /** How many margin calls were told. */
  readonly called: () => number;
}

/** How soon what happens is told by the account's stream, in ms. */
const TOLD_WITHIN = 5_000;
/** Longer than a request takes that is not answered and the question after it, and than a connection takes. */
const FOUND_OUT_WITHIN = 60_000;
/** The first order of all may find rules from when the market was halted. */
const ATTEMPTS = 2;

/** What must be so at once where nothing goes wrong but what is arranged. */
export const perpetualExams = (
  venue: VirtualPerpetualVenue,
  options: PerpetualExamsOptions,
): Play['exams'] => {
  const { engine, accountId, network, advance } = venue;
  const { court, positions, leverage, mode, called } = options;
  const { check } = court;
  const desk = createDesk(venue, options);
  const otherLeverage = (): number => (desk.leverage() === 100 ? 99 : 100);

  const agree = ({ invariant, differences }: Witness<PerpetualConnector>): void =>
    check(invariant, differences().length === 0, () => differences().join('; '));

  const trade = (isDone: () => boolean, order: () => void): void => {
    const stopMarket = desk.makeMarket();
    for (let attempt = 1; !isDone() && attempt <= ATTEMPTS; attempt += 1) {
      order();
      advance(TOLD_WITHIN);
      agree(positions);
    }
    stopMarket();
  };
  const closeAll = (): void => trade(() => desk.held().length === 0, desk.closeAll);

  /** The command is carried out, and its answer lost: it is asked after. */
  const answerLost = (path: string, command: () => Observable<unknown>): void => {
    let told = 0;
    const stop = network.requestFaults.add(({ name }) => name === `POST ${path}`, {
      answerDelay: Infinity,
      times: 1,
    });
    command().subscribe(() => (told += 1));
    advance(FOUND_OUT_WITHIN);
    stop();
    check('a setting is as the command says', told === 1, () => `${path} told ${told} times`);
  };

  return [
    () => {
      desk.resetMark();
      closeAll();
      trade(() => desk.held().length > 0, desk.goShort);
      const before = called();
      const isMade = desk.setMark(CALLED);
      advance(TOLD_WITHIN);
      desk.resetMark();
      const told = called() - before;
      check('margin calls are told', isMade && told === 1, () => `${told} times, made ${isMade}`);
    },
    () => answerLost('/fapi/v1/leverage', () => desk.setLeverage(otherLeverage())),
    () => {
      closeAll();
      answerLost('/fapi/v1/positionSide/dual', desk.switchMode);
    },
    // Of a mode that somebody else sets the account's stream tells nothing: REST does, when that is back.
    () => {
      engine.setLeverage(accountId, SYMBOL, otherLeverage());
      advance(TOLD_WITHIN);
      agree(leverage);
      const isSet = carried(() => engine.setPositionMode(accountId, desk.otherMode()));
      check('positions are equal', isSet, () => 'Something is open still.');
      network.disconnect();
      advance(FOUND_OUT_WITHIN);
      agree(mode);
    },
  ];
};

import type { ClientOrderIdForm } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { Random } from '../core/random.js';

/** What {@link clientOrderId} is made of. */
export interface ClientOrderIdParts {
  readonly prefix: string;
  /** In ms since the epoch; of a clock that gives parts of a ms, the whole ones count. */
  readonly now: number;
  readonly random: Random;
}

/** What five digits in base 36 tell apart. */
const FIVE_DIGITS = 36 ** 5;

/** A whole number in base 36, in two parts: of small numbers the engine makes the digits six times as fast. */
const base36 = (value: number): string => {
  const high = Math.floor(value / FIVE_DIGITS);
  const low = (value % FIVE_DIGITS).toString(36);
  return high === 0 ? low : high.toString(36) + low.padStart(5, '0');
};

/**
 * An id that no other process or restart makes again: the time, then 53 random bits, both in base 36.
 * At most 20 characters and the prefix.
 */
export const clientOrderId = ({ prefix, now, random }: ClientOrderIdParts): string =>
  `${prefix}${base36(Math.floor(now))}-${base36(Math.floor(random() * 2 ** 53))}`;

/** How long the part after the prefix is at most, in characters. */
const GENERATED = 20;

const formOf = ({ maxLength, charset }: ClientOrderIdForm): string =>
  `${maxLength} characters of ${charset.source}`;

/**
 * Checks a prefix against the exchange's form of client order ids.
 *
 * @throws {@link ConnectorError} of kind `not_supported`.
 */
export const checkPrefix = (prefix: string, form: ClientOrderIdForm): void => {
  if (prefix.length + GENERATED <= form.maxLength && form.charset.test(prefix)) return;
  throw new ConnectorError(
    'not_supported',
    `The prefix ${JSON.stringify(prefix)} makes no valid client order ids: with the ${GENERATED} characters that follow, the exchange takes at most ${formOf(form)}. Choose a shorter or plainer one.`,
  );
};

/** What is wrong with a client order id that a strategy chose. */
export const idRefusal = (id: unknown, form: ClientOrderIdForm): ConnectorError | undefined =>
  typeof id === 'string' && id !== '' && id.length <= form.maxLength && form.charset.test(id)
    ? undefined
    : new ConnectorError(
        'invalid_order',
        `The client order id ${JSON.stringify(String(id))} is not valid: the exchange takes 1 to ${formOf(form)}.`,
      );

import { refusal, type ApiError } from './api-error.js';

/** The parameters of a request by name, as text. */
export type Sent = ReadonlyMap<string, string>;

/** Makes a value of a parameter's text, or refuses it. */
export type Reader<T> = (text: string, name: string) => T;

/** The parameters of a query string or a form. */
export const parseForm = (form: string): Sent => {
  const sent = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(form)) {
    if (sent.has(name)) throw refusal(-1101, 'Duplicate values for a parameter detected.');
    sent.set(name, value);
  }
  return sent;
};

/** A parameter that may be left out. */
export const optional = <T>(sent: Sent, name: string, read: Reader<T>): T | undefined => {
  const text = sent.get(name);
  return text === undefined ? undefined : read(text, name);
};

/** A parameter that has to be there. */
export const required = <T>(sent: Sent, name: string, read: Reader<T>): T => {
  const text = sent.get(name);
  if (text === undefined) {
    throw refusal(
      -1102,
      `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`,
    );
  }
  return read(text, name);
};

/** Refuses parameters that the method does not know or that say nothing. */
export const checkNames = (sent: Sent, known: readonly string[]): void => {
  const read = [...sent.keys()].filter((name) => known.includes(name)).length;
  if (read < sent.size) {
    throw refusal(
      -1104,
      `Not all sent parameters were read; read '${read}' parameter(s) but was sent '${sent.size}'.`,
    );
  }
  for (const [name, text] of sent) {
    if (text === '') throw refusal(-1105, `Parameter '${name}' was empty.`);
  }
};

/** The refusal of parameters that do not go together. */
export const badCombination = (): ApiError =>
  refusal(-1128, 'Combination of optional parameters invalid.');

/** Refuses the parameters that the request's own combination rules out. */
export const refuseUnneeded = (sent: Sent, names: readonly string[]): void => {
  const unneeded = names.find((name) => sent.has(name));
  if (unneeded !== undefined) {
    throw refusal(-1106, `Parameter '${unneeded}' sent when not required.`);
  }
};

import type { RestAnswer } from '../../core/contract.js';
import { faultErrors } from '../../emulator/binance/faults.js';
import type { RequestFault, VirtualRequest } from '../network-faults.js';
import { between, oneOf, type FaultKind, type Injection } from './kind.js';

type Met = (request: VirtualRequest) => boolean;

const everything: Met = () => true;
/** Above all those that place orders. */
const commands: Met = ({ name }) => name.startsWith('POST');
const cancels: Met = ({ name }) => name.startsWith('DELETE');
const questions: Met = ({ name }) => name.startsWith('GET');

/** Meets requests that fit, so many of them, until it is ended. */
const meet = (
  { venue, met }: Injection,
  fits: Met,
  fault: RequestFault,
  times = Infinity,
): (() => void) => {
  let left = times;
  return venue.network.requestFaults.decide((request) => {
    if (left === 0 || !fits(request)) return undefined;
    left -= 1;
    met();
    return fault;
  });
};

/** Meets the next few requests of one sort, most often commands. */
const nextFew =
  (faultOf: (injection: Injection) => RequestFault): FaultKind =>
  (injection) => {
    const { random } = injection;
    const fits = oneOf(random, [commands, commands, cancels, questions, everything]);
    return meet(injection, fits ?? everything, faultOf(injection), between(random, 1, 4));
  };

const answer = (status: number, body: string, headers = {}): RestAnswer => ({
  status,
  headers,
  body,
});

const apiError = (status: number, code: number, msg: string, headers = {}): RestAnswer =>
  answer(status, JSON.stringify({ code, msg }), headers);

const page = (status: number): RestAnswer =>
  answer(status, '<html><head><title>The request could not be satisfied</title></head></html>', {
    'content-type': 'text/html',
  });

/** What the exchange itself answers where it is broken. */
const brokenAs = (fault: '5xx' | '-1006' | '-1007'): RestAnswer => {
  const { status, code, message } = faultErrors[fault];
  return apiError(status, code, message);
};

/** The answer is this one, though the request was carried out. */
const withEffect = (instead: RestAnswer): FaultKind => nextFew(() => ({ rewrite: () => instead }));

/** The answer is this one, and the request never arrived. */
const withoutEffect = (instead: RestAnswer): FaultKind =>
  nextFew(() => ({ answer: instead, requestDelay: Infinity }));

/** A refusal for too many requests, though there were not too many. */
const stopFor = (status: number, longest: number): FaultKind =>
  nextFew(({ random }) => ({
    answer: apiError(status, -1003, 'Too many requests; current limit is 6000 request weight.', {
      'retry-after': `${between(random, 1, longest)}`,
    }),
    requestDelay: Infinity,
  }));

const seconds = ({ random }: Injection, longest: number): number =>
  between(random, 200, longest * 1_000);

const cut = (text: string, part: number): string => text.slice(0, Math.floor(text.length * part));

/** What goes wrong with requests and their answers. */
export const requestFaultKinds = {
  'request lost, connection broken': nextFew(() => ({
    requestDelay: Infinity,
    answer: 'broken connection',
  })),
  'request lost in silence': nextFew(() => ({ requestDelay: Infinity })),
  'answer lost, connection broken': nextFew(() => ({ answer: 'broken connection' })),
  'answer lost in silence': nextFew(() => ({ answerDelay: Infinity })),
  'late request': nextFew((injection) => ({ requestDelay: seconds(injection, 15) })),
  'late answer': nextFew((injection) => ({ answerDelay: seconds(injection, 15) })),
  'empty 503 with effect': withEffect(answer(503, '')),
  'empty 503 without effect': withoutEffect(answer(503, '')),
  '-1000 with effect': withEffect(brokenAs('5xx')),
  '-1000 without effect': withoutEffect(brokenAs('5xx')),
  '-1006 with effect': withEffect(brokenAs('-1006')),
  '-1006 without effect': withoutEffect(brokenAs('-1006')),
  '-1007 with effect': withEffect(brokenAs('-1007')),
  '-1007 without effect': withoutEffect(brokenAs('-1007')),
  'page of 403 with effect': withEffect(page(403)),
  'page of 502 without effect': withoutEffect(page(502)),
  '429': stopFor(429, 10),
  '418': stopFor(418, 60),
  'truncated answer': nextFew(({ random }) => {
    const part = random();
    return { rewrite: (whole) => ({ ...whole, body: cut(whole.body, part) }) };
  }),
  'slow snapshots': (injection) =>
    meet(injection, ({ name }) => /^GET .*\/depth$/.test(name), {
      answerDelay: seconds(injection, 20),
    }),
  'slow network': (injection) =>
    meet(injection, everything, {
      requestDelay: seconds(injection, 2),
      answerDelay: seconds(injection, 2),
    }),
  'REST down, streams up': (injection) =>
    meet(injection, everything, { requestDelay: Infinity, answer: 'broken connection' }),
} satisfies Readonly<Record<string, FaultKind>>;

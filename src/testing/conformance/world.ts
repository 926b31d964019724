import { right } from 'fp-ts/lib/Either.js';
import type { Observable } from 'rxjs';
import {
  createConnector,
  createPerpetualConnector,
  type ConnectorOptions,
} from '../../connector/create-connector.js';
import type { Connector } from '../../connector/connector.js';
import type { PerpetualConnector } from '../../connector/perpetual-connector.js';
import type { Exchange, RestAnswer } from '../../core/contract.js';
import type { ConnectorError } from '../../core/errors.js';
import { seededRandom } from '../../core/random.js';
import { virtualTime, type VirtualTime } from '../virtual-time.js';
import { textOf, type Bench } from './bench.js';
import type { CallName } from './calls.js';
import { Mismatched } from './check.js';
import { defaultAnswers } from './default-answers.js';
import type { Refusal } from './failure-fixtures.js';
import type { Raw } from './fixtures.js';
import {
  scriptedNetwork,
  type ScriptedAnswer,
  type ScriptedNetwork,
  type ScriptedRequest,
  type ScriptedSocket,
} from './scripted-network.js';
import { spiedExchange } from './spied-exchange.js';

/** What a stream told so far. */
export interface Recorded<T> {
  readonly values: readonly T[];
  readonly error: () => unknown;
  readonly isComplete: () => boolean;
  readonly leave: () => void;
}

/** A connector made of the description, and the scripted exchange that it talks to, in virtual time. */
export interface World extends Omit<VirtualTime, 'scheduler'>, Pick<ScriptedNetwork, 'dialled'> {
  readonly connector: Connector;
  /** The same, where the exchange is one of perpetuals. */
  readonly perpetual: () => PerpetualConnector;
  readonly errors: readonly ConnectorError[];
  /** The requests that were sent, or those of a call, oldest first. */
  readonly requests: (name?: CallName) => readonly ScriptedRequest[];
  /** From now on a call is answered like that. */
  readonly answer: (
    name: CallName,
    answer: ScriptedAnswer | ((request: ScriptedRequest) => ScriptedAnswer),
  ) => void;
  /** The open sockets of market streams, or of the account's. */
  readonly sockets: (kind: 'market' | 'account') => readonly ScriptedSocket[];
  /** Sends a frame over all sockets of a kind. */
  readonly send: (kind: 'market' | 'account', frame: Raw) => void;
  /** Whether subscriptions are acknowledged. */
  readonly acknowledge: (isAcknowledging: boolean) => void;
  readonly record: <T>(stream$: Observable<T>) => Recorded<T>;
}

/** How a world is. */
export interface WorldOptions {
  /** @defaultValue true */
  readonly keys?: boolean;
  /**
   * Whether the account's stream is accepted.
   * @defaultValue true
   */
  readonly accepts?: boolean;
  /** How far the exchange's clock is ahead of ours, in ms. */
  readonly skew?: number;
  /** Which of the answers that all else hangs on are read by the description: the others are given. */
  readonly real?: readonly ('rules' | 'time')[];
  readonly connector?: ConnectorOptions;
}

/** An answer with status 200. */
export const ok = (raw: Raw): RestAnswer => ({ status: 200, headers: {}, body: textOf(raw) });

/** An answer that refuses. */
export const refusalOf = ({ status, headers = {}, body }: Refusal): RestAnswer => ({
  status,
  headers,
  body: textOf(body),
});

/** With the market and the clock as the fixtures say, unless a check is about just that. */
const isolated = (
  { exchange, rule }: Bench,
  real: WorldOptions['real'] = [],
  now: () => number,
): Exchange => ({
  ...exchange,
  ...(real.includes('rules')
    ? {}
    : {
        rules: {
          ...exchange.rules,
          decode: () => right({ rules: [rule], problems: [], limits: {} }),
        },
      }),
  ...(real.includes('time') ? {} : { time: { ...exchange.time, decode: () => right(now()) } }),
});

/** Makes a connector of a description; nothing has happened yet. */
export const createWorld = (bench: Bench, options: WorldOptions = {}): World => {
  const { keys = true, accepts = true, skew = 0, real } = options;
  const { scheduler, ...time } = virtualTime();
  const { streams, signing, account } = bench.fixtures;
  const { opening } = account.stream;
  const spied = spiedExchange(isolated(bench, real, () => time.now() + skew));
  const answers = new Map<CallName, (request: ScriptedRequest) => ScriptedAnswer>();
  const usual = defaultAnswers(bench.fixtures);
  // Given rules need no answer to be read from, and those of exchanges are long.
  if (real?.includes('rules') !== true) answers.set('rules', () => ok({}));
  let isAcknowledging = true;

  const receive = (text: string, socket: ScriptedSocket): void => {
    const frame = spied.frameOf(text);
    const reply = (raw: Raw): void => socket.send(textOf(raw));
    switch (frame?.kind) {
      case 'subscribe':
        if (!isAcknowledging) return;
        frame.topics.forEach((topic) => socket.topics.add(topic));
        reply(streams.acknowledged(frame.id));
        return;
      case 'unsubscribe':
        frame.topics.forEach((topic) => socket.topics.delete(topic));
        reply(streams.acknowledged(frame.id));
        return;
      case 'ping':
        reply(streams.pong(frame.id, [...socket.topics]));
        return;
      case 'accountPing':
        reply(account.stream.pong);
        return;
      case 'login':
        if (accepts && opening.type === 'signedRequest') reply(opening.accepted);
        return;
      case undefined:
    }
  };
  const network = scriptedNetwork(spied, scheduler, {
    answer: (request) => {
      const { name } = request;
      if (name === undefined) return 'silence';
      return answers.get(name)?.(request) ?? ok(usual[name]);
    },
    receive,
  });
  const { http, socket } = network;
  const all: ConnectorOptions = {
    environment: { scheduler, http, socket, random: seededRandom(1) },
    ...(keys ? { credentials: signing.credentials } : {}),
    ...options.connector,
  };
  const { exchange } = spied;
  const perpetual =
    exchange.perpetual &&
    createPerpetualConnector({ ...exchange, perpetual: exchange.perpetual }, all);
  const connector = perpetual ?? createConnector(exchange, all);
  const errors: ConnectorError[] = [];
  connector.errors$.subscribe((error) => errors.push(error));
  const socketsOf: World['sockets'] = (kind) =>
    [...network.sockets].filter(({ isAccount }) => isAccount === (kind === 'account'));

  return {
    ...time,
    dialled: network.dialled,
    connector,
    perpetual: () => {
      if (perpetual !== undefined) return perpetual;
      throw new Mismatched({
        what: 'the description',
        expected: 'an exchange of perpetuals',
        actual: 'no `perpetual`',
      });
    },
    errors,
    requests: (name) => network.requests.filter((sent) => name === undefined || sent.name === name),
    answer: (name, answer) =>
      answers.set(name, typeof answer === 'function' ? answer : () => answer),
    sockets: socketsOf,
    send: (kind, frame) => socketsOf(kind).forEach((one) => one.send(textOf(frame))),
    acknowledge: (value) => {
      isAcknowledging = value;
    },
    record,
  };
};

const record: World['record'] = <T>(stream$: Observable<T>) => {
  const values: T[] = [];
  let failure: unknown;
  let isOver = false;
  const subscription = stream$.subscribe({
    next: (value) => values.push(value),
    error: (error: unknown) => (failure = error),
    complete: () => (isOver = true),
  });
  return {
    values,
    error: () => failure,
    isComplete: () => isOver,
    leave: () => subscription.unsubscribe(),
  };
};

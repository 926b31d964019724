import * as t from 'io-ts';
import { EMPTY, NEVER, of, VirtualTimeScheduler } from 'rxjs';
import type { Context } from '../../src/connector/context.js';
import { createKnownKeys } from '../../src/connector/known-keys.js';
import { createStatusBoard } from '../../src/connector/status.js';
import { userStream } from '../../src/connector/user-stream.js';
import type { UserStreamEvent, UserStreamSource } from '../../src/core/contract.js';
import type { ConnectorError } from '../../src/core/errors.js';
import { createDoubt } from '../../src/net/doubt.js';
import { createFakeSocket, type FakeServer, type Session } from '../net/fake-socket.js';

/** The fake exchange's frames are lists of events already. */
const Events = t.array(
  new t.Type<UserStreamEvent>(
    'UserStreamEvent',
    (event): event is UserStreamEvent => typeof event === 'object',
    (event) => t.success(event as UserStreamEvent),
    t.identity,
  ),
);

const source: UserStreamSource = {
  type: 'signedRequest',
  socket: { weights: {}, priority: 'query', lifetime: 24 * 3_600_000 },
  url: ({ wsApi }) => wsApi,
  subscribe: (signer, now) =>
    JSON.stringify({ subscribe: signer.apiKey(), signature: signer.sign(`${now}`) }),
  ping: () => JSON.stringify('ping'),
  decode: (frame) => Events.decode(frame),
};

/** A server that accepts every subscription. */
const accepts: FakeServer['receive'] = (frame, session) => {
  session.reply(frame === 'ping' ? [] : [{ kind: 'subscribed' }]);
};

/** The account's stream of a made-up exchange, in virtual time. */
export const createUserStreamWorld = ({ receive = accepts, ...server }: FakeServer = {}) => {
  const scheduler = new VirtualTimeScheduler();
  const { socket, sessions } = createFakeSocket(scheduler, { receive, ...server });
  const reports: ConnectorError[] = [];
  const userDoubt = createDoubt(() => 'The account stream');
  const context: Pick<
    Context,
    | 'domain'
    | 'environment'
    | 'signer'
    | 'keys'
    | 'clock'
    | 'connect'
    | 'userDoubt'
    | 'status'
    | 'report'
  > & { readonly exchange: Pick<Context['exchange'], 'userStream'> } = {
    exchange: { userStream: source },
    domain: { rest: '', stream: '', wsApi: 'wss://exchange.test/account' },
    environment: { scheduler, socket, random: () => 0, http: () => EMPTY },
    signer: { apiKey: () => 'key', sign: (payload) => `signed ${payload}` },
    keys: createKnownKeys(scheduler),
    clock: {
      now: () => scheduler.now(),
      isSynchronized: () => true,
      synchronized$: of(undefined),
      refresh: () => of(undefined),
      keepSynchronized$: NEVER,
    },
    connect: socket,
    userDoubt,
    status: createStatusBoard(scheduler),
    report: (error) => reports.push(error),
  };
  const { signal$ } = userStream(
    context as Context,
    of({ bySymbol: new Map(), byPair: new Map() }),
  );
  /** What is told, each with its time. */
  const listen = () => {
    const told: [at: number, kind: string][] = [];
    const subscription = signal$.subscribe(({ kind }) => told.push([scheduler.now(), kind]));
    return { told, leave: () => subscription.unsubscribe() };
  };
  /** Lets time pass; later steps are left for later. */
  const runTo = (when: number) => {
    scheduler.schedule(() => undefined, when - scheduler.now());
    scheduler.maxFrames = when;
    scheduler.flush();
  };
  const session = (index: number): Session => sessions[index]!;
  return { scheduler, sessions, session, reports, userDoubt, listen, runTo };
};

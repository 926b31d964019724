import { createEnvironment } from '../../src/net/environment.js';
import * as t from 'io-ts';
import { defer, EMPTY, NEVER, type Observable, of, VirtualTimeScheduler } from 'rxjs';
import type { Context } from '../../src/connector/context.js';
import { createKnownKeys } from '../../src/connector/known-keys.js';
import { createMeter } from '../../src/connector/meter.js';
import { createStatusBoard } from '../../src/connector/status.js';
import { userStream } from '../../src/connector/user-stream.js';
import type {
  Endpoint,
  UserStreamEvent,
  UserStreamFrames,
  UserStreamSource,
} from '../../src/core/contract.js';
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

const frames: UserStreamFrames = {
  socket: { weights: {}, priority: 'query', lifetime: 24 * 3_600_000 },
  ping: () => JSON.stringify('ping'),
  decode: (frame) => Events.decode(frame),
};

const signedRequest: UserStreamSource = {
  ...frames,
  type: 'signedRequest',
  url: ({ wsApi }) => wsApi,
  subscribe: (signer, now) =>
    JSON.stringify({ subscribe: signer.apiKey(), signature: signer.sign(`${now}`) }),
};

const call: Endpoint<void, string> = {
  method: 'POST',
  path: '/key',
  signed: true,
  priority: 'query',
  weights: {},
  params: () => ({}),
  decode: (body) => t.string.decode(body),
};

/** The code of a key that is gone. */
export const GONE = -1125;

/** A stream whose key is to be kept alive every half an hour. */
export const listenKey: UserStreamSource = {
  ...frames,
  type: 'listenKey',
  create: call,
  url: ({ wsApi }, key) => `${wsApi}/${key}`,
  keepAlive: { ...call, method: 'PUT' },
  keepAliveEvery: 1_800_000,
  keyIsGone: new Set([GONE]),
};

/** A server that accepts every subscription. */
const accepts: FakeServer['receive'] = (frame, session) => {
  session.reply(frame === 'ping' ? [] : [{ kind: 'subscribed' }]);
};

interface UserStreamWorldOptions extends FakeServer {
  readonly source?: UserStreamSource;
  /** What comes of a call, by its method. */
  readonly answer?: (method: string) => Observable<string>;
}

/** The account's stream of a made-up exchange, in virtual time. */
export const createUserStreamWorld = ({
  receive = accepts,
  source = signedRequest,
  answer = () => EMPTY,
  ...server
}: UserStreamWorldOptions = {}) => {
  const scheduler = new VirtualTimeScheduler();
  const { socket, sessions } = createFakeSocket(scheduler, { receive, ...server });
  const reports: ConnectorError[] = [];
  const calls: [at: number, method: string][] = [];
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
    | 'meter'
    | 'report'
  > & {
    readonly exchange: Pick<Context['exchange'], 'userStream'>;
    readonly rest: Pick<Context['rest'], 'call'>;
  } = {
    exchange: { userStream: source },
    rest: {
      call: <Input, Output>({ method }: Endpoint<Input, Output>) =>
        defer(() => {
          calls.push([scheduler.now(), method]);
          return answer(method) as Observable<Output>;
        }),
    },
    domain: { rest: '', stream: '', wsApi: 'wss://exchange.test/account' },
    environment: createEnvironment({ scheduler, socket, random: () => 0, http: () => EMPTY }),
    signer: { apiKey: () => 'key', sign: (payload) => `signed ${payload}` },
    keys: createKnownKeys(scheduler),
    clock: {
      now: () => scheduler.now(),
      isSynchronized: () => true,
      measured: () => undefined,
      synchronized$: of(undefined),
      refresh: () => of(undefined),
      keepSynchronized$: NEVER,
    },
    connect: socket,
    userDoubt,
    status: createStatusBoard(scheduler),
    meter: createMeter({ measured: () => undefined }),
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
  return { scheduler, sessions, session, reports, calls, userDoubt, listen, runTo };
};

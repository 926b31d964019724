import { createHmac } from 'node:crypto';
import { VirtualTimeScheduler } from 'rxjs';
import type { Side } from '../../src/core/order.js';
import type { Credentials } from '../../src/emulator/binance/security.js';
import type { HttpResponse, Session } from '../../src/emulator/dialect.js';
import {
  createEmulation,
  type Emulation,
  type EmulatorOptions,
} from '../../src/emulator/emulation.js';

/** 2026-03-04 05:06:00 UTC: the beginning of a minute, but not of a day. */
export const START = 1_772_600_760_000;

/** Parsed JSON whose shape a test asserts. */
export interface Json {
  readonly [key: string]: Json | undefined;
}

export const parse = (text: string): Json => JSON.parse(text) as Json;

export const hmac = (payload: string, secret: string): string =>
  createHmac('sha256', secret).update(payload).digest('hex');

/** The keys of an account that shares a secret with the exchange. */
export const hmacKeys = ({ apiKey, apiSecret }: Credentials): Keys => ({
  apiKey,
  sign: (payload) => hmac(payload, apiSecret),
});

export interface Answer {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  readonly json: Json;
}

/** A WebSocket connection of a test. */
export interface Peer {
  readonly session: Session;
  /** What arrived, oldest first. */
  readonly frames: Json[];
  /** Takes all frames that arrived since the last call. */
  readonly take: () => Json[];
  readonly send: (frame: unknown) => void;
  readonly closes: { readonly code: number; readonly reason: string }[];
}

/** What is undefined is not sent. */
type Params = Readonly<Record<string, string | number | undefined>>;

/** Somebody with a key. */
export interface Keys {
  readonly apiKey: string;
  readonly sign: (payload: string) => string;
}

/** What somebody with a key can send. */
export interface Client {
  /** A call that is signed in the query. */
  readonly signed: (method: string, path: string, params?: Params) => Answer;
  /** The parameters of a signed request on the WebSocket API. */
  readonly wsParams: (params?: Params) => Params;
}

/** What a client does with an exchange. */
export interface Tools extends Client {
  readonly now: () => number;
  readonly query: (params: Params) => string;
  /** An unsigned call. */
  readonly call: (method: string, path: string, params?: Params) => Answer;
  readonly request: (request: {
    readonly method: string;
    readonly path: string;
    readonly query?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  }) => Answer;
  readonly connect: (path: string, query?: string) => Peer;
  readonly client: (keys: Keys) => Client;
}

/** An exchange, with the user as a client. */
export interface Bench extends Emulation, Tools {
  readonly advance: (ms: number) => void;
  /** A limit order of somebody else. */
  readonly rival: (symbol: string, side: Side, price: string, amount: string) => number;
}

export const queryOf = (params: Params): string =>
  Object.entries(params)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
    .join('&');

/** A clock that a test moves. */
export const virtualTime = (start: number) => {
  const scheduler = new VirtualTimeScheduler();
  scheduler.frame = start;
  const advance = (ms: number): void => {
    const until = scheduler.frame + ms;
    scheduler.maxFrames = until;
    scheduler.flush();
    scheduler.frame = until;
  };
  return { scheduler, advance };
};

/** A client of a dialect. */
export const createTools = ({
  dialect,
  credentials,
  scheduler,
}: Pick<Emulation, 'dialect' | 'credentials' | 'scheduler'>): Tools => {
  const request: Bench['request'] = ({ query = '', headers = {}, body = '', ...rest }) => {
    const answer = dialect.handle({ ...rest, query, headers, body });
    return { status: answer.status, headers: answer.headers, json: parse(answer.body) };
  };
  const client: Bench['client'] = ({ apiKey, sign }) => ({
    signed: (method, path, params = {}) => {
      const payload = queryOf({ ...params, timestamp: scheduler.now() });
      const query = `${payload}&signature=${encodeURIComponent(sign(payload))}`;
      return request({ method, path, query, headers: { 'x-mbx-apikey': apiKey } });
    },
    wsParams: (params = {}) => {
      const all: Params = { ...params, apiKey, timestamp: scheduler.now() };
      const payload = Object.keys(all)
        .sort()
        .map((name) => `${name}=${all[name]}`)
        .join('&');
      return { ...all, signature: sign(payload) };
    },
  });
  const connect: Bench['connect'] = (path, query = '') => {
    const frames: Json[] = [];
    const closes: { code: number; reason: string }[] = [];
    let taken = 0;
    const session = dialect.endpoint(path)!({
      path,
      query,
      send: (text) => frames.push(parse(text)),
      close: (code, reason) => closes.push({ code, reason }),
    });
    const take = () => {
      const fresh = frames.slice(taken);
      taken = frames.length;
      return fresh;
    };
    return {
      session,
      frames,
      take,
      closes,
      send: (frame) => session.receive(JSON.stringify(frame)),
    };
  };
  return {
    now: () => scheduler.now(),
    query: queryOf,
    call: (method, path, params = {}) => request({ method, path, query: queryOf(params) }),
    request,
    connect,
    client,
    ...client(hmacKeys(credentials)),
  };
};

/** An exchange in virtual time without traders, and a client of it. */
export const createBench = (options: EmulatorOptions & { start?: number } = {}): Bench => {
  const { scheduler, advance } = virtualTime(options.start ?? START);
  const emulation = createEmulation({ traders: false, scheduler, ...options });
  const rival = emulation.control.trader('rival');
  return {
    ...emulation,
    ...createTools(emulation),
    advance,
    rival: (symbol, side, price, amount) => rival.limit(side, price, amount, symbol).orderId,
  };
};

export const LIMIT = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.01',
  price: '60000',
} as const;

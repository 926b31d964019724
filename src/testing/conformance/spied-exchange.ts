import type { Domain, Endpoint, Exchange } from '../../core/contract.js';
import { withCalls, type CallName } from './calls.js';

/** What a frame that a connector sends is. */
export type SentFrame =
  | {
      readonly kind: 'subscribe' | 'unsubscribe';
      readonly topics: readonly string[];
      readonly id: number;
    }
  | { readonly kind: 'ping'; readonly id: number }
  | { readonly kind: 'login' | 'accountPing' };

/** An exchange whose description tells what is made with it. */
export interface SpiedExchange {
  readonly exchange: Exchange;
  /** The call that a request was made for last. */
  readonly lastCall: () => CallName | undefined;
  /** What a frame is, by its text. */
  readonly frameOf: (text: string) => SentFrame | undefined;
  /** Whether an address is that of the account's stream. */
  readonly isAccount: (url: string) => boolean;
}

type Note = (text: string, frame: SentFrame) => string;

const spiedStream = (
  stream: Exchange['userStream'],
  address: (url: string) => string,
  noted: Note,
): Exchange['userStream'] => {
  const ping = (): string => noted(stream.ping(), { kind: 'accountPing' });
  if (stream.type === 'listenKey')
    return { ...stream, ping, url: (domain, key) => address(stream.url(domain, key)) };
  return {
    ...stream,
    ping,
    url: (domain: Domain) => address(stream.url(domain)),
    subscribe: (signer, now) => noted(stream.subscribe(signer, now), { kind: 'login' }),
  };
};

/**
 * Watches what a connector makes with a description, so that a scripted exchange knows what it is asked without a
 * parser of its own for each exchange.
 */
export const spiedExchange = (exchange: Exchange): SpiedExchange => {
  const frames = new Map<string, SentFrame>();
  const accounts = new Set<string>();
  let last: CallName | undefined;

  const noted: Note = (text, frame) => {
    frames.set(text, frame);
    return text;
  };
  const address = (url: string): string => {
    accounts.add(url);
    return url;
  };
  const watched = <Input, Output>(
    name: CallName,
    call: Endpoint<Input, Output>,
  ): Endpoint<Input, Output> => ({
    ...call,
    params: (input) => {
      last = name;
      return call.params(input);
    },
  });

  const { streams } = exchange;
  const spied = withCalls(exchange, watched);
  const { userStream } = spied;
  return {
    exchange: {
      ...spied,
      streams: {
        ...streams,
        subscribe: (topics, id) =>
          noted(streams.subscribe(topics, id), { kind: 'subscribe', topics, id }),
        unsubscribe: (topics, id) =>
          noted(streams.unsubscribe(topics, id), { kind: 'unsubscribe', topics, id }),
        ping: (id) => noted(streams.ping(id), { kind: 'ping', id }),
      },
      userStream: spiedStream(userStream, address, noted),
    },
    lastCall: () => last,
    frameOf: (text) => frames.get(text),
    isAccount: (url) => accounts.has(url),
  };
};

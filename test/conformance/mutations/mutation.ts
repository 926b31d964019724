import { map } from 'fp-ts/lib/Either.js';
import type {
  Endpoint,
  Exchange,
  Failure,
  OrderEndpoints,
  Params,
  UserStreamEvent,
} from 'rxchange';

/** Breaks a description in one way. */
export type Mutation = (exchange: Exchange) => Exchange;

/** A way to break a description, and the checks that have to notice. */
export interface Broken {
  readonly name: string;
  readonly mutation: Mutation;
  /** The numbers of all checks that fail. */
  readonly fails: readonly string[];
}

/** One row of a table. */
export const broken = (name: string, mutation: Mutation, fails: string): Broken => ({
  name,
  mutation,
  fails: fails.split(' '),
});

/** Replaces parts of a description. */
export const over =
  (change: (exchange: Exchange) => Partial<Exchange>): Mutation =>
  (exchange) => ({ ...exchange, ...change(exchange) });

/** Replaces calls about orders. */
export const ordersOver = (change: (orders: OrderEndpoints) => Partial<OrderEndpoints>): Mutation =>
  over(({ orders }) => ({ orders: { ...orders, ...change(orders) } }));

/** Replaces parts of the order book. */
export const bookOver = (
  change: (book: Exchange['orderBook']) => Partial<Exchange['orderBook']>,
): Mutation => over(({ orderBook }) => ({ orderBook: { ...orderBook, ...change(orderBook) } }));

/** Replaces parts of public trades. */
export const tradesOver = (
  change: (trades: Exchange['trades']) => Partial<Exchange['trades']>,
): Mutation => over(({ trades }) => ({ trades: { ...trades, ...change(trades) } }));

/** Replaces parts of the protocol of streams. */
export const streamsOver = (
  change: (streams: Exchange['streams']) => Partial<Exchange['streams']>,
): Mutation => over(({ streams }) => ({ streams: { ...streams, ...change(streams) } }));

/** A call whose answer is read as something else. */
export const misread = <Input, Output>(
  call: Endpoint<Input, Output>,
  change: (output: Output, input: Input) => Output,
): Endpoint<Input, Output> => ({
  ...call,
  decode: (body, input) => map((output: Output) => change(output, input))(call.decode(body, input)),
});

/** A call that sends something else. */
export const misasked = <Input, Output>(
  call: Endpoint<Input, Output>,
  change: (params: Params, input: Input) => Params,
): Endpoint<Input, Output> => ({
  ...call,
  params: (input) => change(call.params(input), input),
});

/** Parameters without one. */
export const without = (params: Params, ...names: readonly string[]): Params =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));

/** Reads every event of the account's stream as something else. */
export const eventsAs = (
  change: (event: UserStreamEvent) => readonly UserStreamEvent[],
): Mutation =>
  over(({ userStream }) => ({
    userStream: {
      ...userStream,
      decode: (frame, rules) =>
        map((events: readonly UserStreamEvent[]) => events.flatMap(change))(
          userStream.decode(frame, rules),
        ),
      ...(userStream.scan && {
        scan: (frame, rules) => userStream.scan?.(frame, rules)?.flatMap(change),
      }),
    },
  }));

/** Reads every failure as something else. */
export const failuresAs = (
  change: (failure: Failure, status: number) => Partial<Failure>,
): Mutation =>
  over(({ failure }) => ({
    failure: (answer) => {
      const read = failure(answer);
      return { ...read, ...change(read, answer.status) };
    },
  }));

/** A value without one of the properties that it may lack. */
export const lacking = <Value extends object>(
  value: Value,
  name: { [Name in keyof Value]: undefined extends Value[Name] ? Name : never }[keyof Value] &
    string,
): Value => Object.fromEntries(Object.entries(value).filter(([each]) => each !== name)) as Value;

import { map, merge, Subject } from 'rxjs';
import { Decimal } from '../../src/core/decimal.js';
import { seededRandom } from '../../src/core/random.js';
import type { Socket } from '../../src/net/socket.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { messages } from '../exchanges/binance/support.js';
import { record } from '../support/recording.js';

type Message = Readonly<Record<string, unknown>>;

const samples = messages('market-data') as Readonly<Record<string, Message>>;

/** Two markets that live, and a way to slip frames in on the socket that carries them. */
const open = () => {
  const venue = createVirtualVenue();
  const slipped = new Subject<string>();
  const { scheduler, network } = venue;
  const socket: Socket = (url) =>
    network.socket(url).pipe(map(({ frame$, send }) => ({ send, frame$: merge(frame$, slipped) })));
  const exchange = venue.join({
    environment: { scheduler, http: network.http, socket, random: seededRandom(1) },
  });
  const errors = record(exchange.errors$);
  const book = record(exchange.orderBook$('BTC-USDT').pipe(map(({ bestBid }) => bestBid.price)));
  const trades = record(exchange.trades$('BTC-USDT'));
  const other = record(exchange.orderBook$('ETH-USDT').pipe(map(({ bestBid }) => bestBid.price)));
  let price = 50_000;
  let told = 0;
  /** Something happens in both markets, and is told. */
  const live = (): void => {
    price += 1;
    venue.rival('sell', `${price}`, '0.002');
    venue.rival('buy', `${price}`, '0.001');
    venue.rival('buy', `${price - 1}`, '0.5');
    venue.engine.place('rival', {
      symbol: 'ETHUSDT',
      clientOrderId: `eth-${price}`,
      side: 'buy',
      type: 'limit',
      price: new Decimal(price),
      amount: new Decimal('0.01'),
    });
    venue.rival('buy', `${price}`, '0.001');
    venue.advance(300);
    told += 2;
  };
  /** What a frame leads to: the kinds of the errors that it causes, and whether all the rest goes on. */
  const meet = (frame: string) => {
    const before = errors.values.length;
    const counts = [book.values.length, other.values.length];
    slipped.next(frame);
    live();
    const caused = errors.values.slice(before);
    return {
      kinds: caused.map(({ kind }) => kind),
      length: Math.max(0, ...caused.map(({ message }) => message.length)),
      goesOn:
        book.last() === price - 1 &&
        trades.values.length === told &&
        book.values.length > counts[0]! &&
        other.values.length > counts[1]! &&
        network.attempts().length === 1,
    };
  };
  venue.advance(1_000);
  live();
  return { venue, meet };
};

const oneError = { kinds: ['decode'], goesOn: true, length: expect.any(Number) as number };
const noError = { kinds: [], goesOn: true, length: 0 };

/** What was told long ago, so that a copy of it changes nothing. */
const past = { U: 1, u: 1, t: 1 };

const frameOf = (name: string): Message => {
  const { stream, data } = samples[name]!;
  const known = Object.entries(past).filter(([field]) => field in (data as Message));
  return { stream, data: { ...(data as Message), ...Object.fromEntries(known) } };
};

const retyped = (value: unknown): unknown => {
  if (typeof value === 'string') return 7;
  if (Array.isArray(value)) return { 0: 'x' };
  if (typeof value === 'object') return value === null ? 'null' : [value];
  return typeof value === 'number' ? 'seven' : 1;
};

/** The message with one field removed, nulled or of another type. */
const spoilt = (message: Message, field: string): readonly (readonly [string, Message])[] => [
  ['removed', Object.fromEntries(Object.entries(message).filter(([name]) => name !== field))],
  ['nulled', { ...message, [field]: null }],
  ['retyped', { ...message, [field]: retyped(message[field]) }],
];

/** Each message, where its fields are, and which of them are needed. */
const documented: readonly (readonly [string, 'frame' | 'data', readonly string[]])[] = [
  ['depthUpdate', 'data', ['e', 'E', 'U', 'u', 'b', 'a']],
  ['tradeByABuyer', 'data', ['e', 't', 'p', 'q', 'T', 'm']],
  ['depthUpdate', 'frame', ['stream', 'data']],
  ['tradeByABuyer', 'frame', ['stream', 'data']],
  ['acknowledged', 'frame', ['result', 'id']],
  ['refused', 'frame', ['code', 'msg']],
  ['refusedNested', 'frame', ['error']],
];

describe('a documented message with one field spoilt', () => {
  it.each(documented)('%s (%s)', (name, where, needed) => {
    const { meet } = open();
    const frame =
      name.startsWith('refused') || name === 'acknowledged' ? samples[name]! : frameOf(name);
    const message = where === 'frame' ? frame : (frame.data as Message);
    for (const field of Object.keys(message)) {
      // A refusal whose id is spoilt is still a refusal, which ends the socket.
      if (name.startsWith('refused') && !needed.includes(field)) continue;
      for (const [how, other] of spoilt(message, field)) {
        const text = JSON.stringify(where === 'frame' ? other : { ...frame, data: other });
        const expected = needed.includes(field) ? oneError : noError;
        // An acknowledgement may be nulled: that is what it is.
        if (name === 'acknowledged' && field === 'result' && how === 'nulled') continue;
        expect([field, how, meet(text)]).toEqual([field, how, expected]);
      }
    }
  });
});

const MEGABYTES = 10 * 1024 * 1024;
const filled = (part: string): string => part.repeat(Math.ceil(MEGABYTES / part.length));
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const nestedObject = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const depth = (bids: string): string =>
  `{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":${bids},"a":[]}}`;
const trade = (id: string): string =>
  `{"stream":"btcusdt@trade","data":{"e":"trade","E":1,"s":"BTCUSDT","t":${id},"p":"1","q":"1","T":1,"m":true}}`;

const random = seededRandom(3);
const bytes = Array.from({ length: 10_000 }, () => Math.floor(random() * 256));
const whole = JSON.stringify(frameOf('depthUpdate'));

const hostile: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a number', '7'],
  ['null', 'null'],
  ['text', '"text"'],
  ['an array', '[]'],
  ['an array of messages', `[${whole}]`],
  ['an empty object', '{}'],
  ['a page', '<html><body>502 Bad Gateway</body></html>'],
  ['two messages at once', whole + whole],
  ...[1, 10, 50, whole.length - 2, whole.length - 1].map((length): [string, string] => [
    `the first ${length} characters of one`,
    whole.slice(0, length),
  ]),
  ['bytes', Buffer.from(bytes).toString('latin1')],
  ['bytes that are no text', Buffer.from(bytes).toString()],
  ['zeroes', '\0'.repeat(1_000)],
  ['10 MB of text', filled('x')],
  ['10 MB of an array', `[${filled('1,')}1]`],
  ['10 MB of one text', `"${filled('x')}"`],
  ['10 MB of names', `{${filled('"a":1,')}"b":1}`],
  [
    '10 MB of different names',
    `{${Array.from({ length: 90_000 }, (_, at) => `"${'name'.repeat(25)}${at}":1`).join()}}`,
  ],
  ['10 MB of levels that are none', depth(`[${filled('[1,2],')}[1,2]]`)],
  ['10 MB of a price', depth(`[["${filled('9')}","1"]]`)],
  ['10 MB of digits for an id', trade(filled('9'))],
  ['arrays in arrays', nested(1_000_000)],
  ['objects in objects', nestedObject(1_000_000)],
  ['arrays in arrays as data', `{"stream":"btcusdt@trade","data":${nested(1_000_000)}}`],
  ['arrays in arrays as a stream', `{"stream":${nested(1_000_000)},"data":1}`],
  ['arrays in arrays as levels', depth(nested(1_000_000))],
  ['objects in objects as an id', trade(nestedObject(1_000_000))],
];

describe('a frame that is none', () => {
  it.each(hostile)('%s', (_, frame) => {
    const { meet } = open();
    const result = meet(frame);
    expect(result).toEqual(oneError);
    expect(result.length).toBeLessThanOrEqual(1_024);
  });

  it('nobody asked for is ignored', () => {
    const { meet } = open();
    expect(meet('{"stream":"btcusdt@aggTrade","data":{"deep":[[[1]]]}}')).toEqual(noError);
    expect(meet('{"result":null,"id":4711}')).toEqual(noError);
  });
});

import type { ListenKeyFixture, SignedRequestFixture } from './account-fixtures.js';
import { jsonOf, textOf, type Bench } from './bench.js';
import { notApplicable, type ConformanceCheck, type NotApplicable, advising } from './check.js';
import { expectKind, expectRead, expectSame, expectThat, read } from './expect.js';
import { expectCall, expectSent } from './requests.js';
import { createWorld, ok, refusalOf, type World } from './world.js';

const opening = advising('mend `userStream`, or the fixture where the pages say otherwise');

/** How a connector opens the account's stream, keeps it, and makes good what it missed. */
export const userSessionChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule, rules, domain, signer } = bench;
  const { userStream } = exchange;
  const { orders, account } = fixtures;
  const { stream } = account;
  const said = stream.opening;
  const signed: SignedRequestFixture | NotApplicable =
    said.type === 'signedRequest' ? said : notApplicable('its account stream has a listen key');
  const keyed: ListenKeyFixture | NotApplicable =
    said.type === 'listenKey' ? said : notApplicable('its account stream has no listen key');
  const { clientOrderId, price, amount } = orders.order;

  const started = () => {
    const world = createWorld(bench);
    world.answer('open', ok(orders.open.none));
    world.answer('fills', ok(orders.fills.none));
    const fills = world.record(world.connector.fills$);
    const order = world.record(
      world.connector.buy({ pair: rule.pair, type: 'limit', price, amount, clientOrderId }),
    );
    world.advance(2_000);
    return { world, fills, order };
  };
  /** Without orders, that would be asked after. */
  const listening = (): World => {
    const world = createWorld(bench);
    world.answer('open', ok(orders.open.none));
    world.record(world.connector.fills$);
    world.record(world.connector.externalOrders$);
    world.advance(2_000);
    return world;
  };
  const dials = (world: World): readonly string[] =>
    world.dialled.filter((url) => url === stream.url);
  const drop = (world: World): void => world.sockets('account').forEach((socket) => socket.drop());
  const tradeIds = orders.fills.answer.means.map(({ tradeId }) => tradeId);

  return [
    opening.check("7.30 the account's stream is where the pages say", () => {
      const url =
        userStream.type === 'signedRequest'
          ? userStream.url(domain)
          : userStream.url(domain, said.type === 'listenKey' ? said.create.key : '');
      expectSame('the address', url, stream.url);
    }),
    opening.check("7.31 the account's stream is of the documented kind", () =>
      expectSame('its kind', userStream.type, said.type),
    ),
    opening.given(
      '7.32 the request for the stream is signed as in the example',
      signed,
      ({ request }) => {
        const frame =
          userStream.type === 'signedRequest' ? userStream.subscribe(signer, request.now) : 'null';
        expectSame('the frame', JSON.parse(frame), jsonOf(request.frame));
      },
    ),
    opening.given('7.33 an accepted request is read', signed, ({ accepted }) =>
      expectRead('the frame', userStream.decode(jsonOf(accepted), rules), [{ kind: 'subscribed' }]),
    ),
    opening.given('7.34 a refused request is read', signed, ({ refused }) => {
      const [event] = read('the frame', userStream.decode(jsonOf(refused), rules));
      expectSame('what it tells', event?.kind, 'refused');
      expectSame('its kind', event?.kind === 'refused' && event.failure.kind, 'authentication');
    }),
    opening.given(
      '7.35 wrong keys end the stream, and are not tried on and on',
      signed,
      ({ refused }) => {
        const world = createWorld(bench, { accepts: false });
        const { error } = world.record(world.connector.externalOrders$);
        world.advance(1_000);
        world.send('account', refused);
        world.advance(60_000);
        expectKind('the error', error(), 'authentication');
        expectSame('the sockets', dials(world).length, 1);
      },
    ),
    opening.given('7.36 a key is made as documented', keyed, ({ create }) => {
      if (userStream.type !== 'listenKey') return;
      expectCall('a key', userStream.create, undefined, create.request);
      expectRead('the key', userStream.create.decode(jsonOf(create.answer), undefined), create.key);
      const { world } = started();
      expectSent('a key', bench, world.requests('createKey')[0], create.request);
    }),
    opening.given('7.37 a key is kept alive as documented', keyed, ({ keepAlive }) => {
      if (userStream.type !== 'listenKey') return;
      expectCall('a life of the key', userStream.keepAlive, undefined, keepAlive.request);
      read('the answer', userStream.keepAlive.decode(jsonOf(keepAlive.answer), undefined));
    }),
    advising('mend `userStream.keepAliveEvery`').given(
      '7.38 a key is kept alive twice in its life at least',
      keyed,
      ({ lifetime }) => {
        const world = listening();
        world.advance(lifetime);
        const kept = world.requests('keepAlive').length;
        expectThat('how often', kept >= 2 || (kept === 1 && lifetime < 120_000), {
          expected: 'twice in its life',
          actual: kept,
        });
      },
    ),
    advising('mend `userStream.keyIsGone`').given(
      '7.39 a key that is gone is replaced',
      keyed,
      ({ gone, lifetime }) => {
        const world = listening();
        world.answer('keepAlive', refusalOf(gone));
        world.advance(lifetime);
        expectThat('the keys that were made', world.requests('createKey').length > 1, {
          expected: 'a second one',
          actual: 1,
        });
      },
    ),
    opening.check("7.40 a connector opens one socket for all of the account's streams", () => {
      const { world } = started();
      world.record(world.connector.balances$);
      world.record(world.connector.externalOrders$);
      world.advance(2_000);
      expectSame('the sockets', dials(world).length, 1);
    }),
    opening.check('7.41 a fill that the stream missed is told, once', () => {
      const { world, fills } = started();
      world.send('account', stream.opened.raw);
      world.answer('status', ok(orders.found.raw));
      world.answer('open', ok(orders.open.answer.raw));
      world.answer('fills', ok(orders.fills.answer.raw));
      drop(world);
      world.advance(20_000);
      world.send('account', stream.partlyFilled.raw);
      expectSame(
        'the fills',
        fills.values.map(({ tradeId }) => tradeId),
        tradeIds,
      );
    }),
    opening.check('7.42 a lost stream comes back, and is told', () => {
      const { world } = started();
      drop(world);
      world.advance(5_000);
      expectSame('the sockets', world.sockets('account').length, 1);
      expectThat(
        'the errors',
        world.errors.some(({ kind }) => kind === 'network'),
        { expected: 'one of kind network', actual: world.errors },
      );
    }),
    opening.given('7.43 a subscription that ended is made anew', stream.ended, (raw) => {
      const { world } = started();
      world.send('account', raw);
      world.advance(5_000);
      expectThat('the sockets', dials(world).length > 1 || world.dialled.length > 1, {
        expected: 'a second one',
        actual: world.dialled,
      });
    }),
    opening.given('7.44 an announced end is gone round', stream.ending, (raw) => {
      const { world } = started();
      world.advance(60_000);
      world.send('account', raw);
      world.advance(30_000);
      expectThat('the sockets', world.dialled.length > 1, {
        expected: 'a second one',
        actual: world.dialled,
      });
      expectSame(
        'the errors',
        world.errors.filter(({ kind }) => kind === 'network'),
        [],
      );
    }),
    opening.check('7.45 a frame that cannot be read is told and dropped alone', () => {
      const { world, fills } = started();
      world.send('account', 'no JSON');
      world.send('account', stream.unknownStatus);
      world.send('account', textOf(stream.partlyFilled.raw));
      expectSame(
        'the errors',
        world.errors.map(({ kind }) => kind),
        ['decode', 'decode'],
      );
      expectSame('the fills', fills.values.length, 1);
    }),
    opening.check('7.46 a quiet stream is asked for a sign of life, and kept', () => {
      const world = createWorld(bench);
      world.record(world.connector.externalOrders$);
      world.advance(3 * 60_000);
      expectSame('the sockets', dials(world).length, 1);
      const asked = world.sockets('account').flatMap(({ received }) => received);
      expectThat('what was sent', asked.includes(userStream.ping()), {
        expected: userStream.ping(),
        actual: asked,
      });
    }),
    opening.check('7.47 without keys the stream is an error, and no socket opens', () => {
      const world = createWorld(bench, { keys: false });
      const { error } = world.record(world.connector.externalOrders$);
      world.advance(1_000);
      expectKind('the error', error(), 'authentication');
      expectSame('the sockets', world.dialled, []);
    }),
  ];
};

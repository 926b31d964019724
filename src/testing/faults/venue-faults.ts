import { interval } from 'rxjs';
import type { ConnectionKind } from '../../emulator/binance/connection-limits.js';
import { between, carried, oneOf, type FaultKind, type Injection } from './kind.js';

/** Which connections it meets: those of the market, of the account, or all. */
const anyKind = ({ random }: Injection): ConnectionKind | undefined =>
  oneOf<ConnectionKind | undefined>(random, ['streams', 'user', undefined]);

const now =
  (act: (injection: Injection) => void): FaultKind =>
  (injection) => {
    injection.met();
    act(injection);
    return undefined;
  };

/** Lasts until it is ended. */
const lasting =
  (begin: (injection: Injection) => () => void): FaultKind =>
  (injection) => {
    injection.met();
    return begin(injection);
  };

/** An exchange's clock is wrong by up to 10 s, either way. */
const jump = ({ random }: Injection): number => between(random, -10_000, 10_000);

/** The clock of whoever sets it may be wrong by anything from parts of a second to hours. */
const leap = ({ random }: Injection): number =>
  Math.round((random() < 0.5 ? -1 : 1) * 10 ** (2 + 5 * random()));

/** How fast or slow a clock runs at the worst, in ms a second. */
const drift = ({ random }: Injection): number => 4 * (random() - 0.5);

const down = ({ venue: { network } }: Injection): (() => void) => {
  network.refuseSockets(true);
  network.disconnect();
  return () => network.refuseSockets(false);
};

/** What goes wrong with sockets, at the exchange, with clocks and with the client's process. */
export const venueFaultKinds = {
  'sockets reset': now(({ venue }) => venue.network.disconnect()),
  'exchange drops connections': now((injection) =>
    injection.venue.control.disconnect(anyKind(injection)),
  ),
  'streams down, REST up': lasting(down),
  'sockets open but mute': lasting((injection) => {
    const kind = anyKind(injection);
    injection.venue.control.silence(true, kind);
    return () => injection.venue.control.silence(false, kind);
  }),
  'dead air': ({ venue, met }) =>
    venue.network.frameFaults.decide(() => {
      met();
      return { copies: 0 };
    }),
  'subscription ended': now(({ venue }) => venue.control.endSubscriptions()),
  'planned end': now((injection) => injection.venue.control.endConnections(anyKind(injection))),
  'shutdown announced': lasting((injection) => {
    const kind = anyKind(injection);
    injection.venue.control.shutdownNotice(kind);
    return () => injection.venue.control.endConnections(kind);
  }),
  maintenance: lasting(({ venue }) => {
    venue.control.maintenance(true);
    venue.control.disconnect();
    return () => venue.control.maintenance(false);
  }),
  'exchange clock jumps': lasting((injection) => {
    injection.venue.control.clockAhead(jump(injection));
    return () => injection.venue.control.clockAhead(0);
  }),
  'exchange clock drifts': lasting((injection) => {
    const { scheduler, control } = injection.venue;
    const rate = drift(injection);
    const drifting = interval(500, scheduler).subscribe((ticks) =>
      control.clockAhead(Math.round(0.5 * ticks * rate)),
    );
    return () => {
      drifting.unsubscribe();
      control.clockAhead(0);
    };
  }),
  'client clock jumps': lasting((injection) => {
    injection.process().setClockAhead(leap(injection));
    return () => injection.process().setClockAhead(0);
  }),
  'client clock drifts': lasting((injection) => {
    const process = injection.process();
    process.setDrift(drift(injection));
    return () => process.setDrift(0);
  }),
  'machine sleeps': lasting(({ process }) => process().sleep(false)),
  'process stopped': lasting(({ process }) => process().sleep(true)),
  'account hears late': lasting(({ venue, random }) => {
    venue.control.userEvents('after', between(random, 1, 3_000));
    return () => venue.control.userEvents('before');
  }),
  'account hears twice': lasting(({ venue }) => {
    venue.control.repeatUserEvents(2);
    return () => venue.control.repeatUserEvents(1);
  }),
  'market halted': lasting(({ venue }) => {
    venue.control.setMarketStatus('BTCUSDT', 'BREAK');
    return () => venue.control.setMarketStatus('BTCUSDT', 'TRADING');
  }),
  'order cancelled by other hands': ({ venue, random, met }) => {
    const isTrading = (symbol: string): boolean =>
      (venue.engine.listings.get(symbol)?.status ?? 'trading') === 'trading';
    const open = venue
      .orders()
      .filter(({ status, symbol }) => status === 'new' && isTrading(symbol));
    const order = oneOf(random, open);
    if (order === undefined) return undefined;
    venue.engine.cancel(order.accountId, order.orderId, `foreign-${venue.now()}`);
    met();
    return undefined;
  },
  'deposit and withdrawal': lasting(({ venue, random }) => {
    const amount = between(random, 1, 1_000);
    venue.control.deposit('USDT', amount);
    return () => carried(() => venue.control.withdraw('USDT', amount));
  }),
  'process killed': now(({ process }) => process().kill()),
  'process killed at a step': now(({ process, random }) =>
    process().killBeforeStep(between(random, 1, 200)),
  ),
} satisfies Readonly<Record<string, FaultKind>>;

import {
  BehaviorSubject,
  distinctUntilChanged,
  map,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

/** The parts that a connector is made of. */
export type PartName =
  | 'tradingRules'
  | 'orderBooks'
  | 'trades'
  | 'balances'
  | 'orders'
  | 'userStream'
  | 'clock'
  /** Of perpetual connectors, as the next. */
  | 'fundingInfo'
  | 'positions';

/** How one part is. */
export interface PartStatus {
  readonly ready: boolean;
  /** Since when it is so, in ms since the epoch. */
  readonly since: number;
  /** Why it is not ready. */
  readonly reason?: string;
}

/** How a connector is: the parts that somebody is subscribed to, and what they add up to. */
export interface ConnectorStatus {
  /**
   * `stopped` while nothing is in demand, `reconnecting` while a part that was ready is not, or the
   * exchange, asked every 10 s unless it answered something else since, gives no sign of life.
   */
  readonly network: 'connected' | 'reconnecting' | 'stopped';
  /** Whether every part in demand is ready, and any is. */
  readonly ready: boolean;
  readonly parts: Readonly<Partial<Record<PartName, PartStatus>>>;
}

/** One user of a part, such as one book: says how it is while it is in demand. */
export interface StatusEntry {
  readonly up: () => void;
  readonly down: (reason: string) => void;
  readonly leave: () => void;
}

/** Gathers how the parts are. */
export interface StatusBoard {
  /** Replays the status at once, then emits each change; never ends. */
  readonly status$: Observable<ConnectorStatus>;
  readonly enter: (part: PartName) => StatusEntry;
  /** Whether anything is in demand: at once, then when it changes; never ends. */
  readonly inDemand$: Observable<boolean>;
  /** Says whether the exchange gives signs of life. */
  readonly reachable: (reachable: boolean) => void;
}

interface Entry extends PartStatus {
  readonly part: PartName;
  readonly wasReady: boolean;
}

/** A part is as ready as the least ready of its entries. */
const worse = (a: PartStatus | undefined, b: PartStatus): PartStatus => {
  if (a === undefined) return b;
  if (a.ready !== b.ready) return a.ready ? b : a;
  return a.since >= b.since ? a : b;
};

const summary = (entries: ReadonlyMap<symbol, Entry>, isReachable: boolean): ConnectorStatus => {
  const parts: Partial<Record<PartName, PartStatus>> = {};
  for (const { part, ready, since, reason } of entries.values())
    parts[part] = worse(parts[part], { ready, since, ...(reason === undefined ? {} : { reason }) });
  const all = [...entries.values()];
  const lost = !isReachable || all.some(({ ready, wasReady }) => wasReady && !ready);
  return {
    network: all.length === 0 ? 'stopped' : lost ? 'reconnecting' : 'connected',
    ready: all.length > 0 && all.every(({ ready }) => ready),
    parts,
  };
};

/** A board with nothing on it. */
export const createStatusBoard = (scheduler: SchedulerLike): StatusBoard => {
  const entries = new Map<symbol, Entry>();
  const status = new BehaviorSubject(summary(entries, true));
  let isReachable = true;
  const update = (): void => status.next(summary(entries, isReachable));

  const enter = (part: PartName): StatusEntry => {
    const key = Symbol(part);
    const put = (ready: boolean, reason?: string): void => {
      const old = entries.get(key);
      if (old?.ready === ready && old.reason === reason) return;
      entries.set(key, {
        part,
        ready,
        since: scheduler.now(),
        wasReady: old?.wasReady === true || old?.ready === true,
        ...(reason === undefined ? {} : { reason }),
      });
      update();
    };
    put(false, 'starting');
    return {
      up: () => put(true),
      down: (reason) => put(false, reason),
      leave: () => {
        entries.delete(key);
        update();
      },
    };
  };

  return {
    status$: status.asObservable(),
    enter,
    inDemand$: status.pipe(
      map(({ network }) => network !== 'stopped'),
      distinctUntilChanged(),
    ),
    reachable: (reachable) => {
      if (reachable === isReachable) return;
      isReachable = reachable;
      update();
    },
  };
};

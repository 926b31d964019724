import { tap } from 'rxjs';
import type { EngineOrder } from '../../../src/emulator/engine/model.js';
import { isDone, type InFlightOrder } from '../../../src/orders/in-flight-order.js';
import { transitions } from '../../orders/transitions.js';
import { compare, type Court, type Witness } from '../court.js';
import { isOurs } from '../ours.js';

const stateNames: Readonly<Record<EngineOrder['status'], string>> = {
  new: 'open',
  partially_filled: 'partially_filled',
  filled: 'filled',
  canceled: 'canceled',
  expired: 'canceled',
  expired_in_match: 'canceled',
};

/** Whether it rests in the book. */
export const isOpen = ({ status }: EngineOrder): boolean =>
  status === 'new' || status === 'partially_filled';

const toldAs = ({ state, side, executedAmount, executedQuote }: InFlightOrder): string =>
  [state, side, executedAmount.toFixed(), executedQuote.toFixed()].join(' ');

const happenedAs = ({ status, side, executedAmount, executedQuote }: EngineOrder): string =>
  [stateNames[status], side, executedAmount.toFixed(), executedQuote.toFixed()].join(' ');

/** Hears every transition of every order, over the lives of all processes. */
export const ordersWitness = ({ venue, check, note }: Court): Witness => {
  const told = new Map<string, InFlightOrder>();
  const diedWith = new Set<string>();
  /** Told by the process that lives. */
  let ofThisLife = new Set<string>();

  const checkStep = (order: InFlightOrder): void => {
    const before = told.get(order.clientOrderId);
    if (before === undefined || !ofThisLife.has(order.clientOrderId)) return;
    const [from, to] = [before.state, order.state];
    check(
      'states move forward',
      (from === to || transitions[from][to] !== undefined) &&
        order.executedAmount.gte(before.executedAmount),
      () => `${order.clientOrderId}: ${toldAs(before)}, then ${toldAs(order)}`,
    );
  };
  const neverExisted = ({ state }: InFlightOrder): boolean => state === 'failed';

  const witness: Witness = {
    invariant: 'every order ends as at the exchange',
    watch$: (exchange) => {
      ofThisLife = new Set();
      return exchange.orderUpdates$.pipe(
        tap((order) => {
          checkStep(order);
          note(`order ${order.clientOrderId}: ${toldAs(order)} ${order.reason ?? ''}`);
          told.set(order.clientOrderId, order);
          ofThisLife.add(order.clientOrderId);
        }),
      );
    },
    differences: () => {
      const orders = venue.orders().filter(isOurs);
      const placed = new Set(orders.map(({ clientOrderId }) => clientOrderId));
      const ended = new Set(
        orders.filter((order) => !isOpen(order)).map(({ clientOrderId }) => clientOrderId),
      );
      for (const order of told.values())
        if (neverExisted(order))
          check(
            'what failed never existed',
            !placed.has(order.clientOrderId),
            () => `${order.clientOrderId} is told as ${order.state} (${String(order.reason)})`,
          );
      /** What another process told of an order that was alive is not told again: it is in flight, or was never sent. */
      const isHeldAgainst = (clientOrderId: string, isAlive: boolean): boolean =>
        ofThisLife.has(clientOrderId) || !(isAlive || diedWith.has(clientOrderId));
      const said = [...told.values()].filter(
        (order) =>
          !neverExisted(order) &&
          isHeldAgainst(order.clientOrderId, !isDone(order) && !ended.has(order.clientOrderId)),
      );
      const done = orders.filter((order) => isHeldAgainst(order.clientOrderId, isOpen(order)));
      return compare(
        new Map(said.map((order) => [`order ${order.clientOrderId}`, toldAs(order)])),
        new Map(done.map((order) => [`order ${order.clientOrderId}`, happenedAs(order)])),
      );
    },
    died: (words) => {
      for (const word of words) if (word.type === 'learned') diedWith.add(word.clientOrderId);
    },
  };
  return witness;
};

/** Holds what a client believes to be open against what is. */
export const inFlightWitness = ({ venue }: Court) => {
  let latest: ReadonlyMap<string, InFlightOrder> = new Map();
  const witness: Witness = {
    invariant: 'orders in flight are the open ones',
    watch$: (exchange) => exchange.inFlightOrders$.pipe(tap((orders) => (latest = orders))),
    differences: () =>
      compare(
        new Map([...latest.values()].map((order) => [order.clientOrderId, toldAs(order)])),
        new Map(
          venue
            .orders()
            .filter((order) => isOurs(order) && isOpen(order))
            .map((order) => [order.clientOrderId, happenedAs(order)]),
        ),
      ),
  };
  return { ...witness, ids: (): readonly string[] => [...latest.keys()] };
};

/** Holds what a client sees of the account's other orders against what there is. */
export const externalOrdersWitness = ({ venue }: Court): Witness => {
  let latest: readonly string[] = [];
  return {
    invariant: 'orders of others are shown',
    watch$: (exchange) =>
      exchange.externalOrders$.pipe(
        tap((orders) => (latest = orders.map(({ clientOrderId }) => clientOrderId))),
      ),
    differences: () => {
      const open = venue.orders().filter((order) => !isOurs(order) && isOpen(order));
      const entries = (ids: readonly string[]) => new Map(ids.map((id) => [id, 'open']));
      return compare(entries(latest), entries(open.map(({ clientOrderId }) => clientOrderId)));
    },
  };
};

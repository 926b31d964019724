import type { SchedulerLike } from 'rxjs';
import type { Connection, Session } from '../dialect.js';
import type { ConnectionKind } from './connection-limits.js';

/** Source: RFC 6455, section 7.4.1: the endpoint is going away. */
const GOING_AWAY = 1001;
/** Source: RFC 6455, section 7.4.1: never sent, but what a client sees of a connection that broke. */
const BROKEN = 1006;

/** A session that the exchange itself has something to say to. */
export interface ManagedSession extends Session {
  /** Tells the client that the server will go down soon. */
  readonly announceShutdown: () => void;
  /** Ends the subscriptions to the events of an account, or of all. */
  readonly endSubscriptions: (accountId: string | undefined) => void;
}

/** Which connections are meant; all, if undefined. */
export type Which = ConnectionKind | undefined;

/** The connections that are open. */
export interface Connections {
  /** Keeps a connection until it is gone, or until its time is over. */
  readonly hold: (
    kind: ConnectionKind,
    connection: Connection,
    start: (connection: Connection) => ManagedSession,
  ) => Session;
  readonly sessions: (which?: Which) => readonly ManagedSession[];
  /** Breaks connections off. */
  readonly disconnect: (which?: Which) => void;
  /** Ends connections properly. */
  readonly end: (which?: Which) => void;
  /** Lets the connections that are open now deliver nothing, or deliver again. */
  readonly silence: (isSilent: boolean, which?: Which) => void;
}

interface Held {
  readonly kind: ConnectionKind;
  readonly connection: Connection;
  readonly session: ManagedSession;
}

/** Breaks a connection without a closing handshake, where its carrier can. */
export const breakOff = ({ terminate, close }: Connection): void => {
  if (terminate) terminate();
  else close(BROKEN, '');
};

/** No connections, each of which will live so many ms. */
export const createConnections = (scheduler: SchedulerLike, lifetime: number): Connections => {
  const held = new Set<Held>();
  const silent = new Set<Connection>();

  const chosen = (which: Which): readonly Held[] =>
    [...held].filter(({ kind }) => which === undefined || kind === which);

  const end = ({ connection }: Held): void => connection.close(GOING_AWAY, '');

  const hold: Connections['hold'] = (kind, connection, start) => {
    const send = (text: string): void => {
      if (!silent.has(connection)) connection.send(text);
    };
    const session = start({ ...connection, send });
    const one: Held = { kind, connection, session };
    held.add(one);
    const timer = scheduler.schedule(() => end(one), lifetime);
    return {
      receive: session.receive,
      control: session.control,
      closed: () => {
        timer.unsubscribe();
        held.delete(one);
        silent.delete(connection);
        session.closed();
      },
    };
  };

  return {
    hold,
    sessions: (which) => chosen(which).map(({ session }) => session),
    disconnect: (which) => {
      for (const { connection } of chosen(which)) breakOff(connection);
    },
    end: (which) => chosen(which).forEach(end),
    silence: (isSilent, which) => {
      for (const { connection } of chosen(which)) {
        if (isSilent) silent.add(connection);
        else silent.delete(connection);
      }
    },
  };
};

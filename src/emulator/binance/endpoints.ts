import type { Connection, Dialect, Session } from '../dialect.js';
import { outcomeOf, type ApiError } from './api-error.js';
import type { Backend } from './backend.js';
import type { ConnectionKind } from './connection-limits.js';
import type { Connections, ManagedSession } from './connections.js';
import { underMaintenance } from './faults.js';
import { refusedConnection } from './rest.js';

/** Source: RFC 6455, section 7.4.1. */
const POLICY_VIOLATION = 1008;

/** A session that is over before it begins. */
const nobody: Session = {
  receive: () => undefined,
  control: () => undefined,
  closed: () => undefined,
};

/** Why one more connection is refused. */
const refusalOf = ({ address, faults }: Backend, kind: ConnectionKind): ApiError | undefined =>
  outcomeOf(() => {
    if (faults.isInMaintenance()) throw underMaintenance();
    address.checkConnection(kind);
  }).error;

/** What sockets of an exchange there are. */
export interface EndpointsOptions {
  readonly backend: Backend;
  readonly connections: Connections;
  /** What is at a path, if something is. */
  readonly kindOf: (path: string) => ConnectionKind | undefined;
  /** Begins a session, or throws an {@link ApiError} where the connection asks for what there is not. */
  readonly start: (kind: ConnectionKind, connection: Connection) => ManagedSession;
}

/** The sockets of an exchange: each connection counts, and one that is refused is closed at once. */
export const createEndpoints = (
  options: EndpointsOptions,
): Required<Pick<Dialect, 'endpoint' | 'refusal'>> => {
  const { backend, connections, kindOf, start } = options;

  const open = (kind: ConnectionKind, connection: Connection): Session => {
    const error = refusalOf(backend, kind);
    backend.address.countConnection(kind);
    let session: Session = nobody;
    const failure =
      error ??
      outcomeOf(() => {
        session = connections.hold(kind, connection, (held) => start(kind, held));
      }).error;
    if (failure) connection.close(POLICY_VIOLATION, failure.message);
    return session;
  };

  return {
    endpoint: (path) => {
      const kind = kindOf(path);
      return kind && ((connection) => open(kind, connection));
    },
    refusal: (path) => {
      const kind = kindOf(path);
      const error = kind && refusalOf(backend, kind);
      return error && refusedConnection(backend, error);
    },
  };
};

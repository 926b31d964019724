/** A REST call as it arrives. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** As sent: without the question mark, not decoded. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** The answer to a REST call. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /**
   * How long it takes to leave, in ms.
   * @defaultValue 0
   */
  readonly delay?: number;
  /** It never arrives: the connection breaks, or nothing happens. */
  readonly lost?: 'reset' | 'timeout';
}

/** The client's end of a WebSocket connection, as the exchange sees it. */
export interface Connection {
  readonly path: string;
  /** As sent: without the question mark, not decoded. */
  readonly query: string;
  /** Sends one frame to the client. */
  readonly send: (text: string) => void;
  /** Begins the closing handshake. */
  readonly close: (code: number, reason: string) => void;
  /** Breaks the connection without a closing handshake, if the carrier can. */
  readonly terminate?: () => void;
}

/** The exchange's end of a WebSocket connection. */
export interface Session {
  /** A frame of the client arrived. */
  readonly receive: (text: string) => void;
  /** A ping or a pong frame arrived. */
  readonly control: () => void;
  /** The connection is gone, whoever closed it; nothing may be sent any more. */
  readonly closed: () => void;
}

/** When an exchange pings, and how long it waits; in ms. */
export interface HeartbeatTimes {
  readonly pingEvery: number;
  readonly pongWithin: number;
}

/**
 * How an exchange talks: the engine behind its REST calls and its sockets, without knowing what
 * carries them. All of it is synchronous.
 */
export interface Dialect {
  /** Answers a REST call. */
  readonly handle: (request: HttpRequest) => HttpResponse;
  /** How to open a session at this path; undefined where it leads nowhere. */
  readonly endpoint: (path: string) => ((connection: Connection) => Session) | undefined;
  /**
   * The answer to a request for a connection at this path that is refused now; it counts as an
   * attempt. A carrier without handshakes need not ask: a connection too many is closed at once.
   */
  readonly refusal?: (path: string) => HttpResponse | undefined;
  /**
   * How a carrier with pings looks after connections.
   * @defaultValue as Binance Spot: every 20 s, answered within 60 s
   */
  readonly heartbeat?: HeartbeatTimes;
}

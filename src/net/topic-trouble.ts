import { ConnectorError } from '../core/errors.js';

// What goes wrong with the topics of a socket.

/** How long the exchange may take to acknowledge a subscription, in ms. */
export const ACKNOWLEDGE_WITHIN = 10_000;

/** They were asked for twice. */
export const unacknowledged = (topics: readonly string[]): ConnectorError =>
  new ConnectorError(
    'timeout',
    `The exchange did not acknowledge ${topics.join(', ')}, asked twice, ${ACKNOWLEDGE_WITHIN} ms each.`,
  );

/** The exchange lists others only. */
export const forgotten = (topics: readonly string[]): ConnectorError =>
  new ConnectorError(
    'network',
    `The exchange does not send ${topics.join(', ')} any more, which it had acknowledged.`,
  );

/** The exchange will not have the message; of no topics where nobody knows which one it was. */
export const refusal = (topics: readonly string[], message: string): ConnectorError =>
  new ConnectorError(
    'exchange',
    `The exchange refused ${topics.length === 0 ? 'a message' : topics.join(', ')}: ${message}`,
  );

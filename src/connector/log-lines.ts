import type { ConnectorError } from '../core/errors.js';
import type { LogLine } from './logger.js';
import type { MetricEvent } from './metric.js';
import type { ConnectorStatus, PartName, PartStatus } from './status.js';

/** What went wrong and was survived, as a line: without its cause, which may be anything that a client threw. */
export const errorLine = ({
  kind,
  message,
  code,
  request,
  retryAfter,
  retryable,
  outcome,
}: ConnectorError): LogLine => ({
  level: retryable ? 'warn' : 'error',
  facts: {
    kind,
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(request === undefined ? {} : { request }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  },
  message,
});

const partLine = (
  part: PartName,
  before: PartStatus | undefined,
  after: PartStatus | undefined,
): LogLine | undefined => {
  if (after === undefined)
    return { level: 'debug', facts: { part }, message: `${part}: not in demand any more` };
  if (after.ready)
    return before?.ready === true
      ? undefined
      : { level: 'info', facts: { part }, message: `${part}: ready` };
  const { reason = 'not ready' } = after;
  if (before !== undefined && !before.ready && before.reason === reason) return undefined;
  const level = before?.ready === true ? 'warn' : 'debug';
  return { level, facts: { part, reason }, message: `${part}: ${reason}` };
};

const networkLine = ({ network }: ConnectorStatus): LogLine => ({
  level: network === 'reconnecting' ? 'warn' : 'info',
  facts: { network },
  message: `network: ${network}`,
});

/** What became different about a status, a line for each part and one for the network. */
export const statusLines = (
  before: ConnectorStatus,
  after: ConnectorStatus,
): readonly LogLine[] => {
  const names = Object.keys({ ...before.parts, ...after.parts }) as PartName[];
  const lines = names.map((name) => partLine(name, before.parts[name], after.parts[name]));
  if (before.network !== after.network) lines.push(networkLine(after));
  return lines.filter((line) => line !== undefined);
};

const eventMessage = (event: MetricEvent): string => {
  switch (event.kind) {
    case 'gap':
      return `${event.pair ?? event.channel}: something is missed`;
    case 'resumed':
      return `${event.pair ?? event.channel}: nothing is missed any more`;
    case 'socket':
      return `${event.stream} socket: ${event.event}`;
    case 'request':
      return `${event.method} ${event.path}: ${event.status ?? 'no answer'}`;
    case 'order':
      return `${event.command} ${event.clientOrderId}: ${event.state}`;
  }
};

const eventLevels: Readonly<Record<MetricEvent['kind'], LogLine['level']>> = {
  gap: 'warn',
  resumed: 'info',
  socket: 'debug',
  request: 'debug',
  order: 'info',
};

/** What a connector's work came to, as a line. */
export const eventLine = (event: MetricEvent): LogLine => {
  const { kind, ...facts } = event;
  return { level: eventLevels[kind], facts, message: eventMessage(event) };
};

/** How long a socket is mute, in ms: long enough for the client to find out by itself. */
const MUTE = 40_000;

/**
 * Every way in which a connection or a request goes wrong, as its name, its beginning and its end; without an
 * end it happens once. `lasts` says how long, in ms, where that is not until shortly before the next one.
 */
export const disruptions = ({ control }) => [
  ['broken market socket', () => control.disconnect('streams')],
  ['broken account socket', () => control.disconnect('user')],
  ['all sockets broken', () => control.disconnect()],
  ['end after 24 hours, market', () => control.endConnections('streams')],
  ['end after 24 hours, account', () => control.endConnections('user')],
  ['shutdown announced, then done', () => control.shutdownNotice(), () => control.endConnections()],
  ['subscription ended', () => control.endSubscriptions()],
  [
    'mute market socket',
    () => control.silence(true, 'streams'),
    () => control.silence(false, 'streams'),
    MUTE,
  ],
  [
    'mute account socket',
    () => control.silence(true, 'user'),
    () => control.silence(false, 'user'),
    MUTE,
  ],
  ['maintenance', () => control.maintenance(true), () => control.maintenance(false)],
  ['clock ahead', () => control.clockAhead(4_000), () => control.clockAhead(0)],
  ['clock behind', () => control.clockAhead(-4_000), () => control.clockAhead(0)],
  [
    'user events late',
    () => control.userEvents('after', 1_500),
    () => control.userEvents('before'),
  ],
  ['user events twice', () => control.repeatUserEvents(2), () => control.repeatUserEvents(1)],
  ...['5xx', '-1006', '-1007', 'html', 'reset', 'timeout'].flatMap((answer) =>
    ['none', 'done'].flatMap((effect) =>
      ['POST', 'DELETE', 'GET'].map((method) => [
        `${method} answered by ${answer}, effect ${effect}`,
        () => control.failNext({ method, answer, effect }),
      ]),
    ),
  ),
];

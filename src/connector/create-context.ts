import type { Domain, Exchange } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import { createChannels } from '../net/channels.js';
import { clockJumps } from '../net/clock-jumps.js';
import { createConnect } from '../net/connect.js';
import { createDoubt } from '../net/doubt.js';
import { createEnvironment } from '../net/environment.js';
import { createRest } from '../net/rest.js';
import { createSigner } from '../net/signer.js';
import { createThrottler } from '../net/throttler.js';
import { createTimeSynchronizer } from '../net/time-synchronizer.js';
import type { ConnectorOptions } from './connector-options.js';
import type { Context } from './context.js';
import { createKnownKeys } from './known-keys.js';
import { createMeter } from './meter.js';
import { meteredConnect, meteredHttp } from './metered-network.js';
import { createRuleRefresh } from './rule-refresh.js';
import { createStatusBoard } from './status.js';

const domainOf = (exchange: Exchange, domain: string | Domain | undefined): Domain => {
  if (typeof domain === 'object') return domain;
  const names = Object.keys(exchange.domains);
  const name = domain ?? names[0] ?? '';
  const found = exchange.domains[name];
  if (found !== undefined) return found;
  throw new ConnectorError(
    'not_supported',
    `${exchange.name} has no domain "${name}", only ${names.join(', ')}; or hand in its URLs.`,
  );
};

/** The parts that wait or do I/O, wired to each other. */
export const createContext = (
  exchange: Exchange,
  options: ConnectorOptions,
  report: Context['report'],
): Context => {
  const { credentials } = options;
  const environment = createEnvironment(options.environment);
  const { scheduler, random } = environment;
  const domain = domainOf(exchange, options.domain);
  const signer = credentials === undefined ? undefined : createSigner(credentials);
  const { limits } = exchange;
  const throttler = options.throttler ?? createThrottler({ limits, scheduler, reserve: 0.1 });
  const clockJump$ = clockJumps(environment);
  const clock = createTimeSynchronizer({
    scheduler,
    clockJump$,
    random,
    time: () => rest.callNow(exchange.time, undefined),
    // It passes by the queue, but nothing passes by a ban.
    permitted$: throttler.acquire({ weights: {}, priority: 'query' }),
    onError: report,
  });
  const meter = createMeter(clock);
  const metered = { ...environment, http: meteredHttp(environment.http, meter, scheduler) };
  const rest = createRest({ exchange, domain, environment: metered, throttler, clock, signer });
  const connect = createConnect({ ...environment, throttler, clockJump$ });
  const connectMarket = meteredConnect(connect, 'market', meter);
  return {
    exchange,
    domain,
    environment,
    signer,
    keys: createKnownKeys(scheduler),
    clock,
    throttler,
    rest,
    connect: meteredConnect(connect, 'account', meter),
    channels: createChannels({
      protocol: exchange.streams,
      domain,
      environment,
      connect: connectMarket,
      report,
    }),
    liveBooks: new Map(),
    userDoubt: createDoubt(() => 'The account stream'),
    ruleRefresh: createRuleRefresh(exchange.orders.ruleViolations),
    status: createStatusBoard(scheduler),
    meter,
    report,
  };
};

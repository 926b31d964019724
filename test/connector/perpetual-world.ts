import {
  createPerpetualConnector,
  type ConnectorOptions,
} from '../../src/connector/create-connector.js';
import type { ConnectorError } from '../../src/core/errors.js';
import { createVirtualNetwork } from '../../src/testing/virtual-network.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { createPerpetualVenue } from './perpetual-venue.js';

const credentials = { apiKey: 'key', apiSecret: 'secret' };

/** A made-up exchange of perpetuals, and a connector to it, in virtual time. */
export const createPerpetualWorld = (options: ConnectorOptions = {}) => {
  const time = virtualTime();
  const { scheduler } = time;
  const venue = createPerpetualVenue(time.now);
  const network = createVirtualNetwork({ dialect: venue.dialect, scheduler, latency: 10 });
  const errors: ConnectorError[] = [];
  const join = (more: ConnectorOptions = {}) => {
    const { http, socket } = network;
    const environment = { scheduler, http, socket, random: () => 0.5 };
    const perpetual = createPerpetualConnector(venue.exchange, {
      credentials,
      environment,
      ...options,
      ...more,
    });
    perpetual.errors$.subscribe((error) => errors.push(error));
    return perpetual;
  };
  return { ...time, ...venue, network, errors, join, perpetual: join() };
};

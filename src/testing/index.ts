/**
 * An exchange, a connector to it and the network between them in virtual time: hours of trading and
 * every kind of fault in milliseconds, the same each time.
 *
 * @module rxchange/testing
 */
export type { Faults, Times } from './fault-list.js';
export type { FaultWorld } from './faults/kind.js';
export {
  faultNames,
  injectFaults,
  planFaults,
  type FaultName,
  type FaultPlanOptions,
  type PlannedFault,
} from './faults/plan.js';
export {
  createVirtualNetwork,
  type FrameFault,
  type RequestFault,
  type VirtualFrame,
  type VirtualNetwork,
  type VirtualNetworkOptions,
  type VirtualRequest,
} from './virtual-network.js';
export { createVirtualProcess, type VirtualProcess } from './virtual-process.js';
export { virtualTime, type VirtualTime } from './virtual-time.js';
export {
  createVirtualVenue,
  type VirtualVenue,
  type VirtualVenueOptions,
} from './virtual-venue.js';

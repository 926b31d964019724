/**
 * An exchange, a connector to it and the network between them in virtual time: hours of trading and
 * every kind of fault in milliseconds, the same each time.
 *
 * @module rxchange/testing
 */
export type {
  AccountFixtures,
  EventSample,
  ListenKeyFixture,
  SignedRequestFixture,
  UserFixtures,
} from './conformance/account-fixtures.js';
export {
  ConformanceError,
  notApplicable,
  type ConformanceCheck,
  type Mismatch,
  type NotApplicable,
} from './conformance/check.js';
export { conformanceChecks } from './conformance/conformance-checks.js';
export {
  describeConnector,
  type DefineTest,
  type TestRunner,
} from './conformance/describe-connector.js';
export type { FailureFixtures, KnownRefusal, Refusal } from './conformance/failure-fixtures.js';
export type {
  BookFixtures,
  CallFixture,
  ChannelFixture,
  ConformanceFixtures,
  Raw,
  RequestFixture,
  RulesFixtures,
  Sample,
  SigningFixtures,
  StreamsFixtures,
  TopicsFrame,
  TradesFixtures,
} from './conformance/fixtures.js';
export type { Means } from './conformance/means.js';
export type {
  OrderFixtures,
  PlacementParams,
  ReferenceParams,
} from './conformance/order-fixtures.js';
export type { PerpetualFixtures, PositionParams } from './conformance/perpetual-fixtures.js';
export type { AnyControl, VenueBase, VenuePace } from './venue-base.js';
export type { Faults, Times } from './fault-list.js';
export type { FaultWorld } from './faults/kind.js';
export {
  faultNames,
  injectFaults,
  perpetualFaultNames,
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
export {
  createVirtualPerpetualVenue,
  type VirtualPerpetualVenue,
  type VirtualPerpetualVenueOptions,
} from './virtual-perpetual-venue.js';
export { createVirtualProcess, type VirtualProcess } from './virtual-process.js';
export { virtualTime, type VirtualTime } from './virtual-time.js';
export {
  createVirtualVenue,
  type VirtualVenue,
  type VirtualVenueOptions,
} from './virtual-venue.js';

import type * as virtualPerpetualVenue from '../src/testing/virtual-perpetual-venue.js';
import type * as virtualVenue from '../src/testing/virtual-venue.js';

const mockVenues: (virtualVenue.VirtualVenue | virtualPerpetualVenue.VirtualPerpetualVenue)[] = [];

jest.mock('../src/testing/virtual-venue.js', () => {
  const actual = jest.requireActual<typeof virtualVenue>('../src/testing/virtual-venue.js');
  const createVirtualVenue: typeof actual.createVirtualVenue = (options) => {
    const venue = actual.createVirtualVenue(options);
    mockVenues.push(venue);
    return venue;
  };
  return { ...actual, createVirtualVenue };
});

jest.mock('../src/testing/virtual-perpetual-venue.js', () => {
  const actual = jest.requireActual<typeof virtualPerpetualVenue>(
    '../src/testing/virtual-perpetual-venue.js',
  );
  const createVirtualPerpetualVenue: typeof actual.createVirtualPerpetualVenue = (options) => {
    const venue = actual.createVirtualPerpetualVenue(options);
    mockVenues.push(venue);
    return venue;
  };
  return { ...actual, createVirtualPerpetualVenue };
});

/** Whatever a test is about: in none does the connector break a limit of the exchange. */
afterEach(() => {
  for (const venue of mockVenues.splice(0)) expect(venue.control.violations()).toEqual({});
});

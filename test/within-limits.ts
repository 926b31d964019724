import type * as virtualVenue from '../src/testing/virtual-venue.js';

const mockVenues: virtualVenue.VirtualVenue[] = [];

jest.mock('../src/testing/virtual-venue.js', () => {
  const actual = jest.requireActual<typeof virtualVenue>('../src/testing/virtual-venue.js');
  const createVirtualVenue: typeof actual.createVirtualVenue = (options) => {
    const venue = actual.createVirtualVenue(options);
    mockVenues.push(venue);
    return venue;
  };
  return { ...actual, createVirtualVenue };
});

/** Whatever a test is about: in none does the connector break a limit of the exchange. */
afterEach(() => {
  for (const venue of mockVenues.splice(0)) expect(venue.control.violations()).toEqual({});
});

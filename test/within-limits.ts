import type { VirtualVenue } from '../src/testing/virtual-venue.js';

const mockVenues: VirtualVenue[] = [];

// In every test with a virtual exchange: whatever happens, the connector keeps to the exchange's limits.
jest.mock('../src/testing/virtual-venue.js', () => {
  const actual = jest.requireActual<typeof import('../src/testing/virtual-venue.js')>(
    '../src/testing/virtual-venue.js',
  );
  return {
    ...actual,
    createVirtualVenue: (...options: Parameters<typeof actual.createVirtualVenue>) => {
      const venue = actual.createVirtualVenue(...options);
      mockVenues.push(venue);
      return venue;
    },
  };
});

afterEach(() => {
  for (const venue of mockVenues.splice(0)) expect(venue.control.violations()).toEqual({});
});

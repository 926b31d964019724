import type { Listing } from '../engine/listing.js';

const usual = [['SPOT']] as const;

/** What an account must be permitted to trade in a market: one of each of these sets. */
export const permissionSetsOf = ({ restrictions }: Listing): readonly (readonly string[])[] =>
  restrictions?.permissionSets ?? usual;

/** Whether these permissions let an account trade in a market. */
export const mayTrade = (permissions: readonly string[], listing: Listing): boolean =>
  permissionSetsOf(listing).every((set) => set.some((one) => permissions.includes(one)));

import type { Exchange } from './contract.js';

/**
 * Reads what was used from headers that hold a number each.
 *
 * @param pools - By header, in lower case.
 */
export const usageBy =
  (pools: Readonly<Record<string, string>>): Exchange['usage'] =>
  (headers) => {
    const usage: Record<string, number> = {};
    for (const header of Object.keys(pools)) {
      const pool = pools[header];
      const used = headers[header] ?? '';
      if (pool !== undefined && /^\d+$/.test(used)) usage[pool] = Number(used);
    }
    return usage;
  };

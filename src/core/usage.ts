import type { Exchange } from './contract.js';

/**
 * Reads what was used from headers that hold a number each.
 *
 * @param pools - By header, in lower case.
 */
export const usageBy =
  (pools: Readonly<Record<string, string>>): Exchange['usage'] =>
  (headers) =>
    Object.fromEntries(
      Object.entries(pools).flatMap(([header, pool]) => {
        const used = headers[header] ?? '';
        return /^\d+$/.test(used) ? [[pool, Number(used)]] : [];
      }),
    );

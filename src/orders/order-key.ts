/** What tells an exchange's orders apart: its own ids are unique within a market only. */
export const orderKey = ({
  pair,
  exchangeOrderId,
}: {
  readonly pair: string;
  readonly exchangeOrderId: string;
}): string => `${pair} ${exchangeOrderId}`;

import { ApiError, outcomeOf, type Outcome } from './api-error.js';
import type { AccountBackend } from './backend.js';
import { carryOutCancel, readCancel, type CancelRequest } from './cancel-order.js';
import { checkOrderCount, type SignedMethod } from './method.js';
import { namedOrder } from './named-order.js';
import { NEW_ORDER_PARAMS, readNewOrder, type NewOrder } from './new-order.js';
import { placementJson } from './order-json.js';
import { place } from './order-methods.js';
import { optional, required } from './params.js';
import { invalid, oneOf } from './readers.js';

type Mode = 'STOP_ON_FAILURE' | 'ALLOW_FAILURE';

const readMode = oneOf<Mode>(['STOP_ON_FAILURE', 'ALLOW_FAILURE'], invalid);
const readExcessMode = oneOf(['DO_NOTHING', 'CANCEL_ONLY'], invalid);

/** What became of each half; the second was not attempted, if undefined. */
interface Halves {
  readonly canceled: Outcome;
  readonly placed: Outcome | undefined;
}

const resultWord = (outcome: Outcome | undefined): string => {
  if (!outcome) return 'NOT_ATTEMPTED';
  return outcome.error ? 'FAILURE' : 'SUCCESS';
};

const responseJson = (outcome: Outcome | undefined): unknown => {
  if (!outcome) return null;
  const { error } = outcome;
  return error ? { code: error.code, msg: error.message } : outcome.result;
};

const halvesJson = ({ canceled, placed }: Halves) => ({
  cancelResult: resultWord(canceled),
  newOrderResult: resultWord(placed),
  cancelResponse: responseJson(canceled),
  newOrderResponse: responseJson(placed),
});

/** The answer, or the refusal of what failed in part or in full. */
const answerOf = (halves: Halves, excessStatus: number | undefined): unknown => {
  const { canceled, placed } = halves;
  const isPlaced = placed !== undefined && !placed.error;
  if (!canceled.error && isPlaced) return halvesJson(halves);
  const data = halvesJson(halves);
  if (canceled.error && !isPlaced) {
    throw new ApiError(excessStatus ?? 400, -2022, 'Order cancel-replace failed.', undefined, data);
  }
  throw new ApiError(
    excessStatus ?? 409,
    -2021,
    'Order cancel-replace partially failed.',
    undefined,
    data,
  );
};

interface Replacement {
  readonly cancel: CancelRequest;
  readonly order: NewOrder;
  readonly mode: Mode;
  /** The refusal of one more order. */
  readonly excess: ApiError | undefined;
}

const carryOut = (
  backend: AccountBackend,
  { cancel, order, mode, excess }: Replacement,
): Halves => {
  const canceled = outcomeOf(() => carryOutCancel(backend, cancel));
  if (canceled.error && mode === 'STOP_ON_FAILURE') {
    // It counts though it was not attempted.
    if (!excess) backend.account.orderCount.count('ORDERS', 1);
    return { canceled, placed: undefined };
  }
  const placed = outcomeOf(() => {
    if (excess) throw excess;
    return placementJson(place(backend, order.request), order.responseType);
  });
  return { canceled, placed };
};

/**
 * Cancels an order and places another. Filters and the order count are looked at before.
 *
 * Source: Binance Spot API, rest-api.md, Cancel an Existing Order and Send a New Order (TRADE).
 */
export const cancelReplace: SignedMethod = {
  security: 'TRADE',
  params: [
    ...NEW_ORDER_PARAMS,
    'cancelReplaceMode',
    'cancelOrderId',
    'cancelOrigClientOrderId',
    'cancelNewClientOrderId',
    'cancelRestrictions',
    'orderRateLimitExceededMode',
  ],
  weight: 1,
  effect: 'replace',
  run: (backend, sent) => {
    const mode = required(sent, 'cancelReplaceMode', readMode);
    const whenTooMany = optional(sent, 'orderRateLimitExceededMode', readExcessMode);
    const names = { id: 'cancelOrderId', clientId: 'cancelOrigClientOrderId' };
    const cancel = {
      order: namedOrder(backend, sent, names),
      ...readCancel(backend, sent, 'cancelNewClientOrderId'),
    };
    const order = readNewOrder(backend, sent);
    const excess = outcomeOf(() => checkOrderCount(backend)).error;
    if (excess && whenTooMany !== 'CANCEL_ONLY') throw excess;
    const halves = carryOut(backend, { cancel, order, mode, excess });
    return answerOf(halves, excess && mode === 'STOP_ON_FAILURE' ? 429 : undefined);
  },
};

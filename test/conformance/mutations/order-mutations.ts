import { Decimal, type OrderEvidence, type OrderUpdate } from 'rxchange';
import {
  broken,
  lacking,
  misasked,
  misread,
  ordersOver,
  without,
  type Broken,
} from './mutation.js';

const ZERO = new Decimal(0);

const orderAs =
  (change: (order: OrderUpdate) => OrderUpdate) =>
  (all: readonly OrderEvidence[]): readonly OrderEvidence[] =>
    all.map((one) => (one.kind === 'order' ? change(one) : one));

const unexecuted = (order: OrderUpdate): OrderUpdate => ({ ...order, executedAmount: ZERO });

/** Ways to break what is asked and answered about orders. */
export const orderMutations: readonly Broken[] = [
  broken(
    'a cancel names the order by its own id only',
    ordersOver(({ cancel }) => ({
      cancel: {
        ...cancel,
        params: ({ rule, clientOrderId }) => cancel.params({ rule, clientOrderId }),
      },
    })),
    '6.05',
  ),
  broken(
    'a cancel that is answered leaves the order open',
    ordersOver(({ cancel }) => ({
      cancel: misread(
        cancel,
        orderAs((order) => ({ ...lacking(order, 'reason'), status: 'open' })),
      ),
    })),
    '6.06',
  ),
  broken(
    'an order is asked after without its market',
    ordersOver(({ status }) => ({
      status: misasked(status, (params) => without(params, 'symbol')),
    })),
    '6.07 6.08',
  ),
  broken(
    'an order that expired was canceled',
    ordersOver(({ status }) => ({
      status: misread(
        status,
        orderAs((order) => (order.status === 'ended' ? { ...order, reason: 'canceled' } : order)),
      ),
    })),
    '6.10',
  ),
  broken(
    'a status that nobody knows is open',
    ordersOver(({ status }) => ({
      status: {
        ...status,
        decode: (body, input) => {
          const fields = body as Readonly<Record<string, unknown>> | null | undefined;
          return status.decode(
            fields?.status === 'SOMETHING_NEW' ? { ...fields, status: 'NEW' } : body,
            input,
          );
        },
      },
    })),
    '6.11',
  ),
  broken(
    'what an order executed is forgotten',
    ordersOver(({ status, open }) => ({
      status: misread(status, orderAs(unexecuted)),
      open: misread(open, (all) => all.map(unexecuted)),
    })),
    '6.09 6.10 6.17',
  ),
  broken(
    'executions cost nothing',
    ordersOver(({ fills }) => ({
      fills: misread(fills, (all) =>
        all.map((trade) => ({ ...trade, fee: { ...trade.fee, amount: ZERO } })),
      ),
    })),
    '6.14',
  ),
  broken(
    'executions are asked for from the first on, always',
    ordersOver(({ fills }) => ({
      fills: misasked(fills, (params) => ({ ...params, fromId: '0' })),
    })),
    '6.13',
  ),
  broken(
    'the latest executions are asked for, not the first',
    ordersOver(({ fills }) => ({
      fills: misasked(fills, (params, { after }) =>
        after === undefined ? without(params, 'fromId') : params,
      ),
    })),
    '6.12',
  ),
  broken(
    'an answer is thought to hold more executions',
    ordersOver(() => ({ fillsPerAnswer: 5_000 })),
    '6.15',
  ),
  broken(
    'no open orders are told',
    ordersOver(({ open }) => ({ open: misread(open, () => []) })),
    '6.17',
  ),
  broken(
    'placements are taken for over at once',
    ordersOver(() => ({ validity: 0 })),
    '6.21 9.03',
  ),
  broken(
    'ids may be longer',
    ordersOver(({ clientOrderId }) => ({ clientOrderId: { ...clientOrderId, maxLength: 64 } })),
    '6.23 6.42',
  ),
  broken(
    'ids may have blanks',
    ordersOver(({ clientOrderId }) => ({
      clientOrderId: { ...clientOrderId, charset: /^[\w -]*$/ },
    })),
    '6.23 6.42',
  ),
  broken(
    'ids may have letters only',
    ordersOver(({ clientOrderId }) => ({
      clientOrderId: { ...clientOrderId, charset: /^[a-z-]*$/ },
    })),
    '6.22 6.30 6.31 6.32 6.33 6.34 6.35 6.36 6.37 6.38 6.39 6.41 6.43 7.41 7.45 8.02 8.03 8.04 8.05 8.06 8.07 8.08 8.09 8.11 8.12 8.13 8.14 8.15 8.16 8.17 9.03 9.04 9.05 9.06 9.07',
  ),
];

import fc from 'fast-check';
import { Decimal } from '../../src/core/decimal.js';
import { ConnectorError } from '../../src/core/errors.js';
import { ClientOrderTracker, type OrderChange } from '../../src/orders/client-order-tracker.js';
import type { Evidence } from '../../src/orders/evidence.js';
import {
  orderOf,
  readEntry,
  unfinished,
  writeEntry,
  type JournalEntry,
  type LastingEvidence,
} from '../../src/orders/journal-entry.js';
import { follow, inFull } from './deliveries.js';
import { byQuoteAmount, evidenceOf, intent, T0 } from './evidence-of.js';
import { orderHistory, type OrderNames } from './order-history.js';

const of = evidenceOf(intent());
const names: OrderNames = { pair: 'BTC-USDT', clientOrderId: 'rx-1', exchangeOrderId: '1001' };

const lasts = (evidence: Evidence): evidence is LastingEvidence =>
  evidence.kind !== 'cancel_requested' && evidence.kind !== 'cancel_answered';

const learned = (evidence: Evidence): JournalEntry[] =>
  lasts(evidence) ? [{ type: 'learned', clientOrderId: 'rx-1', evidence }] : [];

const orderEntry = (line: string): readonly JournalEntry[] => {
  const entry = readEntry(line);
  return entry === undefined || entry.type === 'funding' ? [] : [entry];
};

const placed = (changes: Parameters<typeof intent>[0] = {}): JournalEntry => ({
  type: 'placed',
  intent: intent(changes),
});

describe('a line of the journal', () => {
  const entries: readonly JournalEntry[] = [
    placed(),
    placed({ timeInForce: 'IOC', side: 'sell', createdAt: T0 + 0.5 }),
    placed({ selfTradePrevention: 'expire_both' }),
    placed({ positionAction: 'close' }),
    { type: 'placed', intent: byQuoteAmount },
    ...[
      of.open(1),
      of.filled(2),
      of.ended('expired', 1),
      of.fill('1', '0.00000001'),
      { ...of.fill('2', '1'), realizedPnl: new Decimal('-3.25') },
      of.refused(),
      of.notPlaced(),
      of.fillsUnavailable(),
    ].flatMap(learned),
  ];

  it('says when the order was sent, where that is known', () => {
    const entry = { type: 'placed', intent: intent(), sentAt: T0 } as const;
    expect(readEntry(writeEntry(entry))).toMatchObject(entry);
    expect(readEntry(writeEntry(entry).replace(`"sentAt":${T0}`, '"sentAt":null'))).toBeUndefined();
  });

  it.each([
    { type: 'funding', time: T0 },
    { type: 'funding', time: T0, id: '77' },
  ] as const)('of a funding payment is read as it was meant: %j', (entry) => {
    expect(readEntry(writeEntry(entry))).toEqual({ v: 1, ...entry });
  });

  it.each(entries)('is read as it was meant: %j', (entry) => {
    const line = writeEntry(entry);
    expect(line).not.toContain('\n');
    expect(readEntry(line)).toEqual({ v: 1, ...entry });
    expect(orderOf(entry)).toBe('rx-1');
  });

  it('reads whatever can be told of an order', () => {
    fc.assert(
      fc.property(orderHistory(names), (history) => {
        for (const entry of [placed(history.intent), ...history.evidence.flatMap(learned)])
          expect(readEntry(writeEntry(entry))).toEqual({ v: 1, ...entry });
      }),
    );
  });

  it('holds of an error what it says, and not its cause', () => {
    const error = new ConnectorError('exchange', 'No.', { cause: { apiKey: 'secret' } });
    const [entry] = learned(of.refused(error));
    expect(writeEntry(entry!)).not.toContain('secret');
  });

  it.each(entries)('that is torn is none: %j', (entry) => {
    const line = writeEntry(entry);
    for (let length = 0; length < line.length; length += 1)
      expect(readEntry(line.slice(0, length))).toBeUndefined();
  });

  it.each(entries)(
    'that lacks a part, or has another, is none, and throws nothing: %j',
    (entry) => {
      const intact = JSON.parse(writeEntry(entry)) as Record<string, unknown>;
      for (const key of Object.keys(intact))
        for (const value of [undefined, null, 5, 'other', {}, []])
          if (key !== 'clientOrderId' || typeof value !== 'string')
            expect(readEntry(JSON.stringify({ ...intact, [key]: value }))).toBeUndefined();
    },
  );

  it.each([
    '',
    'null',
    '5',
    '[]',
    '{}',
    '{"v":1}',
    '{"v":1,"type":"learned","clientOrderId":"a","evidence":{"kind":"refused","clientOrderId":"a"}}',
    '{"v":1,"type":"learned","clientOrderId":"a","evidence":{"kind":"other"}}',
  ])('is none: %s', (line) => expect(readEntry(line)).toBeUndefined());

  it('of another version is not understood', () => {
    expect(readEntry(writeEntry(placed()).replace('"v":1', '"v":2'))).toBeUndefined();
  });

  it('may be any JSON at all', () => {
    fc.assert(
      fc.property(fc.json(), (line) => {
        expect(readEntry(line)).toBeUndefined();
      }),
    );
  });
});

describe('unfinished', () => {
  it('leaves the entries of the orders that are not over, in their sequence', () => {
    const other = { ...intent(), clientOrderId: 'rx-2' };
    const done: JournalEntry[] = [
      { type: 'placed', intent: other },
      {
        type: 'learned',
        clientOrderId: 'rx-2',
        evidence: evidenceOf(other, '1002').ended('canceled'),
      },
    ];
    const live = [placed(), ...learned(of.open()), ...learned(of.fill('1', 1))];
    expect(unfinished([live[0]!, ...done, ...live.slice(1)])).toEqual(live);
    expect(unfinished([...live, ...learned(of.filled(2)), ...learned(of.fill('2', 1))])).toEqual(
      [],
    );
    expect(unfinished(learned(of.open()))).toEqual([]);
  });

  it('leaves those of an order that is lost, which may show up still', () => {
    const error = new ConnectorError('lost', 'It is lost.');
    const lost: JournalEntry = {
      type: 'learned',
      clientOrderId: 'rx-1',
      evidence: { kind: 'lost', clientOrderId: 'rx-1', verdict: T0 + 1e6, asOf: T0 + 1e6, error },
    };
    const entries = [placed(), ...learned(of.open()), lost];
    expect(unfinished(entries)).toEqual(entries);
    expect(unfinished([...entries, ...learned(of.ended('canceled'))])).toEqual([]);
  });
});

describe('a process that ends at any point, and another that goes on with its journal', () => {
  const fillsOf = (changes: readonly OrderChange[]) =>
    changes.flatMap(({ fill }) => (fill === undefined ? [] : [fill.tradeId]));

  it('tell each fill once between them, and come to the truth when all is told again', () => {
    let continued = 0;
    const crash = fc.record({
      delivery: inFull(orderHistory(names)),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(crash, ({ delivery, part }) => {
        const history = delivery.histories[0]!;
        const before = Math.floor(part * delivery.arrivals.length);
        const { changes } = follow([history.intent], delivery.arrivals.slice(0, before));
        const lines = [
          placed(history.intent),
          ...changes.flatMap(({ evidence }) => (evidence === undefined ? [] : learned(evidence))),
        ].map(writeEntry);

        const entries = unfinished(lines.flatMap(orderEntry));
        if (entries.length === 0) return;
        continued += 1;
        const tracker = new ClientOrderTracker();
        for (const entry of entries)
          if (entry.type === 'placed') tracker.track(entry.intent);
          else tracker.learn(entry.evidence, T0);
        expect(tracker.order('rx-1')?.fills).toEqual(changes.at(-1)?.order.fills);

        const later = history.evidence.flatMap((evidence) => tracker.learn(evidence, T0 + 1));
        expect([...fillsOf(changes), ...fillsOf(later)].sort()).toEqual(
          history.fills.map(({ tradeId }) => tradeId),
        );
        expect(tracker.order('rx-1')).toMatchObject({
          state: history.state,
          reason: history.reason,
        });
      }),
      { numRuns: 500 },
    );
    expect(continued).toBeGreaterThan(200);
  });
});

import type { PublicTrade } from '../../src/core/trade.js';
import { readRecording } from './recording.js';
import { createReplay, listeners } from './replay.js';

interface Told {
  readonly stream: string;
  readonly data: { readonly s: string; readonly a: number; readonly p: string; readonly q: string };
}

const recording = readRecording('binance-usdm-routed-20210722');

it('brings books and trades by the address of each', () => {
  const { lines, pairs } = recording;
  const replay = createReplay(recording, { listener: listeners.perpetual });
  const heard: PublicTrade[] = [];
  for (const pair of pairs.values())
    replay.connector.trades$(pair).subscribe((trade) => heard.push(trade));
  for (const line of lines) replay.tell(line);
  const told = lines.flatMap(({ kind, text }) => {
    const frame = kind === 'frame' ? (JSON.parse(text) as Told) : undefined;
    return frame?.stream.endsWith('@aggTrade') === true ? [frame.data] : [];
  });
  expect(told.length).toBeGreaterThan(80);
  expect(
    heard.map((trade) => [
      trade.pair,
      trade.tradeId,
      trade.price.toFixed(),
      trade.amount.toFixed(),
    ]),
  ).toEqual(told.map(({ s, a, p, q }) => [pairs.get(s), `${a}`, `${Number(p)}`, `${Number(q)}`]));
  expect(replay.sockets()).toEqual([
    'wss://fstream.binance.com/public/stream',
    'wss://fstream.binance.com/market/stream',
  ]);
  expect(replay.errors).toEqual([]);
});

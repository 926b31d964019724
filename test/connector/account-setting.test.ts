import { concat } from 'rxjs';
import { record } from '../support/recording.js';
import { codes, paths } from './perpetual-venue.js';
import { createPerpetualWorld } from './perpetual-world.js';

describe('leverage$', () => {
  it('is what REST says, then what the stream says', () => {
    const { perpetual, tell, advance, now, network } = createPerpetualWorld();
    const leverage = record(perpetual.leverage$('BTC-USDT'));
    advance(1_000);
    tell({ kind: 'leverage', pair: 'ETH-USDT', leverage: 3, time: now() });
    tell({ kind: 'leverage', pair: 'BTC-USDT', leverage: 7, time: now() });
    advance(100);
    expect(leverage.values).toEqual([20, 7]);
    expect(network.requests(paths.leverage)).toHaveLength(1);
  });

  it('is asked for again when the stream was lost', () => {
    const { perpetual, leverage: kept, advance, network } = createPerpetualWorld();
    const leverage = record(perpetual.leverage$('BTC-USDT'));
    advance(1_000);
    kept.set('BTCUSDT', 3);
    network.disconnect();
    advance(5_000);
    expect(leverage.values).toEqual([20, 3]);
  });

  it('errors for a pair that the exchange does not have', () => {
    const { perpetual, advance } = createPerpetualWorld();
    const leverage = record(perpetual.leverage$('NO-USDT'));
    advance(5_000);
    expect(leverage.error()).toMatchObject({ kind: 'not_supported' });
  });
});

describe('setLeverage', () => {
  it('emits what holds then, and leverage$ says the same', () => {
    const { perpetual, advance } = createPerpetualWorld();
    const leverage = record(perpetual.leverage$('BTC-USDT'));
    advance(1_000);
    const set = record(perpetual.setLeverage('BTC-USDT', 5));
    advance(1_000);
    expect([set.values, set.state()]).toEqual([[5], 'completed']);
    expect(leverage.values).toEqual([20, 5]);
  });

  it('twice ends in what was set last, as the exchange has it', () => {
    const { perpetual, leverage: kept, advance } = createPerpetualWorld();
    const leverage = record(perpetual.leverage$('BTC-USDT'));
    const set = record(
      concat(perpetual.setLeverage('BTC-USDT', 5), perpetual.setLeverage('BTC-USDT', 8)),
    );
    advance(2_000);
    expect(set.values).toEqual([5, 8]);
    expect([leverage.last(), kept.get('BTCUSDT')]).toEqual([8, 8]);
  });

  it('succeeds where it is so already', () => {
    const { perpetual, leverage: kept, advance } = createPerpetualWorld();
    kept.set('BTCUSDT', 5);
    const set = record(perpetual.setLeverage('BTC-USDT', 5));
    advance(1_000);
    expect([set.values, set.state()]).toEqual([[5], 'completed']);
  });

  it('that is refused for what is open is an error that says so, and the leverage is the exchange’s', () => {
    const { perpetual, hold, advance, leverage: kept } = createPerpetualWorld();
    kept.set('BTCUSDT', 9);
    hold('1');
    const leverage = record(perpetual.leverage$('BTC-USDT'));
    const set = record(perpetual.setLeverage('BTC-USDT', 5));
    advance(2_000);
    expect(set.error()).toMatchObject({ kind: 'position_conflict', code: codes.open });
    expect(leverage.values).toEqual([9]);
  });

  it('whose answer is lost is asked after', () => {
    const { perpetual, network, advance } = createPerpetualWorld();
    const lost = { answer: 'broken connection', times: 1 } as const;
    network.requestFaults.add(({ name }) => name === paths.setLeverage, lost);
    const set = record(perpetual.setLeverage('BTC-USDT', 5));
    advance(2_000);
    expect([set.values, set.state()]).toEqual([[5], 'completed']);
  });

  it('whose answer is lost, and the answer to the question after it, is asked after until that is known', () => {
    const { perpetual, network, advance } = createPerpetualWorld();
    const mode = record(perpetual.positionMode$);
    advance(1_000);
    const lost = { answer: 'broken connection' } as const;
    const stops = [paths.setMode, paths.mode].map((path) =>
      network.requestFaults.add(({ name }) => name === path, lost),
    );
    const set = record(perpetual.setPositionMode('hedge'));
    advance(10_000);
    expect(set.error()).toMatchObject({ kind: 'network', outcome: 'unknown' });
    for (const stop of stops) stop();
    advance(60_000);
    expect(mode.values).toEqual(['one_way', 'hedge']);
  });

  it('whose answer is lost takes nothing back that was set since it was asked after', () => {
    const { perpetual, network, advance } = createPerpetualWorld();
    const mode = record(perpetual.positionMode$);
    advance(1_000);
    const lost = { answer: 'broken connection', times: 1 } as const;
    network.requestFaults.add(({ name }) => name === paths.setMode, lost);
    network.requestFaults.add(({ name }) => name === paths.mode, { answerDelay: 5_000, times: 1 });
    record(perpetual.setPositionMode('hedge'));
    advance(1_000);
    record(perpetual.setPositionMode('one_way'));
    advance(10_000);
    expect(mode.values).toEqual(['one_way']);
  });

  it('that was lost on its way is an error', () => {
    const { perpetual, network, advance } = createPerpetualWorld();
    const lost = { requestDelay: Infinity, answer: 'broken connection', times: 1 } as const;
    network.requestFaults.add(({ name }) => name === paths.setLeverage, lost);
    const set = record(perpetual.setLeverage('BTC-USDT', 5));
    advance(2_000);
    expect(set.error()).toMatchObject({ kind: 'network', outcome: 'unknown' });
  });

  it.each([0, -1, NaN, Infinity])('does not send %p', (value) => {
    const { perpetual, network, advance } = createPerpetualWorld();
    const set = record(perpetual.setLeverage('BTC-USDT', value));
    advance(1_000);
    expect(set.error()).toMatchObject({ kind: 'invalid_order' });
    expect(network.requests(paths.setLeverage)).toEqual([]);
  });
});

describe('the position mode', () => {
  it('is read, set, and set again', () => {
    const { perpetual, world, advance } = createPerpetualWorld();
    const mode = record(perpetual.positionMode$);
    const set = record(
      concat(
        perpetual.setPositionMode('hedge'),
        perpetual.setPositionMode('hedge'),
        perpetual.setPositionMode('one_way'),
      ),
    );
    advance(3_000);
    expect([set.values, set.state()]).toEqual([['hedge', 'hedge', 'one_way'], 'completed']);
    expect([mode.last(), world.mode]).toEqual(['one_way', 'one_way']);
  });

  it('stays what the exchange says where it refuses, and the error says why', () => {
    const { perpetual, hold, advance } = createPerpetualWorld();
    hold('1');
    const mode = record(perpetual.positionMode$);
    const set = record(perpetual.setPositionMode('hedge'));
    advance(2_000);
    expect(set.error()).toMatchObject({ kind: 'position_conflict' });
    expect(mode.values).toEqual(['one_way']);
  });

  it('is one of those that the exchange has', () => {
    const { perpetual, network, advance } = createPerpetualWorld();
    expect(perpetual.supportedPositionModes).toEqual(['one_way', 'hedge']);
    const set = record(perpetual.setPositionMode('both' as 'hedge'));
    advance(1_000);
    expect(set.error()).toMatchObject({ kind: 'not_supported' });
    expect(network.requests(paths.setMode)).toEqual([]);
  });

  it('is told by the stream where the exchange tells it', () => {
    const { perpetual, tell, advance, now } = createPerpetualWorld();
    const mode = record(perpetual.positionMode$);
    advance(1_000);
    tell({ kind: 'position_mode', mode: 'hedge', time: now() });
    advance(100);
    expect(mode.values).toEqual(['one_way', 'hedge']);
  });
});

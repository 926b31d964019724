import { Broadcast } from '../../src/net/broadcast.js';
import { record } from '../support/recording.js';

describe('a broadcast', () => {
  it('tells all who are there, in the order in which they came', () => {
    const broadcast = new Broadcast<number>();
    const heard: string[] = [];
    broadcast.value$.subscribe((value) => heard.push(`a${value}`));
    broadcast.value$.subscribe((value) => heard.push(`b${value}`));
    broadcast.next(1);
    broadcast.next(2);
    expect(heard).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  it('tells nothing to who left, even in the same turn, nor yet to who comes in it', () => {
    const broadcast = new Broadcast<number>();
    const second = record(broadcast.value$);
    const late: number[] = [];
    second.stop();
    const join = () => broadcast.value$.subscribe((value) => late.push(value));
    const first = broadcast.value$.subscribe(() => {
      third.stop();
      join();
      first.unsubscribe();
    });
    const third = record(broadcast.value$);
    broadcast.next(1);
    expect([second.values, third.values, late]).toEqual([[], [], []]);
    broadcast.next(2);
    expect(late).toEqual([2]);
  });

  it('ends for all who are there', () => {
    const broadcast = new Broadcast<number>();
    const listener = record(broadcast.value$);
    broadcast.complete();
    expect(listener.state()).toBe('completed');
  });
});

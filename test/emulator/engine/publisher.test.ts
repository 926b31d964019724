import { createPublisher } from '../../../src/emulator/engine/publisher.js';

describe('a publisher', () => {
  it('gives every listener the cause before the effect', () => {
    const { publish, listen } = createPublisher<string>();
    const heard: string[] = [];
    listen((value) => {
      heard.push(`first ${value}`);
      if (value === 'cause') publish('effect');
    });
    listen((value) => heard.push(`second ${value}`));
    publish('cause');
    expect(heard).toEqual(['first cause', 'second cause', 'first effect', 'second effect']);
  });

  it('tells all of them though one throws, and then says so', () => {
    const { publish, listen } = createPublisher<string>();
    const heard: string[] = [];
    listen((value) => {
      if (value === 'bad') publish('worse');
      if (value !== 'good') throw new Error(value);
    });
    listen((value) => heard.push(value));
    expect(() => publish('bad')).toThrow(AggregateError);
    expect(heard).toEqual(['bad', 'worse']);
    publish('good');
    expect(heard).toEqual(['bad', 'worse', 'good']);
  });

  it('lets a listener stop while it hears', () => {
    const { publish, listen } = createPublisher<number>();
    const heard: number[] = [];
    const stop = listen((value) => {
      heard.push(value);
      stop();
    });
    publish(1);
    publish(2);
    expect(heard).toEqual([1]);
  });
});

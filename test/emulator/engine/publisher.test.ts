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

  it('goes on after a listener that threw', () => {
    const { publish, listen } = createPublisher<string>();
    const heard: string[] = [];
    listen((value) => {
      heard.push(value);
      if (value === 'bad') throw new Error('Broken');
    });
    expect(() => publish('bad')).toThrow('Broken');
    publish('good');
    expect(heard).toEqual(['bad', 'good']);
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

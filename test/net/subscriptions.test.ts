import { createSubscriptions } from '../../src/net/subscriptions.js';

const createWorld = (topicsPerMessage = 10) => {
  const wanted = new Map<string, string>();
  return { wanted, ...createSubscriptions(wanted, topicsPerMessage) };
};

/** A world in which these topics are wanted and asked for with message 1. */
const asked = (...topics: readonly string[]) => {
  const world = createWorld();
  topics.forEach((topic) => world.wanted.set(topic, `${topic}!`));
  world.ask(1);
  return world;
};

describe('subscriptions', () => {
  it('are complete where nothing is wanted', () => {
    const { isComplete, hasMore, ask, giveUp } = createWorld();
    expect(isComplete()).toBe(true);
    expect(hasMore()).toBe(false);
    expect(ask(1)).toEqual([]);
    expect(giveUp()).toEqual([]);
  });

  it('are asked for once, and complete when acknowledged', () => {
    const { wanted, ask, hasMore, isComplete, acknowledge } = createWorld();
    wanted.set('a', 'A').set('b', 'B');
    expect(hasMore()).toBe(true);
    expect(ask(1)).toEqual(['a', 'b']);
    expect(hasMore()).toBe(false);
    expect(ask(2)).toEqual([]);
    expect(isComplete()).toBe(false);
    expect(acknowledge(2)).toEqual([]);
    expect(acknowledge(1)).toEqual(['A', 'B']);
    expect(isComplete()).toBe(true);
    expect(acknowledge(1)).toEqual([]);
  });

  it('go into several messages where one cannot name all', () => {
    const { wanted, ask, giveUp, hasMore } = createWorld(2);
    for (const topic of 'abcde') wanted.set(topic, topic);
    expect([ask(1), ask(2)]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(hasMore()).toBe(true);
    expect(ask(3)).toEqual(['e']);
    wanted.clear();
    expect([giveUp(), giveUp()]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(hasMore()).toBe(true);
    expect(giveUp()).toEqual(['e']);
    expect(hasMore()).toBe(false);
  });

  it('that are wanted no more are given up once, and an answer to them means nothing', () => {
    const { wanted, giveUp, acknowledge, isComplete } = asked('a', 'b');
    wanted.delete('a');
    expect(isComplete()).toBe(false);
    expect(giveUp()).toEqual(['a']);
    expect(giveUp()).toEqual([]);
    expect(acknowledge(1)).toEqual(['b!']);
    expect(isComplete()).toBe(true);
  });

  it('for a new listener are asked for anew, and the first answer is not theirs', () => {
    const { wanted, giveUp, ask, acknowledge } = asked('a');
    wanted.set('a', 'new');
    expect(giveUp()).toEqual(['a']);
    expect(ask(2)).toEqual(['a']);
    expect(acknowledge(1)).toEqual([]);
    expect(acknowledge(2)).toEqual(['new']);
  });
});

describe('topics that are not acknowledged in time', () => {
  it('are asked for again, once', () => {
    const { ask, overdue, hasMore, acknowledge, isComplete } = asked('a', 'b');
    expect(overdue(1)).toEqual([]);
    expect(hasMore()).toBe(true);
    expect(ask(2)).toEqual(['a', 'b']);
    expect(hasMore()).toBe(false);
    expect(overdue(2)).toEqual(['a', 'b']);
    expect(acknowledge(2)).toEqual(['a!', 'b!']);
    expect(isComplete()).toBe(true);
  });

  it('may be acknowledged late, before they were asked for again or after', () => {
    for (const again of [false, true]) {
      const { ask, overdue, hasMore, acknowledge } = asked('a');
      overdue(1);
      if (again) ask(2);
      expect(acknowledge(1)).toEqual(['a!']);
      expect(hasMore()).toBe(false);
      expect(overdue(2)).toEqual([]);
      expect(acknowledge(2)).toEqual([]);
    }
  });

  it('are none where they were acknowledged or left', () => {
    const { wanted, giveUp, overdue, acknowledge, hasMore } = asked('a');
    acknowledge(1);
    expect(overdue(1)).toEqual([]);
    const other = asked('a');
    other.wanted.clear();
    other.giveUp();
    expect(other.overdue(1)).toEqual([]);
    expect(other.hasMore()).toBe(false);
    expect(hasMore()).toBe(false);
    expect(wanted.size).toBe(1);
    expect(giveUp()).toEqual([]);
  });
});

describe('what was acknowledged', () => {
  it('is what was then and still is', () => {
    const { wanted, ask, giveUp, acknowledge, acknowledged } = asked('a', 'b');
    expect(acknowledged()()).toEqual([]);
    acknowledge(1);
    const now = acknowledged();
    expect(now()).toEqual(['a', 'b']);
    wanted.delete('a');
    wanted.set('c', 'C');
    giveUp();
    ask(2);
    acknowledge(2);
    expect(now()).toEqual(['b']);
    expect(acknowledged()()).toEqual(['b', 'c']);
  });
});

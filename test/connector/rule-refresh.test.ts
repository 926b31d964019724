import { createRuleRefresh } from '../../src/connector/rule-refresh.js';
import { record } from '../support/recording.js';

describe('a refresh of the rules', () => {
  it('is told to who waits for it, once', () => {
    const { ask, asked$ } = createRuleRefresh();
    const waiting = record(asked$);
    expect(waiting.state()).toBe('going on');
    ask();
    ask();
    expect(waiting.values).toHaveLength(1);
    expect(waiting.state()).toBe('completed');
  });

  it('is kept for the next who waits', () => {
    const { ask, asked$ } = createRuleRefresh();
    ask();
    expect(record(asked$).state()).toBe('completed');
    expect(record(asked$).state()).toBe('going on');
  });
});

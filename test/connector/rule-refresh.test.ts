import { createRuleRefresh } from '../../src/connector/rule-refresh.js';
import { ConnectorError } from '../../src/core/errors.js';
import { record } from '../support/recording.js';

const broken = new ConnectorError('invalid_order', 'Not a multiple of the step.', { code: -1013 });

const start = () => createRuleRefresh(new Set([-1013]));

describe('a refresh of the rules', () => {
  it('is told to who waits for it, once', () => {
    const { heed, asked$ } = start();
    const waiting = record(asked$);
    expect(waiting.state()).toBe('going on');
    heed(broken);
    heed(broken);
    expect(waiting.values).toHaveLength(1);
    expect(waiting.state()).toBe('completed');
  });

  it('is kept for the next who waits', () => {
    const { heed, asked$ } = start();
    heed(broken);
    expect(record(asked$).state()).toBe('completed');
    expect(record(asked$).state()).toBe('going on');
  });

  it.each([
    new ConnectorError('invalid_order', 'It would trade at once.', { code: -2010 }),
    new ConnectorError('invalid_order', 'Its amount is no number.'),
  ])('is not asked for by a refusal that is about no rule: $message', (refusal) => {
    const { heed, asked$ } = start();
    heed(refusal);
    expect(record(asked$).state()).toBe('going on');
  });
});

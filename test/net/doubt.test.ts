import { createDoubt } from '../../src/net/doubt.js';
import { record } from '../support/recording.js';

describe('a doubt', () => {
  it('is an error of kind network to all who listen, and to nobody who comes later', () => {
    const { raise, raised$ } = createDoubt(() => 'The account stream');
    const listeners = [record(raised$), record(raised$)];
    raise();
    const later = record(raised$);
    for (const listener of listeners) {
      expect(listener.values).toEqual([]);
      expect(listener.error()).toMatchObject({ kind: 'network' });
      expect(String(listener.error())).toContain('The account stream is silent');
    }
    expect(later.state()).toBe('going on');
  });

  it('may be raised where nobody listens', () => {
    expect(() => createDoubt(() => 'It').raise()).not.toThrow();
  });
});

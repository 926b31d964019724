import { Observable, type Subscriber } from 'rxjs';
import { shareLive, type Tell } from '../../src/connector/share-live.js';
import { ConnectorError } from '../../src/core/errors.js';
import type { Gapped } from '../../src/core/gapped.js';
import { record } from '../support/recording.js';

type Event = Gapped<string>;

const data = (value: string): Event => ({ kind: 'data', value, backfilled: false });
const gap: Event = { kind: 'gap', since: 0, cause: new ConnectorError('network', 'lost') };
const resumed: Event = { kind: 'resumed', recovered: 'complete' };

const createWorld = () => {
  const sources: { readonly tell: Tell<string>; readonly source: Subscriber<Event> }[] = [];
  let open = 0;
  const { gapped$, data$ } = shareLive<string>(
    (tell) =>
      new Observable((source) => {
        sources.push({ tell, source });
        open += 1;
        return () => (open -= 1);
      }),
  );
  return { gapped$, data$, source: (index: number) => sources[index]!, open: () => open };
};

describe('a live state', () => {
  it('is had once for all, with its gaps and without', () => {
    const { gapped$, data$, source, open } = createWorld();
    const [plain, gapped] = [record(data$), record(gapped$)];
    source(0).source.next(data('a'));
    source(0).tell(data('b'));
    source(0).source.next(gap);
    source(0).source.next(resumed);
    source(0).source.next(data('c'));
    expect(plain.values).toEqual(['a', 'b', 'c']);
    expect(gapped.values).toEqual([data('a'), data('b'), gap, resumed, data('c')]);
    expect(open()).toBe(1);
    plain.stop();
    expect(open()).toBe(1);
    gapped.stop();
    expect(open()).toBe(0);
  });

  it('begins with what was told last, but not with what was lost', () => {
    const { gapped$, data$, source } = createWorld();
    record(data$);
    source(0).source.next(data('a'));
    source(0).tell(data('b'));
    expect(record(data$).values).toEqual(['b']);
    expect(record(gapped$).values).toEqual([data('b')]);
    source(0).source.next(gap);
    expect(record(data$).values).toEqual([]);
    expect(record(gapped$).values).toEqual([gap]);
  });

  it('begins anew for those who come after all have left', () => {
    const { data$, source } = createWorld();
    const first = record(data$);
    source(0).source.next(data('a'));
    first.stop();
    const second = record(data$);
    expect(second.values).toEqual([]);
    source(1).source.next(data('b'));
    expect(second.values).toEqual(['b']);
  });

  it('is not told to who begins anew while it is told', () => {
    const { gapped$, data$, source } = createWorld();
    const values: string[] = [];
    const join = () => data$.subscribe((value) => values.push(value));
    const first = gapped$.subscribe(() => {
      first.unsubscribe();
      join();
    });
    source(0).source.next(data('of the old one'));
    expect(values).toEqual([]);
    source(1).source.next(data('of the new one'));
    expect(values).toEqual(['of the new one']);
  });

  it('errors and ends for all', () => {
    const cause = new Error('unknown pair');
    const failed = createWorld();
    const [plain, gapped] = [record(failed.data$), record(failed.gapped$)];
    failed.source(0).source.error(cause);
    expect([plain.error(), gapped.error()]).toEqual([cause, cause]);
    const ended = createWorld();
    const last = record(ended.data$);
    ended.source(0).source.complete();
    expect(last.state()).toBe('completed');
  });
});

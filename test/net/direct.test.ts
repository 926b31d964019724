import fc from 'fast-check';
import { config, map, Subject, Subscription, type Observable } from 'rxjs';
import { Broadcast, tellOne } from '../../src/net/broadcast.js';
import { direct } from '../../src/net/direct.js';

/** Something that is told to many. */
interface Source {
  readonly value$: Observable<number>;
  readonly next: (value: number) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

const plain = (): Source => {
  const subject = new Subject<number>();
  return {
    value$: subject,
    next: (value) => subject.next(value),
    error: (error) => subject.error(error),
    complete: () => subject.complete(),
  };
};

const short = (): Source => {
  const broadcast = new Broadcast<number>();
  const end$ = new Subject<never>();
  return {
    value$: direct((take, owner) => {
      broadcast.add(take, owner);
      return end$.subscribe(owner);
    }),
    next: (value) => broadcast.next(value),
    error: (error) => end$.error(error),
    complete: () => end$.complete(),
  };
};

const forms = {
  function: (value$: Observable<number>, hear: (value: number) => void) => value$.subscribe(hear),
  observer: (value$: Observable<number>, hear: (value: number) => void) =>
    value$.subscribe({ next: hear, error: () => hear(-1), complete: () => hear(-2) }),
  operator: (value$: Observable<number>, hear: (value: number) => void) =>
    value$.pipe(map((value) => value)).subscribe(hear),
};

const MOST = 8;

const form = fc.constantFrom('function', 'observer', 'operator' as const);

/** What a subscriber does when it hears a value. */
const what = fc.constantFrom(
  ...(['nothing', 'throw', 'leave', 'evict', 'join', 'tell', 'fail', 'end'] as const),
);
const deed = fc.record({ who: fc.nat(MOST), value: fc.nat(12), what, whom: fc.nat(MOST), form });
const script = fc.record({
  subscribers: fc.array(form, { maxLength: MOST / 2 }),
  deeds: fc.array(deed, { maxLength: 20 }),
});
type Script = typeof script extends fc.Arbitrary<infer T> ? T : never;

/** All that was heard and reported, in its order. */
const play = (source: Source, { subscribers, deeds }: Script) => {
  const heard: string[] = [];
  config.onUnhandledError = (error) => heard.push(`reported ${String(error)}`);
  const subscriptions: Subscription[] = [];
  let last = 0;
  const tell = (): void => {
    if (last < 12) source.next((last += 1));
  };
  const join = (form: keyof typeof forms): void => {
    const me = subscriptions.length;
    if (me > MOST) return;
    const subscription = new Subscription();
    subscriptions.push(subscription);
    subscription.add(
      forms[form](source.value$, (value) => {
        heard.push(`${me} heard ${value}`);
        for (const { whom, what, form } of deeds.filter(
          ({ who, value: on }) => who === me && on === value,
        )) {
          if (what === 'throw') throw new Error(`${me} at ${value}`);
          if (what === 'leave') subscription.unsubscribe();
          if (what === 'evict') subscriptions[whom]?.unsubscribe();
          if (what === 'join') join(form);
          if (what === 'tell') tell();
          if (what === 'fail') source.error(new Error(`by ${me}`));
          if (what === 'end') source.complete();
        }
      }),
    );
  };
  subscribers.forEach(join);
  while (last < 12) tell();
  jest.runAllTimers();
  return { heard, closed: subscriptions.map(({ closed }) => closed) };
};

describe('what is told to plain functions directly', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    config.onUnhandledError = null;
  });

  it('is told as by a Subject, whoever comes, leaves, throws, tells more or ends it meanwhile', () => {
    fc.assert(
      fc.property(script, (one) => {
        expect(play(short(), one)).toEqual(play(plain(), one));
      }),
      { numRuns: 2_000 },
    );
  });

  it('reports what a function throws at once, and does not end it for that', () => {
    const heard: string[] = [];
    config.onUnhandledError = (error) => heard.push(String(error));
    const value$ = direct<number>((take) => {
      tellOne(take, 1);
      tellOne(take, 2);
      return new Subscription();
    });
    const subscription = value$.subscribe((value) => {
      heard.push(`${value}`);
      throw new Error(`at ${value}`);
    });
    jest.runAllTimers();
    expect(heard).toEqual(['1', '2', 'Error: at 1', 'Error: at 2']);
    expect(subscription.closed).toBe(false);
  });

  it('takes observers that do not ask for values, and none at all', () => {
    const source = short();
    const heard: string[] = [];
    source.value$.subscribe({ complete: () => heard.push('end') });
    source.value$.subscribe();
    source.next(1);
    source.complete();
    expect(heard).toEqual(['end']);
  });
});

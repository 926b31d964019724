/** What one connection was asked for, of what is wanted. */
export interface Subscriptions<Listener> {
  /** Takes the next topics to give up, as many as one message may name. */
  readonly giveUp: () => readonly string[];
  /** Takes the next topics to ask for, as many as one message may name; `id` is that of the message. */
  readonly ask: (id: number) => readonly string[];
  /** Whether there is more to give up or to ask for. */
  readonly hasMore: () => boolean;
  /** The exchange has acknowledged this message: the listeners that it had not acknowledged before. */
  readonly acknowledge: (id: number) => readonly Listener[];
  /**
   * The exchange has refused this message: its topics, which are asked for again when they would be overdue,
   * each in a message of its own. None where it is not known what the message was about.
   */
  readonly refuse: (id: number) => readonly string[];
  /**
   * Which topics of this message the exchange has not acknowledged although they were asked for twice.
   * Those that were asked for once are asked for again.
   */
  readonly overdue: (id: number) => readonly string[];
  /** Whether all that is wanted is acknowledged or refused, and nothing else is asked for. */
  readonly isComplete: () => boolean;
  /** The topics that are acknowledged now; the returned function tells which of them still are, later. */
  readonly acknowledged: () => () => readonly string[];
}

interface Ask<Listener> {
  readonly listener: Listener;
  attempts: number;
  isAcknowledged: boolean;
  isRefused: boolean;
  /** Whether it is to be asked for again. */
  isDue: boolean;
}

type Asks<Listener> = readonly (readonly [topic: string, ask: Ask<Listener>])[];

/** How often a topic is asked for. */
const ATTEMPTS = 2;

/**
 * The subscriptions of a connection that was asked for nothing yet. `wanted` says for whom each topic
 * is, and changes as it likes; a topic that was left and wanted again has another listener, and is given
 * up and asked for anew.
 */
export const createSubscriptions = <Listener>(
  wanted: ReadonlyMap<string, Listener>,
  topicsPerMessage: number,
): Subscriptions<Listener> => {
  const asks = new Map<string, Ask<Listener>>();
  const messages = new Map<number, Asks<Listener>>();

  const isSurplus = ([topic, { listener }]: Asks<Listener>[number]): boolean =>
    wanted.get(topic) !== listener;
  /** One that has to be given up first, since another listener had it, is not missing yet. */
  const isMissing = ([topic]: readonly [string, Listener]): boolean =>
    asks.get(topic)?.isDue ?? true;
  const isOpen = ([topic, ask]: Asks<Listener>[number]): boolean =>
    asks.get(topic) === ask && !ask.isAcknowledged;
  const openOf = (id: number): Asks<Listener> => (messages.get(id) ?? []).filter(isOpen);
  /** The ask of a topic, counted once more: a late answer to the message before is welcome still. */
  const renew = (topic: string, listener: Listener): Ask<Listener> => {
    const fresh = {
      listener,
      attempts: 0,
      isAcknowledged: false,
      isRefused: false,
      isDue: false,
    };
    const ask = asks.get(topic) ?? fresh;
    ask.attempts += 1;
    ask.isDue = false;
    asks.set(topic, ask);
    return ask;
  };

  const wasRefused = ([topic]: readonly [string, Listener]): boolean =>
    asks.get(topic)?.isRefused === true;
  /** What was refused together is asked for one by one: the others of a message are not at fault. */
  const nextOf = (missing: readonly (readonly [string, Listener])[]): typeof missing => {
    const unblamed = missing.filter((one) => !wasRefused(one));
    return unblamed.length > 0 ? unblamed.slice(0, topicsPerMessage) : missing.slice(0, 1);
  };

  return {
    giveUp: () => {
      const topics = [...asks]
        .filter(isSurplus)
        .slice(0, topicsPerMessage)
        .map(([topic]) => topic);
      topics.forEach((topic) => asks.delete(topic));
      return topics;
    },
    ask: (id) => {
      const missing = nextOf([...wanted].filter(isMissing));
      const asked = missing.map(([topic, listener]) => [topic, renew(topic, listener)] as const);
      if (asked.length > 0) messages.set(id, asked);
      return asked.map(([topic]) => topic);
    },
    hasMore: () => [...asks].some(isSurplus) || [...wanted].some(isMissing),
    acknowledge: (id) => {
      const open = openOf(id);
      messages.delete(id);
      return open.map(([, ask]) => {
        ask.isAcknowledged = true;
        ask.isRefused = false;
        ask.isDue = false;
        return ask.listener;
      });
    },
    refuse: (id) => {
      const open = openOf(id);
      open.forEach(([, ask]) => (ask.isRefused = true));
      return open.map(([topic]) => topic);
    },
    overdue: (id) => {
      const open = openOf(id);
      open.forEach(([, ask]) => (ask.isDue = true));
      // It was answered, and no other answer to it will come.
      if (open.some(([, { isRefused }]) => isRefused)) messages.delete(id);
      return open
        .filter(([, { attempts, isRefused }]) => !isRefused && attempts >= ATTEMPTS)
        .map(([topic]) => topic);
    },
    isComplete: () =>
      asks.size === wanted.size &&
      [...wanted].every(([topic, listener]) => {
        const ask = asks.get(topic);
        return ask?.listener === listener && (ask.isAcknowledged || ask.isRefused);
      }),
    acknowledged: () => {
      const then = [...asks].filter(([, { isAcknowledged }]) => isAcknowledged);
      return () => then.filter(([topic, ask]) => asks.get(topic) === ask).map(([topic]) => topic);
    },
  };
};

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
   * Which topics of this message the exchange has not acknowledged although they were asked for twice.
   * Those that were asked for once are asked for again.
   */
  readonly overdue: (id: number) => readonly string[];
  /** Whether all that is wanted is acknowledged, and nothing else is asked for. */
  readonly isComplete: () => boolean;
  /** The topics that are acknowledged now; the returned function tells which of them still are, later. */
  readonly acknowledged: () => () => readonly string[];
}

interface Ask<Listener> {
  readonly listener: Listener;
  attempts: number;
  isAcknowledged: boolean;
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
    const fresh = { listener, attempts: 0, isAcknowledged: false, isDue: false };
    const ask = asks.get(topic) ?? fresh;
    ask.attempts += 1;
    ask.isDue = false;
    asks.set(topic, ask);
    return ask;
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
      const missing = [...wanted].filter(isMissing).slice(0, topicsPerMessage);
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
        ask.isDue = false;
        return ask.listener;
      });
    },
    overdue: (id) => {
      const open = openOf(id);
      open.forEach(([, ask]) => (ask.isDue = true));
      return open.filter(([, { attempts }]) => attempts >= ATTEMPTS).map(([topic]) => topic);
    },
    isComplete: () =>
      asks.size === wanted.size &&
      [...wanted].every(([topic, listener]) => {
        const ask = asks.get(topic);
        return ask?.listener === listener && ask.isAcknowledged;
      }),
    acknowledged: () => {
      const then = [...asks].filter(([, { isAcknowledged }]) => isAcknowledged);
      return () => then.filter(([topic, ask]) => asks.get(topic) === ask).map(([topic]) => topic);
    },
  };
};

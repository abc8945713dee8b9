import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../storage/db.ts';
import { forgetNode, saveReaders } from './audience.store.ts';
import { readersElsewhere } from './audience.views.ts';

/** Of so many topics a node tells the others; the rest of a long tail is counted on its own node. */
const TOLD = 3000;
const FRESH_MS = 45_000;
const RENEW_MS = 20_000;
const COUNTED = /^(?:site$|article:|storyline:)/;

export type Present = {
  /** Readers of a topic of the live channel on all nodes, as of the last look. */
  readers(topic: string): number;
  /** The topics most listened to, the fullest first. */
  fullest(prefix: string, limit: number): { topic: string; readers: number }[];
  /** Looks at what is listened to here and elsewhere; answers with the topics of which the number has moved. */
  look(here: ReadonlyMap<string, number>): Promise<Map<string, number>>;
  stop(): Promise<void>;
};

/**
 * How many read something now: open streams of the live channel, and those who poll. It is a number of connections, of which nothing is
 * known; nodes tell each other by one row each.
 */
export function makePresent(db: Db, clock: Clock): Present {
  const node = randomUUID();
  let all = new Map<string, number>();
  let saved = '';
  let savedAt = 0;

  return {
    readers: (topic) => all.get(topic) ?? 0,
    fullest: (prefix, limit) =>
      [...all]
        .filter(([topic]) => topic.startsWith(prefix))
        .map(([topic, readers]) => ({ topic, readers }))
        .toSorted((a, b) => b.readers - a.readers)
        .slice(0, limit),
    look: async (here) => {
      const now = Date.parse(clock.now());
      const own = new Map([...here].filter(([topic, count]) => count > 0 && COUNTED.test(topic)));
      const told = Object.fromEntries([...own].toSorted((a, b) => b[1] - a[1]).slice(0, TOLD));
      const text = JSON.stringify(told);
      // A node with nobody on it leaves the database alone.
      if (text !== saved || (text !== '{}' && now - savedAt > RENEW_MS)) {
        await db.write((tx) => saveReaders(tx, { node, now: clock.now(), readers: told }));
        saved = text;
        savedAt = now;
      }
      const sum = await readersElsewhere(db.read, { node, since: new Date(now - FRESH_MS).toISOString() });
      for (const [topic, count] of own) sum.set(topic, (sum.get(topic) ?? 0) + count);
      const moved = new Map<string, number>();
      for (const topic of new Set([...sum.keys(), ...all.keys()])) {
        const count = sum.get(topic) ?? 0;
        if (count !== (all.get(topic) ?? 0)) moved.set(topic, count);
      }
      all = sum;
      return moved;
    },
    stop: () =>
      db.write((tx) =>
        forgetNode(tx, { node, before: new Date(Date.parse(clock.now()) - 86_400_000).toISOString() }),
      ),
  };
}

import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { catchUp, type Desk, type Kept, keepRevision } from './documents.ts';
import { unrevised } from './documents.views.ts';
import { type Exchange, lookAround, openRoom, type Peer, type Room } from './room.ts';

/** A state is kept as a revision this long after the last keystroke, and at the latest so long after the first. */
const QUIET_MS = 10_000;
const LONG_MS = 60_000;
/** What a message to other processes may hold, in bytes of text. */
const SIGNAL_MAX = 7000;
/** How long a room stays open after its last editor: who reloads the page finds it. */
const LINGER_MS = 5000;

export type Hub = {
  /** The room of an article, opened where it is not. */
  enter(articleId: string): Promise<Room>;
  /** One exchange by HTTP, where sockets do not pass. */
  exchange(
    articleId: string,
    by: { userId: string; mayWrite: boolean },
    given: Exchange,
  ): Promise<{ update: Uint8Array; vector: Uint8Array }>;
  /** Makes a revision of everything that editors here have sent. @throws Problem `not-found` */
  save(order: { readonly articleId: string; readonly by: string; readonly restore?: number }): Promise<Kept>;
  /** Tells everyone who has the article open in this process that its threads have changed; others learn it by signal. */
  threadsChanged(articleId: string): Promise<void>;
  /** Keeps revisions of what has become quiet, in whichever process it was written. */
  keepQuiet(): Promise<void>;
  /** Takes what other processes and the API have written. */
  look(): Promise<void>;
  /** Ends the sockets of those who may no longer read or write. */
  recheck(): Promise<void>;
  close(): Promise<void>;
};

/** A peer whose right to be here is asked again now and then; undefined: it may stay. */
export type CheckedPeer = Peer & { check(): Promise<{ code: number; reason: string } | undefined> };

export async function makeHub(options: Desk & { readonly fault: (cause: unknown) => void }): Promise<Hub> {
  const { db, clock, fault } = options;
  const node = newId();
  const rooms = new Map<string, Room>();
  const opening = new Map<string, Promise<Room>>();
  let closed = false;

  const signal = async (message: Record<string, string>): Promise<void> => {
    const text = JSON.stringify({ ...message, node });
    if (text.length <= SIGNAL_MAX) await db.dialect.signal(text);
  };
  const stopHearing = await db.dialect.hearSignals((text) => {
    const message = parseSignal(text);
    if (message === undefined || message['node'] === node) return;
    const room = rooms.get(message['article'] ?? '');
    if (room === undefined) return;
    if (message['awareness'] !== undefined) room.hearElsewhere(fromBase64(message['awareness']));
    else if (message['threads'] !== undefined) room.tell({ kind: 'threads' });
    else void hub.look().catch(fault);
  });

  async function enter(articleId: string): Promise<Room> {
    if (closed) throw new Problem('unavailable', 'This process is about to end.', 'Try again.');
    const open = rooms.get(articleId);
    if (open !== undefined) return open;
    const waiting =
      opening.get(articleId) ??
      openRoom({
        ...options,
        articleId,
        save: (peer) => hub.save({ articleId, by: peer.userId }),
        signal: (awareness) =>
          void signal({ article: articleId, awareness: toBase64(awareness) }).catch(fault),
        wrote: () => void signal({ article: articleId, wrote: '1' }).catch(fault),
      }).finally(() => opening.delete(articleId));
    opening.set(articleId, waiting);
    const room = await waiting;
    rooms.set(articleId, room);
    return room;
  }

  /** Lets go of rooms without editors, a while after the last has left. */
  function sweep(): void {
    for (const [articleId, room] of rooms) {
      if (room.peers.size > 0 || room.idleSince() === undefined) continue;
      if (Date.now() - (room.idleSince() ?? 0) < LINGER_MS || !room.settled()) continue;
      rooms.delete(articleId);
      room.close(1001, 'left');
    }
  }

  async function keep(
    articleId: string,
    order: { origin: 'kept' | 'saved' | 'restored'; by?: string; restore?: number },
  ): Promise<Kept> {
    await rooms.get(articleId)?.flushed();
    for (let attempt = 1; ; attempt += 1) {
      try {
        const kept = await keepRevision(options, { articleId, ...order });
        await hub.look();
        return kept;
      } catch (cause) {
        // Somebody saved through the API in this very moment; their revision is merged at the next attempt.
        if (!(cause instanceof Problem) || cause.kind !== 'precondition-failed' || attempt === 5) throw cause;
      }
    }
  }

  const hub: Hub = {
    enter,
    exchange: async (articleId, by, given) => (await enter(articleId)).exchange(by, given),
    save: ({ articleId, by, restore }) =>
      keep(articleId, {
        origin: restore === undefined ? 'saved' : 'restored',
        by,
        ...(restore === undefined ? {} : { restore }),
      }),
    threadsChanged: async (articleId) => {
      rooms.get(articleId)?.tell({ kind: 'threads' });
      await signal({ article: articleId, threads: '1' });
    },
    keepQuiet: async () => {
      const now = Date.parse(clock.now());
      const before = (ms: number): string => new Date(now - ms).toISOString();
      for (const articleId of await unrevised(db.read, { quiet: before(QUIET_MS), long: before(LONG_MS) }))
        await keep(articleId, { origin: 'kept' });
      sweep();
    },
    look: async () => {
      if (rooms.size === 0) return;
      const outside = await lookAround(db, rooms);
      for (const articleId of outside) await catchUp(options, articleId);
      if (outside.length > 0) await lookAround(db, rooms);
    },
    recheck: async () => {
      for (const room of rooms.values())
        for (const peer of room.peers) {
          const ended = await (peer as CheckedPeer).check();
          if (ended !== undefined) peer.close(ended.code, ended.reason);
        }
    },
    close: async () => {
      closed = true;
      await stopHearing();
      for (const room of rooms.values()) {
        await room.flushed();
        room.close(1012, 'the server restarts');
      }
      rooms.clear();
    },
  };
  return hub;
}

function parseSignal(text: string): Record<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
}

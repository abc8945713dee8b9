import { expect, test } from 'vitest';
import { eachDatabase } from '../../tests/support/database.ts';
import { manualClock } from '../base/clock.ts';
import type { Db } from './db.ts';
import { type FollowOptions, followOutbox } from './outbox.follow.ts';
import { appendEvents, latestSeq, type OutboxEvent, type Subscriber } from './outbox.ts';
import { pruneEvents } from './outbox.store.ts';

const quiet: FollowOptions = { log: { error: () => undefined }, pollMs: 3_600_000 };

const append = (db: Db, from: number, count = 1): Promise<void> =>
  db.write((tx) =>
    appendEvents(
      db,
      tx,
      Array.from({ length: count }, (_, i) => ({ topic: 't', payload: { n: from + i } })),
    ),
  );

function recorder(name: string, durable: boolean): Subscriber & { seen: number[]; batches: number[] } {
  const seen: number[] = [];
  const batches: number[] = [];
  return {
    name,
    durable,
    seen,
    batches,
    handle: async (events: readonly OutboxEvent[]) => {
      batches.push(events.length);
      for (const event of events) seen.push(event.payload['n'] as number);
    },
  };
}

eachDatabase('followers of the outbox', (open) => {
  test('a durable one gets everything in order from its saved position, a memory one what comes after it began', async () => {
    const db = await open();
    await append(db, 1, 1203);
    const durable = recorder('d', true);
    const memory = recorder('m', false);
    const first = await followOutbox(db, [durable, memory], quiet);
    await first.drain();
    expect(durable.seen).toEqual(Array.from({ length: 1203 }, (_, i) => i + 1));
    expect(Math.max(...durable.batches)).toBe(500);
    expect(memory.seen).toEqual([]);
    await append(db, 1204);
    await first.drain();
    expect(memory.seen).toEqual([1204]);
    await first.stop();
    await append(db, 1205);
    const again = recorder('d', true);
    const second = await followOutbox(db, [again], quiet);
    await second.drain();
    expect(again.seen).toEqual([1205]);
    await second.stop();
  });

  test('a commit wakes them without a drain or a poll', async () => {
    const db = await open();
    let heard: (n: unknown) => void = () => undefined;
    const hearing = new Promise((resolve) => (heard = resolve));
    const follower = await followOutbox(
      db,
      [{ name: 'd', durable: true, handle: async (events) => heard(events[0]?.payload['n']) }],
      quiet,
    );
    await append(db, 7);
    expect(await hearing).toBe(7);
    await follower.stop();
  });

  test('one that fails gets its events again and holds nobody else up', async () => {
    const db = await open();
    const good = recorder('good', true);
    let failures = 2;
    const seen: unknown[] = [];
    const faults: unknown[] = [];
    const bad: Subscriber = {
      name: 'bad',
      durable: true,
      handle: async (events) => {
        if ((failures -= 1) >= 0) throw new Error('not yet');
        seen.push(...events.map((event) => event.payload['n']));
      },
    };
    const follower = await followOutbox(db, [bad, good], {
      ...quiet,
      log: { error: (details) => void faults.push(details['subscriber']) },
    });
    await append(db, 1, 3);
    await follower.drain();
    expect(good.seen).toEqual([1, 2, 3]);
    expect(seen).toEqual([1, 2, 3]);
    expect(faults).toEqual(['bad', 'bad']);
    await follower.stop();
  });

  test('drain tells when one keeps failing, lag says who is behind, and stop gives up waiting', async () => {
    const db = await open();
    const never: Subscriber = {
      name: 'never',
      durable: false,
      handle: async () => {
        throw new Error('broken for good');
      },
    };
    const follower = await followOutbox(db, [never], quiet);
    await append(db, 1, 2);
    await expect(follower.drain()).rejects.toThrow('broken for good');
    expect(await follower.lag()).toEqual([{ subscriber: 'never', events: 2, fault: 'broken for good' }]);
    await follower.stop();
  });

  test('of two nodes one does the work; the other takes over when the first is gone, and also when it is dead', async () => {
    const db = await open();
    const clock = manualClock('2026-01-01T00:00:00.000Z');
    const one = recorder('shared', true);
    const two = recorder('shared', true);
    const a = await followOutbox(db, [one], { ...quiet, clock });
    await append(db, 1);
    await a.drain();
    const b = await followOutbox(db, [two], { ...quiet, clock, pollMs: 20 });
    await append(db, 2);
    await Promise.all([a.drain(), b.drain()]);
    expect([...one.seen, ...two.seen].sort((x, y) => x - y)).toEqual([1, 2]);
    await a.stop();
    await append(db, 3);
    await b.drain();
    expect(two.seen).toContain(3);
    await b.stop();

    // A dead node: its lease stands, nobody renews it.
    await db.write((tx) =>
      tx
        .updateTable('outbox_positions')
        .set({ lease_owner: 'dead', lease_until: '2026-01-01T00:00:30.000Z' })
        .execute(),
    );
    const three = recorder('shared', true);
    const c = await followOutbox(db, [three], { ...quiet, clock, pollMs: 10 });
    await append(db, 4);
    const drained = c.drain();
    expect(three.seen).toEqual([]);
    clock.advance(31_000);
    await drained;
    expect(three.seen).toEqual([4]);
    await c.stop();
  });

  test('only what is old and what everyone has passed is removed, and never the newest', async () => {
    const db = await open();
    await append(db, 1, 10);
    const later = new Date(Date.now() + 60_000).toISOString();
    const prune = (before: string) => db.write((tx) => pruneEvents(tx, { before, limit: 100 }));
    const follower = await followOutbox(db, [recorder('d', true)], quiet);
    await follower.drain();
    await append(db, 11, 5);
    await follower.stop();
    await db.write((tx) => tx.updateTable('outbox_positions').set({ seq: 10 }).execute());
    expect(await prune('2020-01-01T00:00:00.000Z')).toBe(0);
    expect(await prune(later)).toBe(10);
    await db.write((tx) => tx.updateTable('outbox_positions').set({ seq: 15 }).execute());
    expect(await prune(later)).toBe(4);
    expect(await latestSeq(db.read)).toBe(15);
  });
});

import { request } from 'node:http';
import { expect, test } from 'vitest';
import { createUser } from '../../src/features/accounts/accounts.ts';
import { type Posted, submitComment, type Writer } from '../../src/features/discussion/discussion.ts';
import { makeModerator } from '../../src/features/moderation/moderation.ts';
import { queuePage } from '../../src/features/moderation/queue.views.ts';
import { newsroomOn } from '../support/newsroom.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';

const COMMENTS = 5000;
const MINUTE = 60_000;

/** How long a request takes, in ms, to the last byte. @throws Error for anything but 200 */
function timed(address: string, headers: Record<string, string> = {}): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(address, { headers, agent: false }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(performance.now() - start)
          : reject(new Error(`${address} answered ${response.statusCode}`)),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

function p95(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test(
  'a flood of 5,000 comments a minute leaves reading as fast as it was, and the queue usable',
  { timeout: 360_000 },
  async () => {
    let articleId = '';
    let path = '';
    let other = '';
    await using site = await runSite({
      fill: async (house) => {
        const paper = await newsroomOn(house.db);
        articleId = await paper.story({ headline: 'Under the flood' });
        await paper.story({ headline: 'Another story' });
        const rows = await house.db.read.selectFrom('articles').select(['id', 'path']).execute();
        path = rows.find((row) => row.id === articleId)?.path ?? '';
        other = rows.find((row) => row.id !== articleId)?.path ?? '';
      },
    });
    const { house, address } = site;
    const moderator = makeModerator(house);
    const room = { db: house.db, clock: house.clock, moderator };
    const writers: Writer[] = await house.db.write(async (tx) => {
      const made: Writer[] = [];
      for (let n = 0; n < 500; n += 1) {
        const name = `Flooder ${n}`;
        const email = `flood-${n}@readers.example`;
        const userId = await createUser(tx, house.clock, { email, name, role: 'reader' });
        made.push({ kind: 'account', userId, name, role: 'reader' });
      }
      return made;
    });
    const mod = await signedIn(house, 'moderator');
    const read = async (times: number[]): Promise<void> => {
      for (const each of [path, other, '/', `/discussion/${articleId}`])
        times.push(await timed(address + each));
    };
    for (let n = 0; n < 10; n += 1) await read([]);
    const before: number[] = [];
    for (let n = 0; n < 100; n += 1) await read(before);

    // Each comes at its time of the minute, as from a network of machines; none waits for another.
    const posted: Promise<Posted>[] = [];
    let flooding = true;
    const flood = (async () => {
      const start = performance.now();
      for (let n = 0; n < COMMENTS; n += 1) {
        const due = start + (n * MINUTE) / COMMENTS;
        if (due > performance.now()) await pause(due - performance.now());
        const writer = writers[n % writers.length];
        if (writer === undefined) break;
        const text = `Buy number ${n} at shop${n % 50}.example and be happy with it every day`;
        posted.push(submitComment(room, { articleId, writer, text }));
      }
      await Promise.all(posted);
      flooding = false;
    })();
    const during: number[] = [];
    const queue: number[] = [];
    while (flooding) {
      await read(during);
      queue.push(await timed(`${address}/api/v1/moderation/queues/pending`, { cookie: mod.cookie }));
      await pause(100);
    }
    await flood;
    const all = await Promise.all(posted);
    const counts = await house.db.read.selectFrom('moderation_counts').selectAll().execute();
    const rows = await house.db.read.selectFrom('moderation_queue').select(['queue', 'comment_id']).execute();
    for (const { queue: name, items } of counts)
      expect([name, Number(items)]).toEqual([name, rows.filter((row) => row.queue === name).length]);
    expect(all.length).toBe(COMMENTS);
    const held = all.filter(({ state }) => state === 'held').length;
    // Copies with another number in them are copies.
    expect(held).toBeGreaterThan(COMMENTS * 0.8);
    const figures = { before: p95(before), during: p95(during), queue: p95(queue), held };
    console.log(
      `reading p95 before ${figures.before.toFixed(1)} ms, during ${figures.during.toFixed(1)} ms; queue p95 ${figures.queue.toFixed(1)} ms; ${held} of ${COMMENTS} held`,
    );
    const page = await queuePage(house.db.read, {
      queue: 'pending',
      limit: 50,
      after: undefined,
      now: house.clock.now(),
      language: 'en',
    });
    expect(page).toHaveLength(50);
    // A moderator clears what came in, two hundred at a stroke.
    const reject = await fetch(`${address}/api/v1/moderation/decisions`, {
      method: 'POST',
      headers: { ...mod.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ comments: page.map(({ id }) => id), action: 'reject', standard: 'subject' }),
    });
    expect(reject.status).toBe(200);
    expect(figures.during).toBeLessThan(Math.max(100, figures.before * 20));
    expect(figures.queue).toBeLessThan(1000);
  },
);

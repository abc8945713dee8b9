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

type Asked = { readonly ms: number; readonly comments: number };

function p95(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('a flood of 5,000 copies a minute lets one through, and nobody who reads or moderates waits for it', async () => {
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
  let done = 0;
  // How long a request takes, and how many comments are done while it waits: the clock of a test on whatever machine.
  const ask = async (seen: Asked[], where: string, headers?: Record<string, string>): Promise<void> => {
    const from = done;
    const ms = await timed(address + where, headers);
    seen.push({ ms, comments: done - from });
  };
  const read = async (seen: Asked[]): Promise<void> => {
    for (const each of [path, other, '/', `/discussion/${articleId}`]) await ask(seen, each);
  };
  for (let n = 0; n < 10; n += 1) await read([]);
  const before: Asked[] = [];
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
      const one = submitComment(room, { articleId, writer, text });
      posted.push(one);
      void one.finally(() => (done += 1));
    }
    await Promise.all(posted);
    flooding = false;
  })();
  const during: Asked[] = [];
  const queue: Asked[] = [];
  while (flooding) {
    await read(during);
    await ask(queue, '/api/v1/moderation/queues/pending', { cookie: mod.cookie });
    await pause(100);
  }
  await flood;
  const all = await Promise.all(posted);
  const counts = await house.db.read.selectFrom('moderation_counts').selectAll().execute();
  const rows = await house.db.read.selectFrom('moderation_queue').select(['queue', 'comment_id']).execute();
  for (const { queue: name, items } of counts)
    expect([name, Number(items)]).toEqual([name, rows.filter((row) => row.queue === name).length]);
  expect(all.length).toBe(COMMENTS);
  // Copies with another number in them are copies: the first stands, the others wait for a person.
  const states = all.map(({ state }) => state);
  expect(states.filter((state) => state === 'visible')).toHaveLength(1);
  expect(states.filter((state) => state === 'held')).toHaveLength(COMMENTS - 1);
  const ms = (seen: readonly Asked[]): string => `${p95(seen.map((one) => one.ms)).toFixed(1)} ms`;
  console.log(
    `reading p95 before ${ms(before)}, during ${ms(during)}; queue p95 ${ms(queue)}; ${during.length} pages read meanwhile`,
  );
  // Who reads or moderates does not stand in line behind those who flood.
  expect(p95(during.map(({ comments }) => comments))).toBeLessThan(COMMENTS / 100);
  expect(p95(queue.map(({ comments }) => comments))).toBeLessThan(COMMENTS / 50);
  const page = await queuePage(house.db.read, {
    queue: 'pending',
    limit: 50,
    after: undefined,
    now: house.clock.now(),
    language: 'en',
  });
  expect(page).toHaveLength(50);
  // A moderator clears what came in, a page at a stroke.
  const reject = await fetch(`${address}/api/v1/moderation/decisions`, {
    method: 'POST',
    headers: { ...mod.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ comments: page.map(({ id }) => id), action: 'reject', standard: 'subject' }),
  });
  expect(reject.status).toBe(200);
});

import type { House } from '../../app.ts';
import { createUser } from '../../features/accounts/accounts.ts';
import { noRules, reactTo, submitComment, type Writer } from '../../features/discussion/discussion.ts';

type Said = { readonly who: number; readonly text: string; readonly to?: number };

const PEOPLE = ['Marit Saar', 'Jonas Lind', 'Aino Kask', 'Peter Holm', 'Vera Orlova'] as const;

/** What readers of the sample say, in the order in which they say it; `to` answers an earlier one. */
const TALK: readonly Said[] = [
  {
    who: 0,
    text: 'I was at the harbour when they read it out. What the story leaves open is the *inshore* boats: are they in the quota or not?',
  },
  {
    who: 1,
    to: 0,
    text: 'They are not. The text speaks of vessels **over twelve metres**, and most of ours are ten.',
  },
  {
    who: 2,
    to: 1,
    text: '> vessels over twelve metres\n\nThat was the draft. The signed version says fifteen, which is worse for the small ports.',
  },
  { who: 3, to: 2, text: 'Do you have a source for that, @Aino Kask?' },
  { who: 2, to: 3, text: 'The annex, page four. It is linked at the end of the story.' },
  {
    who: 4,
    text: 'Two things would help:\n\n- a survey that is published before the quotas are set\n- somebody who answers the telephone',
  },
  { who: 0, to: 5, text: 'The second one above all.' },
  { who: 3, text: 'Good reporting. I would like to read the same about the net menders, who nobody asked.' },
];

/** Puts a conversation under the newest stories of the sample. */
export async function fillDiscussions(house: House): Promise<void> {
  const { db } = house;
  const stories = await db.read
    .selectFrom('published_articles')
    .select(['article_id', 'published_at'])
    .where('kind', '=', 'article')
    .where('visibility', '=', 'live')
    .where('language', '=', 'en')
    .orderBy('published_at', 'desc')
    .limit(3)
    .execute();
  const writers: Extract<Writer, { kind: 'account' }>[] = [];
  for (const [i, name] of PEOPLE.entries()) {
    const email = `reader${i + 1}@courier.example`;
    const userId = await db.write((tx) => createUser(tx, house.clock, { email, name, role: 'reader' }));
    writers.push({ kind: 'account', userId, name, role: 'reader' });
  }
  for (const [n, story] of stories.entries()) {
    let at = Date.parse(story.published_at);
    const clock = { now: () => new Date(at).toISOString() };
    const ids: string[] = [];
    for (const { who, text, to } of TALK.slice(0, TALK.length - n * 3)) {
      at += 7 * 60_000;
      const writer = writers[who];
      if (writer === undefined) continue;
      const parentId = to === undefined ? undefined : ids[to];
      const room = { db, clock, moderator: noRules };
      ids.push((await submitComment(room, { articleId: story.article_id, writer, text, parentId })).id);
    }
    for (const [i, commentId] of ids.entries())
      for (const writer of writers.slice(0, (i * 3) % 5))
        await db
          .write((tx) =>
            reactTo(tx, db, { commentId, userId: writer.userId, kind: 'up', on: true, at: clock.now() }),
          )
          .catch(() => undefined);
  }
}

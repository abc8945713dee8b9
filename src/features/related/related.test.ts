import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { newsroomOn, type Story, type TestNewsroom } from '../../../tests/support/newsroom.ts';
import { refreshRelated } from './related.ts';
import { relatedTo } from './related.views.ts';

/** Publishes and lets the related stories be found, as the follower of the outbox does. */
async function told(newsroom: TestNewsroom, story: Story): Promise<string> {
  const id = await newsroom.story(story);
  await refreshRelated(newsroom.db, [id]);
  return id;
}

eachDatabase('related stories', (open) => {
  test('share concepts; a rare one weighs more than a common one, and a storyline counts', async () => {
    const newsroom = await newsroomOn(await open());
    const [common, rare] = [await newsroom.concept('politics'), await newsroom.concept('lighthouse')];
    const storyline = await newsroom.storyline('strike');
    const others: string[] = [];
    for (let n = 0; n < 5; n += 1) others.push(await told(newsroom, { concepts: [common] }));
    const keeper = await told(newsroom, { concepts: [rare] });
    const striking = await told(newsroom, { concepts: [common], storylines: [storyline] });
    const lonely = await told(newsroom, {});
    const story = await told(newsroom, { concepts: [common, rare], storylines: [storyline] });
    const related = await relatedTo(newsroom.db.read, story);
    expect(related).toHaveLength(3);
    expect(related.slice(0, 2).sort()).toEqual([keeper, striking].sort());
    expect(related).not.toContain(story);
    expect(others).toContain(related[2]);
    expect(await relatedTo(newsroom.db.read, lonely)).toEqual([]);
    const sequel = await told(newsroom, { storylines: [storyline] });
    expect((await relatedTo(newsroom.db.read, sequel)).sort()).toEqual([striking, story].sort());
    expect(await relatedTo(newsroom.db.read, keeper), 'the older one learns of the newer').toEqual([story]);
  });

  test('are near in time before they are old', async () => {
    const newsroom = await newsroomOn(await open());
    const concepts = [await newsroom.concept('lighthouse')];
    const old = await told(newsroom, { concepts });
    newsroom.clock.advance(400 * 86_400_000);
    const recent = [await told(newsroom, { concepts }), await told(newsroom, { concepts })];
    const story = await told(newsroom, { concepts });
    const related = await relatedTo(newsroom.db.read, story);
    expect(related.slice(0, 2).sort()).toEqual(recent.sort());
    expect(related[2]).toBe(old);
  });

  test('speak the same language, and leave out drafts, pages and what was withdrawn', async () => {
    const newsroom = await newsroomOn(await open(), { site: { languages: ['en', 'ar'] } });
    const concepts = [await newsroom.concept('lighthouse')];
    await told(newsroom, { concepts, language: 'ar' });
    await newsroom.write({ concepts });
    await told(newsroom, { concepts, kind: 'page', slug: 'about-us' });
    const killed = await told(newsroom, { concepts });
    const story = await told(newsroom, { concepts });
    expect(await relatedTo(newsroom.db.read, story)).toEqual([killed]);
    await newsroom.withdraw(killed);
    const changed = await refreshRelated(newsroom.db, [killed]);
    expect(changed.sort()).toEqual([killed, story].sort());
    expect(await relatedTo(newsroom.db.read, story)).toEqual([]);
    expect(await relatedTo(newsroom.db.read, killed)).toEqual([]);
    expect(await refreshRelated(newsroom.db, [killed, story]), 'a second look changes nothing').toEqual([]);
  });
});

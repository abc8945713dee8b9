import type { House } from '../../app.ts';
import { ModerationSettings } from '../../contract/moderation.ts';
import { createUser } from '../../features/accounts/accounts.ts';
import { submitComment } from '../../features/discussion/discussion.ts';
import {
  decisionById,
  fileAppeal,
  fileNotice,
  fileReport,
  insertRule,
  makeModerator,
  putSettings,
  ruleOn,
} from '../../features/moderation/moderation.ts';

const READERS = ['Ayla Brandt', 'Joao Pires', 'Nadia Haddad', 'Peter Lindqvist', 'Ruth Okafor'] as const;

/** What is said under the newest stories: who, and what. Some of it waits, some is reported, some was removed and is appealed. */
const SAID = [
  {
    by: 0,
    story: 0,
    text: 'Thank you for the table of figures; that is the first time I could follow the budget.',
  },
  { by: 1, story: 0, text: 'What was the vote on the second reading? The article gives only the third.' },
  { by: 2, story: 0, text: 'COULD SOMEBODY PLEASE TELL THE COUNCIL TO READ THIS', waits: true },
  {
    by: 3,
    story: 1,
    text: 'Earn from home: https://quick-money.example/start and https://quick-money.example/proof',
    waits: true,
  },
  { by: 4, story: 1, text: 'Only a numbskull would believe that the bridge pays for itself.', waits: true },
  {
    by: 1,
    story: 1,
    text: 'The reporter clearly has shares in the ferry company.',
    reported: 'misinformation',
  },
  { by: 4, story: 2, text: 'People like them should stay where they came from.', removed: 'person' },
  { by: 0, story: 2, text: 'My neighbour drew the first plans for it, and he is not mentioned with a word.' },
] as const;

/** Makes the queues of the sample newsroom live: comments that wait, that are reported, and one whose removal is appealed. */
export async function fillModeration(house: House, moderatorId: string): Promise<void> {
  const { db, clock } = house;
  const room = { db, clock, origin: 'http://localhost' };
  const stories = await db.read
    .selectFrom('published_articles')
    .select('article_id')
    .where('visibility', '=', 'live')
    .where('kind', '=', 'article')
    .where('language', '=', 'en')
    .orderBy('published_at', 'desc')
    .limit(3)
    .execute();
  if (stories.length < 3) return;
  const moderator = makeModerator(house);
  const readers = await db.write(async (tx) => {
    const by = { by: moderatorId, at: clock.now() };
    await putSettings(tx, { kind: 'site', id: '', settings: ModerationSettings.parse({}) }, by);
    const word = {
      language: 'en',
      inflected: true,
      action: 'hold',
      standard: 'person',
      enabled: true,
      note: '',
    } as const;
    await insertRule(tx, { kind: 'words', rule: { ...word, phrase: 'numbskull' } }, by);
    await insertRule(
      tx,
      {
        kind: 'domain',
        rule: { domain: 'quick-money.example', action: 'hold', standard: 'subject', note: '' },
      },
      by,
    );
    const ids: string[] = [];
    for (const [n, name] of READERS.entries())
      ids.push(
        await createUser(tx, clock, { email: `commenter${n + 1}@courier.example`, name, role: 'reader' }),
      );
    return ids;
  });
  for (const said of SAID) {
    const userId = readers[said.by] ?? '';
    const writer = { kind: 'account' as const, userId, name: READERS[said.by], role: 'reader' as const };
    const articleId = stories[said.story]?.article_id ?? '';
    const { id, state } = await submitComment(
      { db, clock, moderator },
      { articleId, writer, text: said.text },
    );
    if (state !== 'visible') continue;
    await db.write(async (tx) => {
      if ('reported' in said)
        for (const reporter of [readers[0], readers[2]])
          await fileReport(tx, room, {
            commentId: id,
            category: said.reported,
            details: 'There is no proof of it.',
            userId: reporter,
            addressKey: '',
          });
      if (!('removed' in said)) return;
      const [ruled] = await ruleOn(tx, room, {
        commentIds: [id],
        by: { userId: moderatorId, name: 'Mira Okonkwo' },
        ruling: {
          action: 'reject',
          standard: said.removed,
          facts: 'It holds people in contempt for where they come from.',
        },
      });
      const decision = ruled?.decisionId === undefined ? undefined : await decisionById(tx, ruled.decisionId);
      if (decision !== undefined)
        await fileAppeal(tx, room, {
          decision,
          body: 'I meant the geese on the embankment, not anybody’s neighbours.',
        });
    });
  }
  await db.write((tx) =>
    fileNotice(tx, room, {
      notice: {
        url: `${room.origin}/about`,
        category: 'copyright',
        explanation: 'The second photograph of this page was taken by me, and nobody has asked me for it.',
        legalReference: '',
        name: 'Lena Fotiadou',
        email: 'lena@photographs.example',
        goodFaith: true,
        language: 'en',
      },
      userId: undefined,
    }),
  );
}

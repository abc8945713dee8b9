import { expect, test } from 'vitest';
import type { Ruled } from '../../src/contract/moderation.ts';
import { chooseNotices } from '../../src/features/discussion/discussion.ts';
import { noticesSubscriber } from '../../src/features/discussion/notices.events.ts';
import { decisionById, fileAppeal } from '../../src/features/moderation/moderation.ts';
import { readEvents } from '../../src/storage/outbox.ts';
import { eachDatabase } from '../support/database.ts';
import { moderationOn, type TestModeration } from '../support/moderation.ts';

const ORIGIN = 'https://news.example';

/** The mails of the house since the last look, with everybody who writes mail having followed what happened. */
function mailbox({ db, clock }: TestModeration): () => Promise<{ subject: string; text: string }[]> {
  const notices = noticesSubscriber({ db, clock, origin: ORIGIN });
  let seen = 0;
  let read = 0;
  return async () => {
    const events = await readEvents(db.read, { after: seen, limit: 10_000 });
    await notices.handle(events);
    // What comes again, as after a restart, is told once.
    await notices.handle(events);
    seen = events.at(-1)?.seq ?? seen;
    const mails = await db.read.selectFrom('mails').selectAll().orderBy('id').execute();
    const fresh = mails.slice(read);
    read = mails.length;
    return fresh.map(({ subject, body_text: text }) => ({ subject, text }));
  };
}

async function decide(on: TestModeration, id: string, ruling: object): Promise<Ruled | undefined> {
  const { results } = await on.ask<{ results: Ruled[] }>(
    'POST /api/v1/moderation/decisions',
    on.moderator.token,
    { comments: [id], ...ruling },
  );
  return results[0];
}

eachDatabase('a decision about a comment', (open) => {
  test('is one mail: of a removal the statement of reasons, of what is shown at last a line', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const ann = await on.reader('Ann');
    const fresh = mailbox(on);
    const against = { action: 'reject', standard: 'person', facts: 'It insults everybody.' };

    const shown = await on.say(ann, article, 'You are all quite wrong about this');
    expect(await fresh()).toEqual([]);
    const ruled = await decide(on, shown.id, against);
    const removal = await fresh();
    expect(removal).toHaveLength(1);
    expect(removal[0]?.text).toContain('It insults everybody.');
    expect(removal[0]?.text).toMatch(/paragraph \d+/i);
    expect(removal[0]?.text).toMatch(/appeal/i);
    const link = new RegExp(`${ORIGIN}(/decisions/${ruled?.decisionId}\\?key=\\S+)`).exec(
      removal[0]?.text ?? '',
    );
    expect(link).not.toBeNull();

    // A second person overturns it on appeal: that is told once, too.
    const room = { db: on.db, clock: on.clock, origin: ORIGIN };
    const appealId = await on.db.write(async (tx) => {
      const decision = await decisionById(tx, ruled?.decisionId ?? '');
      if (decision === undefined) throw new Error('there is no decision');
      return fileAppeal(tx, room, { decision, body: 'I only said wrong.' });
    });
    const answer = { overturn: true, answer: 'You are right.' };
    await on.ask(`POST /api/v1/moderation/appeals/${appealId}`, on.second.token, answer);
    expect(await fresh()).toMatchObject([{ subject: 'Your appeal: your comment is shown again' }]);
  });

  test('that waited is told when it is shown, and by the statement when it is not, wanted or not', async () => {
    await using on = await moderationOn(await open());
    await on.set({ premoderation: { on: true } });
    const article = await on.paper.story();
    const ann = await on.reader('Ann');
    const fresh = mailbox(on);
    const one = await on.say(ann, article, 'The boats were late');
    await decide(on, one.id, { action: 'approve' });
    expect(await fresh()).toMatchObject([{ subject: expect.stringContaining('published') }]);
    await on.db.write((tx) =>
      chooseNotices(tx, { userId: ann.userId, choices: { decision: false }, at: on.clock.now() }),
    );
    const two = await on.say(ann, article, 'The harbour is closed for ever');
    await decide(on, two.id, { action: 'reject', standard: 'subject' });
    const told = await fresh();
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(`${ORIGIN}/decisions/`);
  });
});

import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { moderationOn, type TestModeration } from '../../../tests/support/moderation.ts';
import type { CommentDetail, QueueCounts, QueueItem } from '../../contract/moderation-answers.ts';
import type { Ruled } from '../../contract/moderation.ts';
import { verifyAudit } from '../audit/audit.ts';

const queue = async (on: TestModeration, name: string): Promise<QueueItem[]> =>
  (await on.ask<{ items: QueueItem[] }>(`GET /api/v1/moderation/queues/${name}`, on.moderator.token)).items;
const counts = (on: TestModeration): Promise<QueueCounts> =>
  on.ask('GET /api/v1/moderation/counts', on.moderator.token);
const detail = (on: TestModeration, id: string): Promise<CommentDetail> =>
  on.ask(`GET /api/v1/moderation/comments/${id}`, on.moderator.token);
const rule = async (
  on: TestModeration,
  comments: string[],
  ruling: object,
  token = on.moderator.token,
): Promise<Ruled[]> =>
  (await on.ask<{ results: Ruled[] }>('POST /api/v1/moderation/decisions', token, { comments, ...ruling }))
    .results;
const mails = async (on: TestModeration): Promise<{ to: string; subject: string; text: string }[]> =>
  (await on.db.read.selectFrom('mails').selectAll().orderBy('id').execute()).map((mail) => ({
    to: mail.recipient,
    subject: mail.subject,
    text: mail.body_text,
  }));
const shown = async (on: TestModeration, id: string): Promise<string | undefined> =>
  (await on.db.read.selectFrom('comments').select('state').where('id', '=', id).executeTakeFirst())?.state;

eachDatabase('moderation', (open) => {
  test('each phase fires and says why', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const other = await on.paper.story({ headline: 'Another' });
    const ann = await on.reader('Ann');
    const bob = await on.reader('Bob');
    const said = async (...given: Parameters<TestModeration['say']>) => {
      const { state, verdict } = await on.say(...given);
      return [state, verdict?.phase, verdict?.rule.split(':')[0], ...(verdict?.matched ?? [])];
    };
    expect(await said(ann, article, 'A sober remark on the harbour and its gulls')).toEqual([
      'visible',
      undefined,
      undefined,
    ]);
    expect(await said(ann, article, 'x')).toEqual(['rejected', 'length', 'length.short']);
    expect(await said(ann, article, 'WHY DOES NOBODY EVER LISTEN TO ME HERE')).toEqual([
      'held',
      'length',
      'length.capitals',
    ]);
    expect(await said(bob, article, 'See https://a.example/x and b.example.com for it')).toEqual([
      'held',
      'links',
      'links.too-many',
      'https://a.example/x',
      'b.example.com',
    ]);
    expect(await said(bob, article, 'Read bit.ly/abc')).toEqual([
      'held',
      'links',
      'links.shortener',
      'bit.ly/abc',
    ]);
    await on.ask('POST /api/v1/moderation/domains', on.moderator.token, {
      domain: 'spam.example',
      action: 'reject',
      standard: 'subject',
    });
    expect(await said(bob, article, 'Go to www.win.spam.example now')).toEqual([
      'rejected',
      'links',
      'links.domain',
      'www.win.spam.example',
    ]);
    expect(await said(ann, other, 'A sober remark, on the harbour; and its GULLS!')).toEqual([
      'rejected',
      'repeats',
      'repeats.own',
    ]);
    const long =
      'The council met on Tuesday to talk about the harbour wall, and everybody agreed that the gulls were to blame for all of it.';
    await said(bob, article, long);
    expect(await said(ann, article, `${long} Truly.`)).toEqual(['held', 'repeats', 'repeats.near']);
    const word = {
      phrase: 'numbskull',
      language: 'en',
      inflected: true,
      action: 'reject',
      standard: 'person',
    };
    await on.ask('POST /api/v1/moderation/words', on.moderator.token, word);
    expect(await said(ann, article, 'Nu\u200bmbsku11s everywhere')).toEqual([
      'rejected',
      'words',
      'words',
      'Nu\u200bmbsku11s',
    ]);
    await on.set({ newcomer: { approved: 50 } });
    expect(await said(ann, article, 'Something quite new to say')).toEqual([
      'held',
      'newcomer',
      'newcomer.first',
    ]);
    await on.set({ newcomer: { approved: 0 }, age: { minutes: 600 } });
    expect(await said(await on.reader('Eve'), article, 'I made this account today')).toEqual([
      'held',
      'age',
      'age.account',
    ]);
    await on.set({ age: { minutes: 0 } });
    await on.ask(`PUT /api/v1/moderation/overrides/article/${other}`, on.moderator.token, {
      premoderation: { on: true },
    });
    expect(await said(bob, other, 'Read this one first')).toEqual(['held', 'premoderation', 'premoderation']);
    expect(await said(bob, article, 'And this one need not')).toEqual(['visible', undefined, undefined]);
    await on.ask(`PUT /api/v1/moderation/overrides/article/${article}`, on.moderator.token, {
      slowMode: { seconds: 300 },
    });
    await expect(on.say(bob, article, 'Too soon for me')).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfter: 280,
    });
    await on.ask(`PUT /api/v1/moderation/overrides/article/${article}`, on.moderator.token, {});
    await on.set({ rate: { perMinute: 1 } });
    await on.say(bob, article, 'One more for the road');
    expect(await said(bob, article, 'And yet another one')).toEqual(['held', 'rate', 'rate.minute']);
  });

  test('a removal needs a ground, tells its author the paragraph of then, and a second person decides the appeal', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const ann = await on.reader('Ann');
    const { id } = await on.say(ann, article, 'You are all quite wrong about this');
    expect(await counts(on)).toEqual({ reported: 0, pending: 0, appealed: 0, new: 1, notices: 0 });
    const bare = await on.api.ask('POST /api/v1/moderation/decisions', on.moderator.token, {
      payload: { comments: [id], action: 'reject' },
    });
    expect([bare.statusCode, bare.json().errors]).toEqual([
      400,
      [{ pointer: '/standard', detail: 'is missing' }],
    ]);
    const [ruled] = await rule(on, [id], {
      action: 'reject',
      standard: 'person',
      facts: 'It insults everybody.',
      message: 'Please write it again.',
    });
    expect(ruled).toMatchObject({ outcome: 'done', state: 'removed' });
    expect(await counts(on)).toMatchObject({ new: 0 });
    const [mail] = await mails(on);
    expect(mail?.text).toContain('Community standards, paragraph 1, “Argue with what was said” (version 0)');
    expect(mail?.text).toContain('It insults everybody.');
    expect(mail?.text).toContain('None: a person found it and decided.');
    expect(mail?.text).toMatch(/https:\/\/news\.example\/decisions\/[0-9a-f-]+\?key=/);

    // The paragraph is rewritten; what was decided keeps its meaning.
    const editor = await on.api.person('editor');
    const texts = {
      en: [
        { id: 'kind', title: 'Be kind', body: 'Be kind.' },
        { id: 'person', title: 'New title', body: 'New text.' },
      ],
    };
    await on.ask(
      'POST /api/v1/community-standards',
      editor.token,
      { from: 0, texts, note: 'Rewritten' },
      201,
    );
    const standard = (await detail(on, id)).decisions[0]?.standard;
    expect(standard).toMatchObject({ version: 0, number: 1, title: 'Argue with what was said' });
    await on.ask('POST /api/v1/community-standards', editor.token, { from: 0, texts, note: 'Late' }, 409);

    const { fileAppeal } = await import('./appeals.ts');
    const { decisionById } = await import('./decisions.store.ts');
    const decisionId = ruled?.decisionId ?? '';
    const room = { db: on.db, clock: on.clock, origin: 'https://news.example' };
    const appeal = () =>
      on.db.write(async (tx) => {
        const decision = await decisionById(tx, decisionId);
        if (decision === undefined) throw new Error('no decision');
        return fileAppeal(tx, room, { decision, body: 'I only said wrong.' });
      });
    const appealId = await appeal();
    await expect(appeal()).rejects.toMatchObject({ kind: 'conflict' });
    const [item] = await queue(on, 'appealed');
    expect(item).toMatchObject({ id, appeal: { id: appealId, body: 'I only said wrong.' } });
    expect((await rule(on, [id], { action: 'approve' }, on.second.token))[0]).toMatchObject({
      outcome: 'appealed',
    });
    const decide = (token: string, status: number) =>
      on.ask(
        `POST /api/v1/moderation/appeals/${appealId}`,
        token,
        { overturn: true, answer: 'You are right.' },
        status,
      );
    await decide(on.moderator.token, 403);
    await decide(on.second.token, 200);
    await decide(on.second.token, 409);
    expect(await shown(on, id)).toBe('visible');
    expect(await counts(on)).toEqual({ reported: 0, pending: 0, appealed: 0, new: 0, notices: 0 });
    expect((await mails(on)).at(-1)).toMatchObject({ subject: 'Your appeal: your comment is shown again' });
    expect((await verifyAudit(on.db.read)).entries).toBe(3);
  });

  test('two never decide on the same comment, and one takes a decision back', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    await on.set({ newcomer: { approved: 5 } });
    const ann = await on.reader('Ann');
    const ids: string[] = [];
    for (const text of ['First things first', 'Second thoughts here', 'Third time lucky'])
      ids.push((await on.say(ann, article, text)).id);
    expect((await queue(on, 'pending')).map((item) => item.id)).toEqual(ids);
    const claim = (token: string) =>
      on.ask<{ claimed: string[] }>('POST /api/v1/moderation/claims', token, { comments: ids.slice(0, 2) });
    const crowd = await Promise.all(
      [on.moderator, on.second, on.moderator, on.second].map(({ token }) => claim(token)),
    );
    const winners = [crowd[0], crowd[1]].map((each) => each?.claimed.length ?? 0);
    expect(winners[0] === 2 ? winners[1] : winners[0]).toBe(0);
    const holder = winners[0] === 2 ? on.moderator : on.second;
    const late = winners[0] === 2 ? on.second : on.moderator;
    expect((await queue(on, 'pending'))[0]?.claim?.by.id).toBe(holder.id);
    const outcome = (ruled: Ruled[]) => ruled.map((each) => each.outcome);
    expect(outcome(await rule(on, ids, { action: 'approve' }, late.token))).toEqual([
      'claimed',
      'claimed',
      'done',
    ]);
    on.clock.advance(6 * 60_000);
    expect(outcome(await rule(on, ids, { action: 'reject', standard: 'subject' }, late.token))).toEqual([
      'done',
      'done',
      'done',
    ]);
    const decision = (await detail(on, ids[0] ?? '')).decisions[0];
    expect(decision).toMatchObject({ action: 'reject', was: 'held', detected: 'rule' });
    const undo = (token: string, status: number) =>
      on.ask(`POST /api/v1/moderation/decisions/${decision?.id}/undo`, token, {}, status);
    await undo(holder.token, 403);
    await undo(late.token, 200);
    await undo(late.token, 409);
    expect(await shown(on, ids[0] ?? '')).toBe('held');
    expect((await queue(on, 'pending')).map((item) => item.id)).toEqual([ids[0]]);
    expect(await counts(on)).toMatchObject({ pending: 1 });
  });

  test('reports count once for a person, for guests too, and may hold a comment', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const ann = await on.reader('Ann');
    const { id } = await on.say(ann, article, 'Something that many dislike');
    const [eve, bob] = [await on.api.person('reader'), await on.api.person('reader')];
    const report = (token: string | undefined, remoteAddress = '192.0.2.7') =>
      on.api.ask(`POST /api/v1/comments/${id}/reports`, token, {
        payload: { category: 'hate', details: 'Read it.' },
        remoteAddress,
      });
    await on.set({ reports: { hold: 3 } });
    for (const token of [eve.token, eve.token, undefined, undefined])
      expect((await report(token)).statusCode).toBe(202);
    const [item] = await queue(on, 'reported');
    expect(item?.reports).toEqual([{ category: 'hate', count: 2 }]);
    expect(await shown(on, id)).toBe('visible');
    await report(bob.token);
    expect(await shown(on, id)).toBe('held');
    expect(await counts(on)).toMatchObject({ reported: 1, pending: 1 });
    await rule(on, [id], { action: 'approve' });
    expect(await shown(on, id)).toBe('visible');
    expect(await counts(on)).toEqual({ reported: 0, pending: 0, appealed: 0, new: 0, notices: 0 });
    expect((await detail(on, id)).reportList.map((each) => each.state)).toEqual([
      'dismissed',
      'dismissed',
      'dismissed',
    ]);
    const kept = await on.db.read.selectFrom('moderation_reports').select('reporter_key').execute();
    expect(JSON.stringify(kept)).not.toContain('192.0.2.7');
    const own = await on.api.ask(`POST /api/v1/comments/${id}/reports`, eve.token, {
      payload: { category: 'nonsense' },
    });
    expect(own.statusCode).toBe(400);
  });

  test('a banned person is told so and why, and may write again when it is lifted or over', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const ann = await on.reader('Ann');
    const { id } = await on.say(ann, article, 'A comment that broke the rules');
    const until = new Date(Date.parse(on.clock.now()) + 3600_000).toISOString();
    const order = { comment: id, standard: 'person', reason: 'Three insults in a week.' };
    const sanction = (more: object, status: number) =>
      on.ask<{ id: string }>(
        'POST /api/v1/moderation/sanctions',
        on.moderator.token,
        { ...order, ...more },
        status,
      );
    await sanction({ kind: 'suspension' }, 400);
    await sanction({ kind: 'suspension', until }, 201);
    await expect(on.say(ann, article, 'Let me in again')).rejects.toMatchObject({
      kind: 'forbidden',
      help: expect.stringContaining('Three insults in a week.'),
    });
    expect((await mails(on)).at(-1)?.text).toContain('The account may not comment for a time.');
    on.clock.advance(2 * 3600_000);
    expect((await on.say(ann, article, 'I am back again now')).state).toBe('visible');
    const ban = await sanction({ kind: 'ban' }, 201);
    await expect(on.say(ann, article, 'And out again at once')).rejects.toMatchObject({ kind: 'forbidden' });
    await on.ask(`DELETE /api/v1/moderation/sanctions/${ban.id}`, on.moderator.token, undefined, 204);
    expect((await on.say(ann, article, 'Thank you for that')).state).toBe('visible');
    const staff = await on.say(
      { ...ann, userId: on.second.id, role: 'moderator' },
      article,
      'I moderate here',
    );
    await on.ask(
      'POST /api/v1/moderation/sanctions',
      on.moderator.token,
      { ...order, comment: staff.id, kind: 'ban' },
      403,
    );
  });

  test('a notice of illegal content is received, confirmed, decided and answered', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const ann = await on.reader('Ann');
    const { id } = await on.say(ann, article, 'A libel against a neighbour');
    const notice = {
      url: `https://news.example/news/2026/03/01/x?comment=${id}`,
      category: 'defamation',
      explanation: 'It says of me what is not true, and names me.',
      name: 'Noor Doe',
      email: 'noor@notices.example',
      goodFaith: true,
    };
    const file = (change: object) =>
      on.api.ask('POST /api/v1/notices', undefined, { payload: { ...notice, ...change } });
    for (const wrong of [
      { goodFaith: false },
      { explanation: 'short' },
      { name: '' },
      { email: undefined },
      { url: 'https://other.example/' },
    ])
      expect((await file(wrong)).statusCode).toBe(400);
    const nameless = { category: 'child-abuse', name: undefined, email: undefined };
    expect((await file(nameless)).statusCode).toBe(202);
    const filed = await file({});
    expect(filed.json()).toMatchObject({ status: expect.stringContaining(filed.json().code) });
    expect((await mails(on)).at(-1)).toMatchObject({ to: notice.email });
    expect(await counts(on)).toMatchObject({ notices: 2 });
    const { items } = await on.ask<{ items: { id: string; commentId: string }[] }>(
      'GET /api/v1/moderation/notices',
      on.moderator.token,
    );
    expect(items.map((each) => each.commentId)).toEqual([id, id]);
    const decide = (n: number, body: object, status: number) =>
      on.ask(`POST /api/v1/moderation/notices/${items[n]?.id}`, on.moderator.token, body, status);
    await decide(1, { act: true }, 400);
    await decide(1, { act: true, legalGround: '§ 186 StGB', answer: 'Removed.' }, 200);
    await decide(1, { act: false }, 409);
    await decide(0, { act: false, answer: 'Nothing of the kind.' }, 200);
    expect(await shown(on, id)).toBe('removed');
    expect(await counts(on)).toMatchObject({ notices: 0 });
    const sent = await mails(on);
    expect(sent.find((mail) => mail.subject === 'A decision on your comment')?.text).toContain('§ 186 StGB');
    expect(sent.at(-1)?.text).toContain('was found right');
    const figures = await on.ask<{ notices: object; decisions: { byGround: object } }>(
      'GET /api/v1/moderation/transparency?from=2026-03-01&to=2026-03-02',
      on.moderator.token,
    );
    expect(figures.notices).toMatchObject({
      total: 2,
      acted: 1,
      dismissed: 1,
      byCategory: { defamation: 1, 'child-abuse': 1 },
    });
    expect(figures.decisions.byGround).toEqual({ law: 1 });
  });
});

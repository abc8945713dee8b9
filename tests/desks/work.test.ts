import { expect, test } from 'vitest';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { deskOn } from './newsroom.ts';

eachDatabase('a story’s way through its desk', (open) => {
  test('submitted, returned with a note, submitted again, taken, ready, published; each step is kept', async () => {
    await using api = await serveApi(await open());
    const desk = await deskOn(api);
    await desk.join(desk.reporter);
    const contributor = await api.person('contributor');
    const id = await desk.write(contributor);
    expect((await desk.step(contributor, id, { action: 'submit', desk: 'nowhere' })).statusCode).toBe(400);
    expect((await desk.step(contributor, id, { action: 'submit', desk: 'news' })).statusCode).toBe(200);
    expect((await desk.step(contributor, id, { action: 'submit', desk: 'news' })).statusCode).toBe(409);
    expect((await desk.step(contributor, id, { action: 'ready' })).statusCode).toBe(403);
    expect((await desk.step(desk.reporter, id, { action: 'return', note: '' })).statusCode).toBe(400);
    const returned = await desk.step(desk.reporter, id, { action: 'return', note: 'Who says so?' });
    expect(returned.json()).toMatchObject({ stage: 'draft', assignee: { id: contributor.id } });
    await desk.step(contributor, id, { action: 'submit', note: 'The harbour master does.' });
    expect((await desk.step(desk.reporter, id, { action: 'claim' })).json()).toMatchObject({
      assignee: { id: desk.reporter.id },
    });
    expect((await desk.step(desk.reporter, id, { action: 'assign', to: desk.editor.id })).statusCode).toBe(
      403,
    );
    await desk.step(desk.editor, id, { action: 'assign', to: desk.editor.id });
    await desk.step(desk.reporter, id, { action: 'ready' });
    expect((await desk.publish(desk.reporter, id)).statusCode).toBe(403);
    expect((await desk.publish(contributor, id)).statusCode).toBe(403);
    expect((await desk.publish(desk.editor, id)).statusCode).toBe(200);
    const work = await desk.work(desk.editor, id);
    expect(work).toMatchObject({ standing: 'live', stage: 'draft', version: 1, publishedRevision: 1 });
    expect(work.moves.map((move) => move.action).reverse()).toEqual([
      'submit',
      'return',
      'submit',
      'claim',
      'assign',
      'ready',
      'publish',
    ]);
    expect(work.moves.some((move) => move.note === 'Who says so?')).toBe(true);
  });

  test('a contributor writes in their own article and in no other', async () => {
    await using api = await serveApi(await open());
    const desk = await deskOn(api);
    const [one, other] = [await api.person('contributor'), await api.person('contributor')];
    const id = await desk.write(one);
    const put = (token: string) =>
      api.ask(`PUT /api/v1/articles/${id}`, token, {
        payload: { content: desk.content({ lede: 'Mine.' }) },
        headers: { 'if-match': '"1"' },
      });
    expect((await put(other.token)).statusCode).toBe(403);
    expect((await put(one.token)).statusCode).toBe(200);
  });

  test('only members act on a desk of members; an editor of another desk does not publish there', async () => {
    await using api = await serveApi(await open());
    const desk = await deskOn(api, { membersOnly: true });
    const outsider = await api.person('editor');
    await desk.join(desk.editor);
    const id = await desk.write(desk.reporter, {}, 'news');
    expect((await desk.publish(outsider, id)).statusCode).toBe(403);
    expect((await desk.work(outsider, id)).actions).not.toContain('publish');
    expect((await desk.publish(desk.editor, id)).statusCode).toBe(200);
  });

  test('a block stops every door, names the place and the way to mend it; an editor’s override is in the audit log', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const desk = await deskOn(api, {
      rules: { checks: { lede: 'block', headline: 'block', dateline: 'warn' }, headlineMax: 20 },
    });
    const id = await desk.write(desk.reporter, { lede: '' }, 'news');
    const refused = await desk.publish(desk.editor, id);
    expect(refused.statusCode).toBe(409);
    expect(
      refused
        .json<{ errors: { pointer: string }[] }>()
        .errors.map((one) => one.pointer)
        .sort(),
    ).toEqual(['/headline', '/lede']);
    const scheduled = await api.ask(`POST /api/v1/articles/${id}/schedule`, desk.editor.token, {
      payload: { revision: 1, at: '2026-03-02T10:00:00Z' },
    });
    expect(scheduled.statusCode).toBe(409);
    const half = { why: 'It is breaking news', checks: ['lede'] };
    expect((await desk.publish(desk.editor, id, { override: half })).statusCode).toBe(409);
    const whole = { ...half, checks: ['lede', 'headline'] };
    expect((await desk.publish(desk.reporter, id, { override: whole })).statusCode).toBe(403);
    expect((await desk.publish(desk.editor, id, { override: whole })).statusCode).toBe(200);
    const log = await db.read
      .selectFrom('audit_entries' as never)
      .selectAll()
      .where('action' as never, '=', 'article.override' as never)
      .execute();
    expect(JSON.stringify(log)).toContain('It is breaking news');
    expect(JSON.stringify(log)).toContain('lede.absent');
  });

  test('another pair of eyes approves one exact revision; an edit voids it, and nobody approves their own', async () => {
    await using api = await serveApi(await open());
    const desk = await deskOn(api, { rules: { checks: { eyes: 'block' } } });
    await desk.join(desk.reporter);
    const id = await desk.write(desk.reporter, {}, 'news');
    expect((await desk.step(desk.reporter, id, { action: 'approve', revision: 1 })).statusCode).toBe(409);
    expect((await desk.publish(desk.editor, id)).statusCode).toBe(409);
    expect((await desk.step(desk.editor, id, { action: 'approve', revision: 1 })).statusCode).toBe(200);
    await desk.revise(desk.reporter, id, { lede: 'Something happened after all.' });
    expect((await desk.publish(desk.editor, id)).statusCode).toBe(409);
    expect((await desk.work(desk.editor, id)).approvals).toMatchObject([{ revision: 1, holds: false }]);
    expect((await desk.step(desk.editor, id, { action: 'approve', revision: 1 })).statusCode).toBe(412);
    await desk.step(desk.editor, id, { action: 'approve', revision: 2 });
    expect((await desk.publish(desk.editor, id)).statusCode).toBe(200);
  });

  test('an item of the list that is asked again counts for its revision alone', async () => {
    await using api = await serveApi(await open());
    const desk = await deskOn(api, {
      rules: {
        checks: { checklist: 'block' },
        checklist: [
          { key: 'names', label: 'Names are checked' },
          { key: 'numbers', label: 'Figures are checked', again: true },
        ],
      },
    });
    const id = await desk.write(desk.reporter, {}, 'news');
    for (const item of ['names', 'numbers'])
      await desk.step(desk.editor, id, { action: 'check', item, done: true });
    await desk.revise(desk.reporter, id, { lede: 'Eleven boats stayed in.' });
    expect((await desk.work(desk.editor, id)).findings[0]).toMatchObject({ code: 'checklist.again' });
    expect((await desk.publish(desk.editor, id)).statusCode).toBe(409);
    await desk.step(desk.editor, id, { action: 'check', item: 'numbers', done: true });
    expect((await desk.publish(desk.editor, id)).statusCode).toBe(200);
  });
});

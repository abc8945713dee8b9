import { expect, test } from 'vitest';
import type { Ruled } from '../../src/contract/moderation.ts';
import { eachDatabase } from '../support/database.ts';
import { moderationOn, type TestModeration } from '../support/moderation.ts';
import { signedIn } from '../support/signed-in.ts';

async function send(
  on: TestModeration,
  what: string,
  {
    cookie,
    form,
    from = '198.51.100.7',
  }: { cookie?: string; form?: Record<string, string>; from?: string } = {},
): Promise<{ status: number; location: string; body: string }> {
  const [method = 'GET', path = ''] = what.split(' ');
  const address = await on.api.listen();
  const answer = await fetch(address + path, {
    method,
    redirect: 'manual',
    headers: {
      'x-forwarded-for': from,
      'sec-fetch-site': 'same-origin',
      accept: 'application/json',
      ...(cookie === undefined ? {} : { cookie }),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
  });
  return { status: answer.status, location: answer.headers.get('location') ?? '', body: await answer.text() };
}

eachDatabase('pages of moderation without JavaScript', (open) => {
  test('an author reads the decision and appeals, by the link of the mail or signed in; nobody else', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const person = await signedIn({ db: on.db, clock: on.clock }, 'reader', { https: true, name: 'Ann' });
    const ann = { kind: 'account' as const, userId: person.id, name: 'Ann', role: 'reader' as const };
    const { id } = await on.say(ann, article, 'Something <b>rude</b> & untrue');
    const { results } = await on.ask<{ results: Ruled[] }>(
      'POST /api/v1/moderation/decisions',
      on.moderator.token,
      {
        comments: [id],
        action: 'reject',
        standard: 'truth',
      },
    );
    const decision = results[0]?.decisionId ?? '';
    const mail = await on.db.read.selectFrom('mails').select('body_text').executeTakeFirstOrThrow();
    const link = /https:\/\/news\.example(\/decisions\/\S+)/.exec(mail.body_text)?.[1] ?? '';
    for (const nobody of [`/decisions/${decision}`, `/decisions/${decision}?key=wrong`])
      expect((await send(on, `GET ${nobody}`)).status).toBe(404);
    const read = await send(on, `GET ${link}`);
    expect(read.status).toBe(200);
    expect(read.body).toContain('Something &lt;b>rude&lt;/b> &amp; untrue');
    expect(read.body).toContain('Community standards, paragraph 2');
    expect(read.body).toContain('method="post"');
    const own = await send(on, `GET /decisions/${decision}`, { cookie: person.cookie });
    expect(own.status).toBe(200);
    const key = link.split('?')[1] ?? '';
    expect((await send(on, `POST /decisions/${decision}/appeal`, { form: { text: 'No' } })).status).toBe(404);
    expect(
      (await send(on, `POST /decisions/${decision}/appeal?${key}`, { form: { text: ' ' } })).status,
    ).toBe(400);
    const appealed = await send(on, `POST /decisions/${decision}/appeal?${key}`, {
      form: { text: 'It is true.' },
    });
    expect([appealed.status, appealed.location]).toEqual([303, `${link}#appeal`]);
    expect((await send(on, `GET ${link}`)).body).toContain('Your appeal is received.');
    const { appealed: waiting } = await on.ask<{ appealed: number }>(
      'GET /api/v1/moderation/counts',
      on.moderator.token,
    );
    expect(waiting).toBe(1);
  });

  test('a guest reports a comment, and anybody files a notice with every element that the law names', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const { id } = await on.say(await on.reader('Bob'), article, 'A remark that some will report');
    const page = `/discussion/${article}/comment/${id}/report`;
    expect((await send(on, `GET ${page}`)).body).toContain('name="category"');
    const form = { category: 'spam', details: '' };
    expect((await send(on, `POST ${page}`, { form })).status).toBe(303);
    expect((await send(on, `POST ${page}`, { form })).status).toBe(303);
    expect(await on.ask('GET /api/v1/moderation/counts', on.moderator.token)).toMatchObject({ reported: 1 });
    const notice = {
      url: `https://news.example${page.replace('/report', '')}`,
      category: 'fraud',
      explanation: 'It asks people to send money to a stranger.',
      name: 'Noor',
      email: 'noor@notices.example',
      goodFaith: 'yes',
    };
    const { goodFaith: _left, ...faithless } = notice;
    const refused = await send(on, 'POST /report', {
      form: { ...faithless, explanation: '"><script>x</script>' },
    });
    expect([refused.status, refused.body.includes('<script>x')]).toEqual([400, false]);
    const filed = await send(on, 'POST /report', { form: notice });
    expect(filed.status).toBe(303);
    const receipt = await send(on, `GET ${filed.location}`);
    expect(receipt.body).toContain('Received; a person will decide it.');
    expect((await send(on, `GET ${filed.location.split('?')[0]}`)).status).toBe(404);
  });

  test('reports are limited by address and by comment', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const { id } = await on.say(await on.reader('Bob'), article, 'A remark that a mob reports');
    const report = (remoteAddress: string) =>
      on.api.ask(`POST /api/v1/comments/${id}/reports`, undefined, {
        payload: { category: 'spam' },
        remoteAddress,
      });
    const one = await Promise.all(Array.from({ length: 15 }, () => report('192.0.2.1')));
    expect(one.filter((each) => each.statusCode === 429).length).toBeGreaterThanOrEqual(4);
    const many = await Promise.all(Array.from({ length: 30 }, (_, n) => report(`192.0.3.${n}`)));
    const refused = many.filter((each) => each.statusCode === 429);
    expect(refused.length).toBeGreaterThanOrEqual(15);
    expect(refused[0]?.headers['retry-after']).toMatch(/^\d+$/);
  });
});

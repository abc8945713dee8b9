import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { manualClock } from '../../base/clock.ts';
import { makeOutbound } from '../../http/outbound.ts';
import { eachDatabase } from '../../../tests/support/database.ts';
import { moderationOn, type TestModeration } from '../../../tests/support/moderation.ts';
import { makeBreaker } from './breaker.ts';
import { makeServiceAsker, renewServiceSecret, signatureOf } from './service.ts';

type Heard = { readonly signature: string; readonly body: string };

/** A service on this machine that answers as it is told: what to say, with which secret, or nothing at all. */
async function serviceOn(secret: () => string) {
  const heard: Heard[] = [];
  const say: { verdict: object | undefined; secret: string | undefined } = {
    verdict: { verdict: 'publish' },
    secret: undefined,
  };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      heard.push({
        signature: String(req.headers['dateline-signature']),
        body: Buffer.concat(chunks).toString(),
      });
      if (say.verdict === undefined) return;
      const body = JSON.stringify(say.verdict);
      res.setHeader('content-type', 'application/json');
      res.setHeader('dateline-signature', signatureOf(say.secret ?? secret(), { seconds: 1, body }));
      res.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/check`,
    heard,
    say,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const state = async (on: TestModeration, id: string): Promise<string> =>
  (await on.db.read.selectFrom('comments').select('state').where('id', '=', id).executeTakeFirstOrThrow())
    .state;

eachDatabase('the service outside', (open) => {
  test('is asked with a signature and believed with one; what it does not answer in time falls back', async () => {
    await using on = await moderationOn(await open());
    const secret = await on.db.write((tx) => renewServiceSecret(tx));
    await using service = await serviceOn(() => secret);
    const room = { db: on.db, clock: on.clock, origin: 'https://news.example' };
    const ask = makeServiceAsker({
      ...room,
      outbound: makeOutbound({ allow: (address) => address === '127.0.0.1' }),
    });
    await on.set({
      service: { enabled: true, url: service.url, timeoutMs: 500, meanwhile: 'hold', fallback: 'hold' },
    });
    const article = await on.paper.story();
    const ann = await on.reader('Ann');
    const post = async (text: string): Promise<string> => {
      const posted = await on.say(ann, article, text);
      expect([posted.state, posted.verdict?.rule]).toEqual(['held', 'service.asked']);
      await ask(posted.id);
      return posted.id;
    };
    const fine = await post('Nothing to see in this one');
    const [heard] = service.heard;
    const seconds = Number(/^t=(\d+)/.exec(heard?.signature ?? '')?.[1]);
    expect(heard?.signature).toBe(signatureOf(secret, { seconds, body: heard?.body ?? '' }));
    expect(heard?.body).not.toContain('@');
    expect(await state(on, fine)).toBe('visible');
    service.say.verdict = {
      verdict: 'reject',
      rule: 'toxic',
      matched: ['ugly'],
      standard: 'person',
      message: 'Too ugly.',
    };
    const ugly = await post('An ugly thing to say here');
    expect(await state(on, ugly)).toBe('rejected');
    const decision = await on.db.read
      .selectFrom('moderation_decisions')
      .selectAll()
      .where('comment_id', '=', ugly)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(decision).toMatchObject({
      phase: 'service',
      rule_id: 'service.said:toxic',
      standard_paragraph: 'person',
      automated: 1,
    });
    // Somebody between us and the service has no secret.
    service.say.verdict = { verdict: 'publish' };
    service.say.secret = 'whsec_other';
    const forged = await post('What a stranger would let pass');
    expect(await state(on, forged)).toBe('held');
    service.say.secret = undefined;
    service.say.verdict = undefined;
    const slow = await post('Nobody answers for this one');
    expect(await state(on, slow)).toBe('held');
    await on.set({ service: { fallback: 'publish' } });
    expect(await state(on, await post('Nobody answers for this either'))).toBe('visible');
    // Held for another reason too: the service alone cannot let it out.
    service.say.verdict = { verdict: 'publish' };
    await on.set({ premoderation: { on: true } });
    const read = (await on.say(ann, article, 'Read this before it stands')).id;
    await ask(read);
    expect(await state(on, read)).toBe('held');
    // A private address is not asked unless it was allowed.
    const strict = makeServiceAsker({ ...room, outbound: makeOutbound() });
    await on.set({ premoderation: { on: false }, service: { fallback: 'hold' } });
    const inside = (await on.say(ann, article, 'For an address of the inside')).id;
    const before = service.heard.length;
    await strict(inside);
    expect([await state(on, inside), service.heard.length]).toEqual(['held', before]);
  });
});

test('a service that fails five times in a row is left alone for a minute, then tried by one', () => {
  const clock = manualClock('2026-03-01T10:00:00.000Z');
  const breaker = makeBreaker(clock);
  for (let n = 0; n < 5; n += 1) {
    expect(breaker.mayTry()).toBe(true);
    breaker.failed();
  }
  expect([breaker.mayTry(), breaker.state]).toEqual([false, 'open']);
  clock.advance(60_000);
  expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, false]);
  breaker.succeeded();
  expect([breaker.mayTry(), breaker.state]).toEqual([true, 'closed']);
});

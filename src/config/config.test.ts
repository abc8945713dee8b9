import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { Problem } from '../base/problem.ts';
import { configFrom, variables } from './config.ts';
import type { Env } from './env.ts';

function faultsOf(env: Env): Readonly<Record<string, string>> {
  try {
    configFrom(env);
  } catch (cause) {
    if (cause instanceof Problem) return cause.fields ?? {};
    throw cause;
  }
  return {};
}

test('nothing set gives a site on this machine', () => {
  expect(configFrom({})).toEqual({
    dataFolder: resolve('data'),
    database: { kind: 'sqlite' },
    media: { kind: 'disk' },
    listen: { host: '127.0.0.1', port: 3000 },
    origin: 'http://localhost:3000',
    role: 'all',
    metrics: { host: '127.0.0.1', port: 9464 },
    signIn: { facebook: undefined, oidc: [] },
    smtp: undefined,
    trustProxy: { kind: 'none' },
    logLevel: 'info',
    cacheBytes: 268_435_456,
    mirrorUrl: undefined,
    outboundAllow: [],
    ffmpeg: 'ffmpeg',
    radioListen: { host: '127.0.0.1', port: 8010 },
    radioBytes: 20 * 1024 ** 3,
    relayAllow: [],
  });
});

test('the README names a default for every variable, and the defaults are themselves accepted', () => {
  const env = Object.fromEntries(variables.map((row) => [row.name, row.default.replace('PORT', '3000')]));
  expect(configFrom(env)).toEqual(configFrom({}));
});

test('an empty variable is an absent one, and flags win', () => {
  const config = configFrom(
    { PORT: ' ', DATELINE_ROLE: 'jobs' },
    { role: 'radio', port: '8080', data: '/srv/x' },
  );
  expect(config).toMatchObject({ role: 'radio', dataFolder: '/srv/x', listen: { port: 8080 } });
});

test('PostgreSQL, S3 and proxies', () => {
  const config = configFrom({
    DATELINE_DATABASE_URL: 'postgres://u:p@db/news',
    DATELINE_MEDIA_URL: 's3://pictures/a/b/?endpoint=http://127.0.0.1:9000/&region=eu-1',
    AWS_ACCESS_KEY_ID: 'k',
    AWS_SECRET_ACCESS_KEY: 's',
    DATELINE_TRUST_PROXY: '10.0.0.0/8, ::1',
    DATELINE_METRICS_PORT: 'off',
    DATELINE_ORIGIN: 'https://News.example/',
  });
  expect(config).toMatchObject({
    database: { kind: 'postgres', url: 'postgres://u:p@db/news' },
    media: {
      kind: 's3',
      endpoint: 'http://127.0.0.1:9000',
      region: 'eu-1',
      bucket: 'pictures',
      prefix: 'a/b/',
    },
    trustProxy: { kind: 'networks', networks: ['10.0.0.0/8', '::1'] },
    metrics: undefined,
    origin: 'https://news.example',
  });
});

test.each([
  ['PORT', '70000'],
  ['PORT', '3000x'],
  ['PORT', '-1'],
  ['DATELINE_ORIGIN', 'news.example'],
  ['DATELINE_ORIGIN', 'https://news.example/path'],
  ['DATELINE_ORIGIN', 'javascript:alert(1)'],
  ['DATELINE_DATABASE_URL', 'mysql://x/y'],
  ['DATELINE_DATABASE_URL', 'postgres://host'],
  ['DATELINE_MEDIA_URL', 'https://x/y'],
  ['DATELINE_MEDIA_URL', 's3://b?endpoint=ftp://x'],
  ['DATELINE_MEDIA_URL', 's3://b?regoin=x'],
  ['AWS_ACCESS_KEY_ID', '', { DATELINE_MEDIA_URL: 's3://b' }],
  ['DATELINE_ROLE', 'everything'],
  ['DATELINE_METRICS_PORT', 'none'],
  ['DATELINE_METRICS_PORT', '3000'],
  ['DATELINE_TRUST_PROXY', 'yes'],
  ['DATELINE_TRUST_PROXY', '10.0.0.0/64'],
  ['DATELINE_LOG_LEVEL', 'loud'],
  ['DATELINE_CACHE_MB', '0'],
  ['DATELINE_SMTP_URL', 'mail.example:25'],
  ['DATELINE_FACEBOOK', 'only-an-id'],
  ['DATELINE_OIDC', '{}'],
  [
    'DATELINE_OIDC',
    '[{"id":"facebook","name":"x","issuer":"https://x.example","clientId":"a","clientSecret":"b"}]',
  ],
])('%s=%s is refused by name', (name, value, more: Env = {}) => {
  expect(Object.keys(faultsOf({ [name]: value, ...more }))).toContain(name);
});

test('every fault is one line, and a password is in none', () => {
  const wrong = { PORT: 'x', DATELINE_ROLE: 'y', DATELINE_DATABASE_URL: 'mysql://u:hunter2@h/d' };
  expect(() => configFrom(wrong)).toThrow(/^PORT .+\.\nDATELINE_DATABASE_URL .+\.\nDATELINE_ROLE .+\.$/);
  expect(JSON.stringify(faultsOf(wrong))).not.toContain('hunter2');
  expect(Object.keys(faultsOf(wrong))).toHaveLength(3);
});

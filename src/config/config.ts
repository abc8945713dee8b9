import { resolve } from 'node:path';
import { Problem } from '../base/problem.ts';
import type { Env } from './env.ts';
import {
  type Faults,
  type MediaConfig,
  makeFaults,
  parseInteger,
  parseMedia,
  parseOrigin,
  parsePostgres,
  parseSockets,
  parseTrust,
  type TrustProxy,
} from './parse.ts';
import { parseFacebook, parseOidc, parseSmtp, type SignInConfig } from './sign-in.ts';

export type { MediaConfig, TrustProxy };

/** What a process does: answer readers and newsroom, run jobs, take and send radio, or all of it. */
export const processRoles = ['all', 'web', 'jobs', 'radio'] as const;
export type ProcessRole = (typeof processRoles)[number];

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

export type Config = {
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  readonly database: { readonly kind: 'sqlite' } | { readonly kind: 'postgres'; readonly url: string };
  readonly media: MediaConfig;
  readonly listen: { readonly host: string; readonly port: number };
  /** The site's public address without a path: `https://news.example`. */
  readonly origin: string;
  readonly role: ProcessRole;
  /** Where readers reach the mirror, when there is one: receipts ask it too. */
  readonly mirrorUrl: string | undefined;
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly trustProxy: TrustProxy;
  readonly logLevel: LogLevel;
  /** Where encoders connect; undefined: nowhere. Port 0 takes a free one. */
  readonly radioListen: { readonly host: string; readonly port: number } | undefined;
  /** The most bytes that the recordings of one mount may take. */
  readonly radioBytes: number;
  /** Private addresses and ports (`10.0.0.5:8000`) that a relay may ask. */
  readonly relayAllow: readonly string[];
  /** The program that makes further bit rates; undefined for none. */
  readonly ffmpeg: string | undefined;
  /** The page cache's memory. */
  readonly cacheBytes: number;
  /** The server that mail goes through; undefined: mail waits and admins see it. */
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  /** Addresses that are not public and may be asked all the same: `10.0.0.5:8080`. */
  readonly outboundAllow: readonly string[];
  /** Where else readers may have an account to sign in with. */
  readonly signIn: SignInConfig;
};

/** What the command line says instead of the environment. */
export type ConfigFlags = {
  readonly data?: string;
  readonly port?: string;
  readonly host?: string;
  readonly origin?: string;
  readonly role?: string;
};

/** One row of the configuration table of the README. */
export type Variable = { readonly name: string; readonly default: string; readonly meaning: string };

/** Every variable that is read, in the order of the README's table. */
export const variables = [
  { name: 'DATELINE_DATA', default: './data', meaning: 'folder of the embedded database and the uploads' },
  { name: 'PORT', default: '3000', meaning: 'port of the site; 0 takes a free one' },
  {
    name: 'HOST',
    default: '127.0.0.1',
    meaning: 'address to listen on; 0.0.0.0 or :: to be reached without a proxy on this machine',
  },
  {
    name: 'DATELINE_ORIGIN',
    default: 'http://localhost:PORT',
    meaning: 'public address of the site, such as https://news.example',
  },
  { name: 'DATELINE_DATABASE_URL', default: '', meaning: 'postgres://… instead of the embedded database' },
  {
    name: 'DATELINE_MEDIA_URL',
    default: '',
    meaning: 's3://BUCKET/PREFIX?endpoint=https://…&region=… instead of the folder, with the two keys below',
  },
  { name: 'AWS_ACCESS_KEY_ID', default: '', meaning: 'key of the object store' },
  { name: 'AWS_SECRET_ACCESS_KEY', default: '', meaning: 'secret of the object store' },
  { name: 'DATELINE_ROLE', default: 'all', meaning: 'web, jobs, radio or all' },
  {
    name: 'DATELINE_MIRROR_URL',
    default: '',
    meaning:
      'public address of the static mirror, where there is one: receipts of corrections and kills ask it too',
  },
  { name: 'DATELINE_METRICS_PORT', default: '9464', meaning: 'port of /metrics on 127.0.0.1; off for none' },
  {
    name: 'DATELINE_RADIO_PORT',
    default: '8010',
    meaning: 'port for encoders (Icecast; Shoutcast on the next one); 0 takes a free one, off for none',
  },
  {
    name: 'DATELINE_RADIO_DISK_MB',
    default: '20480',
    meaning: 'most disk that the recordings of one mount take, in MiB; the oldest go first',
  },
  {
    name: 'DATELINE_RELAY_ALLOW',
    default: '',
    meaning: 'private addresses that a relayed stream may have, such as 10.0.0.5:8000,[fd00::5]:8000',
  },
  {
    name: 'DATELINE_FFMPEG',
    default: 'ffmpeg',
    meaning: 'program for further bit rates and level meters, used where it is there; off for none',
  },
  {
    name: 'DATELINE_TRUST_PROXY',
    default: 'none',
    meaning:
      'none, a number of proxies, or their addresses (10.0.0.0/8,::1): whose X-Forwarded-For is believed',
  },
  {
    name: 'DATELINE_LOG_LEVEL',
    default: 'info',
    meaning: 'silent, fatal, error, warn, info, debug or trace',
  },
  { name: 'DATELINE_CACHE_MB', default: '256', meaning: 'memory for ready pages, in MiB' },
  {
    name: 'DATELINE_SMTP_URL',
    default: '',
    meaning:
      'smtp://USER:PASSWORD@HOST:587 or smtps://HOST:465: the server that mail goes through; ?tls=required insists on TLS',
  },
  {
    name: 'DATELINE_MAIL_FROM',
    default: '',
    meaning: 'whom mail comes from: Name <newsroom@news.example>; needed with DATELINE_SMTP_URL',
  },
  {
    name: 'DATELINE_OUTBOUND_ALLOW',
    default: '',
    meaning:
      'addresses of one’s own network that may be asked, such as a moderation service: 127.0.0.1:9000,10.0.0.5:8080',
  },
  {
    name: 'DATELINE_FACEBOOK',
    default: '',
    meaning: 'APP_ID:APP_SECRET of an app of Facebook, for readers to sign in with',
  },
  {
    name: 'DATELINE_FACEBOOK_GRAPH',
    default: '',
    meaning: 'base address of the Graph API and the dialog, where it is not Facebook’s own',
  },
  {
    name: 'DATELINE_OIDC',
    default: '',
    meaning:
      'providers of OpenID Connect to sign in with, a JSON list: [{"id":"google","name":"Google","issuer":"https://accounts.google.com","clientId":"…","clientSecret":"…"}]',
  },
] as const satisfies readonly Variable[];

type Name = (typeof variables)[number]['name'];

/**
 * The configuration that an environment and flags give. Pure.
 * @throws Problem `invalid`: one line for every variable that is wrong, and each under its name in `fields`.
 */
export function configFrom(env: Env, flags: ConfigFlags = {}): Config {
  const faults = makeFaults();
  const text = (name: Name, flag?: string): string | undefined => {
    const value = (flag ?? env[name])?.trim();
    return value === undefined || value === '' ? undefined : value;
  };
  const port = parseInteger(faults, {
    name: 'PORT',
    text: text('PORT', flags.port),
    fallback: 3000,
    min: 0,
    max: 65_535,
  });
  const metricsText = text('DATELINE_METRICS_PORT');
  const metricsPort = parseInteger(faults, {
    name: 'DATELINE_METRICS_PORT',
    text: metricsText === 'off' ? undefined : metricsText,
    fallback: 9464,
    min: 0,
    max: 65_535,
  });
  const host = text('HOST', flags.host) ?? '127.0.0.1';
  const radioText = text('DATELINE_RADIO_PORT');
  const radioPort = parseInteger(faults, {
    name: 'DATELINE_RADIO_PORT',
    text: radioText === 'off' ? undefined : radioText,
    fallback: 8010,
    min: 0,
    max: 65_535,
  });
  const ffmpeg = text('DATELINE_FFMPEG') ?? 'ffmpeg';
  const database = text('DATELINE_DATABASE_URL');
  const config: Config = {
    dataFolder: resolve(text('DATELINE_DATA', flags.data) ?? './data'),
    database:
      database === undefined
        ? { kind: 'sqlite' }
        : { kind: 'postgres', url: parsePostgres(faults, database) },
    media: parseMedia(faults, {
      url: text('DATELINE_MEDIA_URL'),
      accessKeyId: text('AWS_ACCESS_KEY_ID'),
      secretAccessKey: text('AWS_SECRET_ACCESS_KEY'),
    }),
    listen: { host, port },
    origin: parseOrigin(faults, text('DATELINE_ORIGIN', flags.origin) ?? `http://localhost:${port}`),
    role: oneOf(faults, {
      name: 'DATELINE_ROLE',
      text: text('DATELINE_ROLE', flags.role) ?? 'all',
      of: processRoles,
    }),
    mirrorUrl: mirrorOf(faults, text('DATELINE_MIRROR_URL')),
    metrics: metricsText === 'off' ? undefined : { host: '127.0.0.1', port: metricsPort },
    trustProxy: parseTrust(faults, text('DATELINE_TRUST_PROXY') ?? 'none'),
    logLevel: oneOf(faults, {
      name: 'DATELINE_LOG_LEVEL',
      text: text('DATELINE_LOG_LEVEL') ?? 'info',
      of: logLevels,
    }),
    radioListen: radioText === 'off' ? undefined : { host, port: radioPort },
    radioBytes:
      parseInteger(faults, {
        name: 'DATELINE_RADIO_DISK_MB',
        text: text('DATELINE_RADIO_DISK_MB'),
        fallback: 20_480,
        min: 100,
        max: 100_000_000,
      }) *
      1024 *
      1024,
    relayAllow: (text('DATELINE_RELAY_ALLOW') ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
    ffmpeg: ffmpeg === 'off' ? undefined : ffmpeg,
    cacheBytes:
      parseInteger(faults, {
        name: 'DATELINE_CACHE_MB',
        text: text('DATELINE_CACHE_MB'),
        fallback: 256,
        min: 1,
        max: 65_536,
      }) *
      1024 *
      1024,
    smtp: parseSmtp(faults, { url: text('DATELINE_SMTP_URL'), from: text('DATELINE_MAIL_FROM') }),
    outboundAllow: parseSockets(faults, text('DATELINE_OUTBOUND_ALLOW') ?? ''),
    signIn: {
      facebook: parseFacebook(faults, {
        app: text('DATELINE_FACEBOOK'),
        graph: text('DATELINE_FACEBOOK_GRAPH'),
      }),
      oidc: parseOidc(faults, text('DATELINE_OIDC')),
    },
  };
  if (config.metrics !== undefined && port !== 0 && metricsPort === port)
    faults.add('DATELINE_METRICS_PORT', `is ${port}, which is also PORT; the two must differ`);
  if (radioText !== 'off' && radioPort !== 0 && radioPort === port)
    faults.add('DATELINE_RADIO_PORT', `is ${port}, which is also PORT; the two must differ`);
  for (const allowed of config.relayAllow)
    if (!/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):\d{1,5}$/.test(allowed))
      faults.add(
        'DATELINE_RELAY_ALLOW',
        `has "${allowed}"; it must be addresses with ports such as 10.0.0.5:8000`,
      );
  const lines = faults.lines();
  if (lines.length > 0) throw new Problem('invalid', lines.join('\n'), undefined, { fields: faults.fields });
  return config;
}

function mirrorOf(faults: Faults, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  faults.add('DATELINE_MIRROR_URL', `is "${text}"; it must be an http or https address`);
  return undefined;
}

function oneOf<const T extends string>(
  faults: Faults,
  given: { name: Name; text: string; of: readonly [T, ...T[]] },
): T {
  const found = given.of.find((value) => value === given.text);
  if (found === undefined)
    faults.add(given.name, `is "${given.text}"; it must be one of ${given.of.join(', ')}`);
  return found ?? given.of[0];
}

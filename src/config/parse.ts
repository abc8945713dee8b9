import { isIP } from 'node:net';

/** Whose X-Forwarded-For is believed: nobody's, that of the last so many hops, or that of these addresses and networks. */
export type TrustProxy =
  | { readonly kind: 'none' }
  | { readonly kind: 'hops'; readonly hops: number }
  | { readonly kind: 'networks'; readonly networks: readonly string[] };

export type MediaConfig =
  | { readonly kind: 'disk' }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      /** Empty, or ends with `/`. */
      readonly prefix: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

/** Collects what is wrong, so that all of it is said at once. */
export type Faults = {
  readonly fields: Readonly<Record<string, string>>;
  add(name: string, sentence: string): void;
  lines(): string[];
};

export function makeFaults(): Faults {
  const fields: Record<string, string> = {};
  return {
    fields,
    add: (name, sentence) => void (fields[name] ??= sentence),
    lines: () => Object.entries(fields).map(([name, sentence]) => `${name} ${sentence}.`),
  };
}

export function parseInteger(
  faults: Faults,
  given: { name: string; text: string | undefined; fallback: number; min: number; max: number },
): number {
  const { name, text, fallback, min, max } = given;
  if (text === undefined) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  faults.add(name, `is "${text}"; it must be a whole number from ${min} to ${max}`);
  return fallback;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A list of addresses with ports: `127.0.0.1:9000,[::1]:9000`. */
export function parseSockets(faults: Faults, text: string): string[] {
  const list = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  for (const each of list) {
    const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(each) ?? [];
    if (isIP(host) === 0 || Number(port) < 1 || Number(port) > 65_535)
      faults.add(
        'DATELINE_OUTBOUND_ALLOW',
        `has "${each}"; it must be an IP address and a port, as 10.0.0.5:8080`,
      );
  }
  return list;
}

/** Scheme, host and port alone, as browsers write an origin. */
export function parseOrigin(faults: Faults, text: string): string {
  const name = 'DATELINE_ORIGIN';
  const url = parseUrl(text);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    faults.add(name, `is "${text}"; it must be an address such as https://news.example`);
    return 'http://localhost';
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    faults.add(name, `is "${text}"; it must have nothing after the host: ${url.origin}`);
  }
  return url.origin;
}

/** The text is not shown in a fault: it may hold a password. */
export function parsePostgres(faults: Faults, text: string): string {
  const url = parseUrl(text);
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) {
    faults.add(
      'DATELINE_DATABASE_URL',
      'must be an address such as postgres://user:password@host:5432/dateline',
    );
  } else if (url.pathname.length < 2) {
    faults.add(
      'DATELINE_DATABASE_URL',
      `names no database; add it after the host: postgres://${url.host}/dateline`,
    );
  }
  return text;
}

/** `s3://bucket/prefix?endpoint=https://…&region=…`; without an endpoint, that of Amazon's region. */
export function parseMedia(
  faults: Faults,
  given: { url: string | undefined; accessKeyId: string | undefined; secretAccessKey: string | undefined },
): MediaConfig {
  if (given.url === undefined) return { kind: 'disk' };
  const name = 'DATELINE_MEDIA_URL';
  const url = parseUrl(given.url);
  if (url === undefined || url.protocol !== 's3:' || url.host === '') {
    faults.add(
      name,
      'must be an address such as s3://bucket/prefix?endpoint=https://objects.example&region=eu-1',
    );
    return { kind: 'disk' };
  }
  if (url.username !== '')
    faults.add(name, 'must not hold keys; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  const region = url.searchParams.get('region') ?? 'us-east-1';
  const endpoint = url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`;
  if (!/^https?:$/.test(parseUrl(endpoint)?.protocol ?? '')) {
    faults.add(name, `has the endpoint "${endpoint}"; it must be an http or https address`);
  }
  for (const key of url.searchParams.keys())
    if (key !== 'region' && key !== 'endpoint')
      faults.add(name, `has "${key}", which is neither endpoint nor region`);
  if (given.accessKeyId === undefined) faults.add('AWS_ACCESS_KEY_ID', `is needed with ${name}`);
  if (given.secretAccessKey === undefined) faults.add('AWS_SECRET_ACCESS_KEY', `is needed with ${name}`);
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '');
  return {
    kind: 's3',
    endpoint: endpoint.replace(/\/+$/, ''),
    region,
    bucket: url.host,
    prefix: prefix === '' ? '' : `${prefix}/`,
    accessKeyId: given.accessKeyId ?? '',
    secretAccessKey: given.secretAccessKey ?? '',
  };
}

/** `none`, a number of hops, or addresses and networks separated by commas. */
export function parseTrust(faults: Faults, text: string): TrustProxy {
  if (text === 'none') return { kind: 'none' };
  if (/^\d{1,2}$/.test(text)) return text === '0' ? { kind: 'none' } : { kind: 'hops', hops: Number(text) };
  const networks = text.split(',').map((part) => part.trim());
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong === undefined) return { kind: 'networks', networks };
  faults.add(
    'DATELINE_TRUST_PROXY',
    `has "${wrong}"; it must be none, a number of proxies, or addresses such as 10.0.0.0/8,::1`,
  );
  return { kind: 'none' };
}

function isNetwork(text: string): boolean {
  const [address = '', bits, rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

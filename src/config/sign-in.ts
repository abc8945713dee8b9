import type { Faults } from './parse.ts';

/** Facebook as a place to sign in with. */
export type FacebookConfig = {
  readonly appId: string;
  readonly appSecret: string;
  /** Where people are asked: `https://www.facebook.com/v25.0`. */
  readonly dialog: string;
  /** Where codes and profiles are had: `https://graph.facebook.com/v25.0`. */
  readonly graph: string;
};

/** A provider of OpenID Connect. */
export type OidcConfig = {
  /** Stands in addresses and in the database; never changes. */
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type SignInConfig = {
  readonly facebook: FacebookConfig | undefined;
  readonly oidc: readonly OidcConfig[];
};

/** The server that mail goes through. The text is not shown in a fault: it may hold a password. */
export function parseSmtp(
  faults: Faults,
  given: { url: string | undefined; from: string | undefined },
): { url: string; from: string } | undefined {
  if (given.url === undefined) return undefined;
  const url = URL.canParse(given.url) ? new URL(given.url) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    faults.add('DATELINE_SMTP_URL', 'must be an address such as smtp://user:password@mail.example:587');
  const tls = url?.searchParams.get('tls') ?? 'required';
  if (tls !== 'required' && tls !== 'off')
    faults.add('DATELINE_SMTP_URL', 'has tls set to neither required nor off');
  if (given.from === undefined) faults.add('DATELINE_MAIL_FROM', 'is needed with DATELINE_SMTP_URL');
  else if (!/^(?:[^<>\r\n]* )?<?[^\s@<>,;]+@[^\s@<>,;]+>?$/.test(given.from))
    faults.add('DATELINE_MAIL_FROM', 'must be an address such as The Courier <newsroom@courier.example>');
  return { url: given.url, from: given.from ?? '' };
}

const FACEBOOK_VERSION = 'v25.0';

/** `DATELINE_FACEBOOK=APP_ID:APP_SECRET`, and where Facebook is when it is not where it usually is. */
export function parseFacebook(
  faults: Faults,
  given: { app: string | undefined; graph: string | undefined },
): FacebookConfig | undefined {
  if (given.app === undefined) return undefined;
  const [appId = '', appSecret = '', ...more] = given.app.split(':');
  if (!/^\w+$/.test(appId) || appSecret === '' || more.length > 0)
    faults.add('DATELINE_FACEBOOK', 'must be the id and the secret of the app: ID:SECRET');
  if (given.graph !== undefined && !isHttp(given.graph))
    faults.add('DATELINE_FACEBOOK_GRAPH', 'must be an http or https address');
  const graph = given.graph?.replace(/\/+$/, '');
  return {
    appId,
    appSecret,
    dialog: graph ?? `https://www.facebook.com/${FACEBOOK_VERSION}`,
    graph: graph ?? `https://graph.facebook.com/${FACEBOOK_VERSION}`,
  };
}

/** A JSON list of providers: `[{"id","name","issuer","clientId","clientSecret"}]`. Secrets are not shown in a fault. */
export function parseOidc(faults: Faults, text: string | undefined): OidcConfig[] {
  if (text === undefined) return [];
  const name = 'DATELINE_OIDC';
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    faults.add(name, 'is not JSON');
    return [];
  }
  if (!Array.isArray(list)) {
    faults.add(name, 'must be a JSON list of providers');
    return [];
  }
  const found: OidcConfig[] = [];
  for (const [index, item] of (list as unknown[]).entries()) {
    const given = (item ?? {}) as Record<string, unknown>;
    const of = (key: string): string => (typeof given[key] === 'string' ? given[key] : '');
    const one = {
      id: of('id'),
      name: of('name'),
      issuer: of('issuer'),
      clientId: of('clientId'),
      clientSecret: of('clientSecret'),
    };
    const place = `has a provider (number ${index + 1})`;
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(one.id)) faults.add(name, `${place} whose id is not like "google"`);
    else if (one.id === 'facebook' || found.some((other) => other.id === one.id))
      faults.add(name, `${place} whose id "${one.id}" is taken`);
    else if (one.name === '' || one.clientId === '' || one.clientSecret === '')
      faults.add(name, `${place} without name, clientId or clientSecret`);
    else if (!isHttp(one.issuer)) faults.add(name, `${place} whose issuer is no http or https address`);
    else found.push(one);
  }
  return found;
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

import { securityHeaders } from '../../http/headers.ts';
import type { RawContext } from '../../http/route.ts';
import { Shell } from '../components/shell.tsx';
import { fill } from '../strings/index.ts';
import { pageBase, type ReaderServices, readHouse } from '../loaders/context.ts';
import type { MediaRoom } from '../../features/media/media.ts';
import { paths } from '../../contract/routes.ts';
import {
  accountOf,
  type AccountPart,
  type AccountView,
  type FacebookSettings,
  type OidcClient,
  type OidcSettings,
} from '../../features/accounts/accounts.ts';
import type { Clock } from '../../base/clock.ts';
import { type Ui, uiOf } from '../ui.ts';
import { ar } from './strings/ar.ts';
import { de } from './strings/de.ts';
import { type AccountStrings, en } from './strings/en.ts';
import { ru } from './strings/ru.ts';

export type AccountPageServices = ReaderServices & {
  readonly clock: Clock;
  readonly media: MediaRoom;
  readonly signIn: {
    readonly facebook: FacebookSettings | undefined;
    readonly oidc: readonly OidcSettings[];
  };
  readonly oidcClient: OidcClient;
  readonly accountParts: readonly AccountPart[];
};
export type Ctx = RawContext<AccountPageServices>;
export type Io = { readonly req: IncomingMessage; readonly res: ServerResponse };

const catalogues: Readonly<Record<string, AccountStrings>> = { en, de, ar, ru };

/** What a page of the account is drawn with. */
export type View = {
  readonly ui: Ui;
  readonly t: AccountStrings;
  readonly me: AccountView | undefined;
  /** Puts values into a phrase's places. */
  readonly say: typeof fill;
};

/** The language of somebody's pages: what they chose, what the address asks for, what their browser prefers, the site's own. */
export function languageFor(
  ask: {
    readonly chosen?: string | null | undefined;
    readonly asked?: string | null;
    readonly accept?: string | undefined;
  },
  languages: readonly string[],
): string {
  const preferred = (ask.accept ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(';q=');
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .sort((a, b) => b.quality - a.quality)
    .map((part) => part.tag);
  for (const wish of [ask.chosen, ask.asked, ...preferred]) {
    const primary = wish?.toLowerCase().split('-')[0];
    const found = languages.find((own) => own.toLowerCase().split('-')[0] === primary);
    if (found !== undefined && primary !== undefined) return found;
  }
  return languages[0] ?? 'en';
}

export type Draw = (view: View) => VNode;
export type DrawOptions = {
  readonly title: (t: AccountStrings) => string;
  readonly status?: number;
  /** Origins that a form of this page may be led to by our answer. */
  readonly formsTo?: readonly string[];
  readonly cookies?: readonly string[];
  readonly retryAfter?: number | undefined;
};

/** Draws and sends one of the reader's own pages: of nobody's cache, in no index, with forms to this site (and where it leads) alone. */
export async function sendPage(ctx: Ctx, io: Io, page: DrawOptions & { readonly draw: Draw }): Promise<void> {
  const read = { read: ctx.db.read, services: ctx.services, now: ctx.now };
  const house = await readHouse(read);
  const me = ctx.actor === undefined ? undefined : await accountOf(ctx.db.read, ctx.actor.userId);
  const asked = new URL(io.req.url ?? '/', ctx.origin).searchParams.get('lang');
  const accept = io.req.headers['accept-language'];
  const lang = languageFor({ chosen: me?.language, asked, accept }, house.settings.languages);
  const t = catalogues[lang.split('-')[0] ?? ''] ?? en;
  const title = page.title(t);
  const base = pageBase(read, house, { path: paths.account(), lang, title, robots: 'noindex' });
  const model = { ...base, kind: 'account' as const };
  const ui = uiOf(model);
  const body = `<!doctype html>${renderToString(
    <Shell page={model} ui={ui}>
      <Frame title={title}>{page.draw({ ui, t, me, say: fill })}</Frame>
    </Shell>,
  )}`;
  for (const cookie of page.cookies ?? []) io.res.appendHeader('Set-Cookie', cookie);
  io.res.writeHead(page.status ?? 200, {
    ...headersOf(ctx.https, page.formsTo ?? []),
    'content-type': 'text/html; charset=utf-8',
    'content-language': lang,
    'content-length': Buffer.byteLength(body),
    ...(page.retryAfter === undefined ? {} : { 'retry-after': String(page.retryAfter) }),
  });
  io.res.end(io.req.method === 'HEAD' ? undefined : body);
}

function Frame({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <div class="own">
      <h1>{title}</h1>
      {children}
    </div>
  );
}

/** The security headers of documents, with what a page that reads a cookie needs beyond them. */
function headersOf(https: boolean, formsTo: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  const flat = securityHeaders('document', https);
  for (let index = 0; index < flat.length; index += 2)
    headers[(flat[index] ?? '').toLowerCase()] = flat[index + 1] ?? '';
  const policy = headers['content-security-policy'] ?? '';
  headers['content-security-policy'] = policy.replace(
    "form-action 'self'",
    ["form-action 'self'", ...new Set(formsTo)].join(' '),
  );
  headers['cache-control'] = 'no-store';
  // A link of a mail is in the address: it goes to no other site; forms of our own still say where they come from.
  headers['referrer-policy'] = 'same-origin';
  headers['x-robots-tag'] = 'noindex';
  return headers;
}

/** Leads on after a form: 303, so that a reload sends nothing twice. */
export function leadTo(
  ctx: Ctx,
  io: Io,
  to: { readonly location: string; readonly cookies?: readonly string[] },
): void {
  for (const cookie of to.cookies ?? []) io.res.appendHeader('Set-Cookie', cookie);
  const headers = headersOf(ctx.https, []);
  delete headers['content-security-policy'];
  io.res.writeHead(303, { ...headers, location: to.location });
  io.res.end();
}

export { headersOf };

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../../base/problem.ts';
import type { DiscussionForm } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import type { DiscussionRoom, Moderator, Writer } from '../../features/discussion/discussion.ts';
import type { DiscussionStatus } from '../../features/discussion/discussion.views.ts';
import { NO_STORE, securityHeaders } from '../../http/headers.ts';
import type { RawContext } from '../../http/route.ts';
import type { Clock } from '../../base/clock.ts';
import { pageBase, type ReaderContext, type ReaderServices, readHouse } from '../loaders/context.ts';
import { renderPage } from '../render-page.tsx';

/** What the forms of the discussion need of the house. */
export type FormServices = ReaderServices & { readonly clock: Clock; readonly moderator: Moderator };
export type FormContext = RawContext<FormServices>;

export function roomOf(ctx: FormContext): DiscussionRoom {
  return { db: ctx.db, clock: ctx.services.clock, moderator: ctx.services.moderator };
}

export function readerOf(ctx: FormContext): ReaderContext {
  return { read: ctx.db.read, services: ctx.services, now: ctx.now };
}

export function writerOf(ctx: FormContext): Extract<Writer, { kind: 'account' }> | undefined {
  const { actor } = ctx;
  return actor === undefined
    ? undefined
    : { kind: 'account', userId: actor.userId, name: actor.name, role: actor.role };
}

const FORM_BYTES = 128 * 1024;

/** The fields of a form as a browser sends them. @throws Problem `unsupported`, `too-large` */
export async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    throw new Problem('unsupported', 'A form is sent as application/x-www-form-urlencoded.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > FORM_BYTES) throw new Problem('too-large', 'The form carries more than 128 KB.');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** Sends a form's page: of this reader alone, kept nowhere. */
export async function sendForm(
  ctx: FormContext,
  { req, res }: { req: IncomingMessage; res: ServerResponse },
  page: {
    form: DiscussionForm;
    path: string;
    status?: DiscussionStatus | undefined;
    code?: 200 | 400 | 409 | 429;
  },
): Promise<void> {
  const reader = readerOf(ctx);
  const house = await readHouse(reader);
  const { status } = page;
  const html = renderPage({
    kind: 'discussion-form',
    ...(status === undefined ? {} : { story: { headline: status.headline, href: status.path } }),
    form: page.form,
    ...pageBase(reader, house, {
      path: page.path,
      ...(status === undefined ? {} : { lang: status.language }),
      title: status?.headline ?? house.settings.name,
      robots: 'noindex',
    }),
    comments: true,
  });
  const body = Buffer.from(html);
  res.writeHead(page.code ?? 200, [
    ...securityHeaders('document', ctx.https),
    'Content-Type',
    'text/html; charset=utf-8',
    'Cache-Control',
    NO_STORE,
    'Content-Length',
    String(body.byteLength),
  ]);
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Sends the browser on, by GET. */
export function seeOther(res: ServerResponse, to: string): void {
  res.writeHead(303, { location: to, 'cache-control': NO_STORE, 'content-length': '0' });
  res.end();
}

/** Sends somebody to sign in, by the way they chose if they chose one, and back to an address of this site. */
export function toSignIn(res: ServerResponse, back: string, via?: string | null): void {
  seeOther(res, via === 'facebook' ? paths.signInWith(via, back) : paths.signIn(back));
}

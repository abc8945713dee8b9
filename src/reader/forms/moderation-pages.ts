import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../../base/problem.ts';
import type { Clock } from '../../base/clock.ts';
import type { Part } from '../../contract/pages.ts';
import type { ModerationRoom } from '../../features/moderation/moderation.ts';
import { NO_STORE, securityHeaders } from '../../http/headers.ts';
import type { RawContext } from '../../http/route.ts';
import { pageBase, type ReaderContext, type ReaderServices, readHouse } from '../loaders/context.ts';
import { renderPage } from '../render-page.tsx';

export type PartsServices = ReaderServices & { readonly clock: Clock };
export type PartsContext = RawContext<PartsServices>;
export type Io = { readonly req: IncomingMessage; readonly res: ServerResponse };

export function roomOf(ctx: PartsContext): ModerationRoom {
  return { db: ctx.db, clock: ctx.services.clock, origin: ctx.services.origin };
}

const FORM_BYTES = 128 * 1024;

/** The fields of a form as a browser sends them. @throws Problem `unsupported`, `too-large` */
export async function readFields(req: IncomingMessage): Promise<URLSearchParams> {
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

/** Sends a page of parts: of this reader alone, kept nowhere. */
export async function sendParts(
  ctx: PartsContext,
  { req, res }: Io,
  page: {
    path: string;
    lang: string;
    headline: string;
    lede?: string;
    parts: readonly Part[];
    code?: number;
  },
): Promise<void> {
  const reader: ReaderContext = { read: ctx.db.read, services: ctx.services, now: ctx.now };
  const house = await readHouse(reader);
  const { path, lang, headline, lede, parts } = page;
  const html = renderPage({
    kind: 'parts',
    headline,
    ...(lede === undefined ? {} : { lede }),
    parts,
    ...pageBase(reader, house, { path, lang, title: headline, robots: 'noindex' }),
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

export function seeOther(res: ServerResponse, to: string): void {
  res.writeHead(303, { location: to, 'cache-control': NO_STORE, 'content-length': '0' });
  res.end();
}

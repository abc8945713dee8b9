import type { Clock } from '../../base/clock.ts';
import type { Part } from '../../contract/pages.ts';
import type { ModerationRoom } from '../../features/moderation/moderation.ts';
import type { RawContext } from '../../http/route.ts';
import { pageBase, type ReaderContext, type ReaderServices, readHouse } from '../loaders/context.ts';
import { renderPage } from '../render-page.tsx';
import { type Io, sendHtml } from './form.ts';

export type PartsServices = ReaderServices & { readonly clock: Clock };
export type PartsContext = RawContext<PartsServices>;

export function roomOf(ctx: PartsContext): ModerationRoom {
  return { db: ctx.db, clock: ctx.services.clock, origin: ctx.services.origin };
}

/** Sends a page of parts: of this reader alone, kept nowhere. */
export async function sendParts(
  ctx: PartsContext,
  io: Io,
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
  sendHtml(io, { html, https: ctx.https, ...(page.code === undefined ? {} : { code: page.code }) });
}

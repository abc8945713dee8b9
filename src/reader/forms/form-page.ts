import type { ServerResponse } from 'node:http';
import type { DiscussionForm } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import type { DiscussionRoom, Moderator, Writer } from '../../features/discussion/discussion.ts';
import type { DiscussionStatus } from '../../features/discussion/discussion.views.ts';
import type { RawContext } from '../../http/route.ts';
import type { Clock } from '../../base/clock.ts';
import { pageBase, type ReaderContext, type ReaderServices, readHouse } from '../loaders/context.ts';
import { renderPage } from '../render-page.tsx';
import { type Io, seeOther, sendHtml } from './form.ts';

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

/** Sends a form's page: of this reader alone, kept nowhere. */
export async function sendForm(
  ctx: FormContext,
  io: Io,
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
  sendHtml(io, { html, https: ctx.https, ...(page.code === undefined ? {} : { code: page.code }) });
}

/** Sends somebody to sign in, by the way they chose if they chose one, and back to an address of this site. */
export function toSignIn(res: ServerResponse, back: string, via?: string | null): void {
  seeOther(res, via === 'facebook' ? paths.signInWith(via, back) : paths.signIn(back));
}

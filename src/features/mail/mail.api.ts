import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { MailAnswer } from '../../contract/audit-answers.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import { dropMail, mailAgain } from './mail.store.ts';
import { mailsPage, type MailView } from './mail.views.ts';

const PATH = paths.api('mails');
const tags = ['mail'];
const permission = 'mail:manage' as const;
const byId = cursorOf(z.object({ id: z.uuid() }));

export const mailRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists mail that waits, was sent or could not be sent, newest first',
    tags,
    permission,
    input: {
      query: PageQuery.extend({ state: z.enum(['waiting', 'sending', 'sent', 'failed']).optional() }),
    },
    output: pageOf(MailAnswer),
    handler: async (ctx: ApiContext, { query }) => {
      const { limit, state } = query;
      const before = query.after === undefined ? undefined : byId.decode(query.after).id;
      const rows = await mailsPage(ctx.db.read, { limit: limit + 1, before, state });
      const position = (row: MailView): { id: string } => ({ id: row.id });
      const page = cutPage(rows, { limit, cursor: byId, position, path: PATH, query: { state } });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/:id/retry`,
    summary: 'Has a mail that waits or was given up tried at once',
    tags,
    permission,
    input: { params: ById, body: z.strictObject({}) },
    output: { 204: null },
    handler: async (ctx: ApiContext, { params }) => {
      await ctx.db.write(async (tx) => {
        if (!(await mailAgain(tx, params.id, ctx.now)))
          throw new Problem('not-found', `There is no mail ${params.id} that waits or was given up.`);
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'mail.retry',
          object: { kind: 'mail', id: params.id },
          at: ctx.now,
        });
      });
      return { status: 204 };
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id`,
    summary: 'Drops a mail that waits or was given up: it is not sent any more',
    tags,
    permission,
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: ApiContext, { params }) => {
      await ctx.db.write(async (tx) => {
        if (!(await dropMail(tx, params.id)))
          throw new Problem('not-found', `There is no mail ${params.id} that waits or was given up.`);
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'mail.drop',
          object: { kind: 'mail', id: params.id },
          at: ctx.now,
        });
      });
      return { status: 204 };
    },
  }),
];

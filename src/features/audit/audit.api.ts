import { once } from 'node:events';
import { z } from 'zod';
import { AuditAnswer, AuditQuery, AuditVerdictAnswer } from '../../contract/audit-answers.ts';
import { paths } from '../../contract/routes.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { type ApiContext, type ApiRoute, type RawRoute, route } from '../../http/route.ts';
import { writeAudit } from './audit.ts';
import { type AuditEntry, auditExport, auditPage, verifyAudit } from './audit.views.ts';

const PATH = paths.api('audit');
const tags = ['audit'];
const permission = 'audit:read' as const;
const bySeq = cursorOf(z.object({ seq: z.int() }));

export const auditRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists who did what, newest first',
    tags,
    permission,
    input: { query: PageQuery.extend(AuditQuery) },
    output: pageOf(AuditAnswer),
    handler: async (ctx: ApiContext, { query }) => {
      const { limit, after, ...filter } = query;
      const before = after === undefined ? undefined : bySeq.decode(after).seq;
      const rows = await auditPage(ctx.db.read, { ...filter, limit: limit + 1, before });
      const position = (row: AuditEntry): { seq: number } => ({ seq: row.seq });
      const page = cutPage(rows, { limit, cursor: bySeq, position, path: PATH, query: filter });
      return { body: { items: page.rows.map(shown), next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/verification`,
    summary: 'Checks that nothing in the log was changed, left out or put in',
    tags,
    permission,
    input: {},
    output: AuditVerdictAnswer,
    limit: 'search',
    handler: async (ctx: ApiContext) => {
      const { entries, head, faults } = await verifyAudit(ctx.db.read);
      return { body: { entries, head, faults: [...faults] } };
    },
  }),
];

/** The whole log as JSON Lines, in its order: each line has its hash and that of the one before. */
export const auditExportRoute: RawRoute = {
  methods: ['GET'],
  pattern: `${PATH}/export.jsonl`,
  permission,
  fresh: true,
  limit: 'search',
  handle: async (ctx, _address, { res }) => {
    const { actor, db } = ctx;
    if (actor !== undefined)
      await db.write((tx) =>
        writeAudit(tx, {
          by: actor,
          action: 'audit.export',
          object: { kind: 'audit', id: 'log' },
          at: ctx.now,
        }),
      );
    res.writeHead(200, {
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.jsonl"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    for await (const entry of auditExport(db.read)) {
      if (res.destroyed) return;
      if (!res.write(`${JSON.stringify(entry)}\n`))
        await Promise.race([once(res, 'drain'), once(res, 'close')]);
    }
    res.end();
  },
};

function shown(entry: AuditEntry): z.input<typeof AuditAnswer> {
  return { ...entry, object: { ...entry.object }, details: { ...entry.details } };
}

import { toJson } from '../../base/json.ts';
import { SiteSettings } from '../../contract/site.ts';
import { checkFingerprint, fingerprint } from '../../http/api/fingerprint.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { writeSetting } from '../../storage/settings.store.ts';
import { nounChanged } from './nouns.store.ts';
import { siteOf } from './site.views.ts';
import { writeAudit } from '../audit/audit.ts';

const tags = ['settings'];

export const siteRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/settings/site',
    summary: 'Reads the settings of the site',
    tags,
    permission: 'settings:read',
    input: {},
    output: SiteSettings,
    handler: (ctx: ApiContext) => one(ctx),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/settings/site',
    summary: 'Replaces the settings of the site',
    tags,
    permission: 'settings:write',
    ifMatch: 'required',
    input: { body: SiteSettings },
    output: SiteSettings,
    handler: async (ctx: ApiContext, { body }) => {
      await ctx.db.write(async (tx) => {
        const before: Record<string, unknown> = await siteOf(tx);
        checkFingerprint(before, ctx.expected);
        await writeSetting(tx, 'site', body);
        const changed = Object.entries(body).flatMap(([name, value]) =>
          toJson(before[name]) === toJson(value) ? [] : [name],
        );
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'settings.change',
          object: { kind: 'settings', id: 'site' },
          details: { changed },
          at: ctx.now,
        });
        await nounChanged(ctx.db, tx, { noun: 'site', id: 'site' });
      });
      return one(ctx);
    },
  }),
];

async function one(ctx: ApiContext): Promise<{ body: SiteSettings; etag: number }> {
  const site = await siteOf(ctx.db.read);
  return { body: site, etag: fingerprint(site) };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { manualClock } from '../../src/base/clock.ts';
import { fromJson } from '../../src/base/json.ts';
import type { PublishedVersion } from '../../src/contract/article.ts';
import { projections } from '../../src/app.ts';
import type { ImportRoom } from '../../src/features/imports/engine/engine.ts';
import { ensureRecordKey } from '../../src/features/record/record.ts';
import type { Db } from '../../src/storage/db.ts';
import { openBlobs } from '../../src/storage/files/blobs.ts';

export type ArchiveHouse = ImportRoom & {
  /** Of all articles, sorted. */
  headlines(): Promise<string[]>;
  /** What readers see of the article of a headline. */
  version(headline: string): Promise<PublishedVersion>;
};

/** A house to import into, with everything that a publish brings forward. */
export async function openArchiveHouse(db: Db): Promise<ArchiveHouse> {
  await ensureRecordKey(db, 'https://paper.example');
  const folder = mkdtempSync(join(tmpdir(), 'dateline-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = manualClock('2026-01-21T10:32:00.000Z');
  return {
    db,
    clock,
    press: { db, clock, projections: projections(db.kind) },
    media: { db, clock, blobs: openBlobs({ kind: 'disk', folder }) },
    headlines: async () =>
      (await db.read.selectFrom('articles').select('headline').execute()).map((row) => row.headline).sort(),
    version: async (headline) => {
      const query = db.read.selectFrom('published_articles').select('version');
      const row = await query.where('headline', '=', headline).executeTakeFirstOrThrow();
      return fromJson<PublishedVersion>(row.version as string);
    },
  };
}

export type Post = {
  id: number;
  title: string;
  body: string;
  type?: string;
  name?: string;
  status?: string;
  /** UTC, as WordPress writes it: `2015-01-01 10:00:00`. */
  at?: string;
  link?: string;
};

/** A small WordPress export. */
export function wxr(posts: readonly Post[], { author = 'Ann Writer', extra = '' } = {}): string {
  const items = posts.map(
    (
      post,
    ) => `<item><title>${post.title}</title><link>${post.link ?? `https://old.example/${post.name ?? `story-${post.id}`}/`}</link>
<dc:creator>ann</dc:creator><guid isPermaLink="false">https://old.example/?p=${post.id}</guid><content:encoded><![CDATA[${post.body}]]></content:encoded>
<wp:post_id>${post.id}</wp:post_id><wp:post_date_gmt>${post.at ?? '2015-01-21 10:32:00'}</wp:post_date_gmt>
<wp:post_name>${post.name ?? `story-${post.id}`}</wp:post_name><wp:status>${post.status ?? 'publish'}</wp:status><wp:post_type>${post.type ?? 'post'}</wp:post_type></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old paper</title><link>https://old.example</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ann</wp:author_login><wp:author_display_name>${author}</wp:author_display_name></wp:author>
${extra}${items.join('\n')}</channel></rss>
`;
}

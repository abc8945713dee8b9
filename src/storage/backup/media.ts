import type { Reader } from '../db.ts';

const PAGE = 500;

/** The digests of all blobs that rows name, in small pages; the same one seldom comes twice. */
export async function* referencedMedia(db: Reader): AsyncGenerator<string> {
  for (const table of ['assets', 'renditions', 'retired_renditions', 'upload_chunks'] as const) {
    let after = '';
    for (;;) {
      const rows = await db
        .selectFrom(table)
        .select('digest')
        .distinct()
        .where('digest', '>', after)
        .orderBy('digest')
        .limit(PAGE)
        .execute();
      for (const row of rows) if (row.digest !== null) yield row.digest;
      after = rows.at(-1)?.digest ?? '';
      if (rows.length < PAGE) break;
    }
  }
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('social_cards')
      .select(['article_id', 'digest'])
      .where('article_id', '>', after)
      .orderBy('article_id')
      .limit(PAGE)
      .execute();
    for (const row of rows) yield row.digest;
    after = rows.at(-1)?.article_id ?? '';
    if (rows.length < PAGE) return;
  }
}

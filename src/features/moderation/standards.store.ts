import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { StandardsParagraph } from '../../contract/moderation.ts';

/** Keeps a version of the standards as it was published; versions are never changed. */
export async function insertStandards(
  tx: Tx,
  version: {
    number: number;
    articleId: string | null;
    by: string | null;
    note: string;
    at: Instant;
    texts: Readonly<Record<string, readonly StandardsParagraph[]>>;
  },
): Promise<void> {
  await tx
    .insertInto('standards_versions')
    .values({
      version_number: version.number,
      article_id: version.articleId,
      published_by: version.by,
      note: version.note,
      published_at: version.at,
    })
    .execute();
  const rows = Object.entries(version.texts).flatMap(([language, paragraphs]) =>
    paragraphs.map((paragraph, position) => ({
      version_number: version.number,
      language,
      paragraph_id: paragraph.id,
      position,
      title: paragraph.title,
      body: paragraph.body,
    })),
  );
  if (rows.length > 0) await tx.insertInto('standards_paragraphs').values(rows).execute();
}

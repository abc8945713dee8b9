import type { Instant } from '../../base/clock.ts';
import type { StandardsParagraph } from '../../contract/moderation.ts';
import { houseStandards } from '../../contract/standards.ts';
import type { Reader } from '../../storage/db.ts';

export type Standards = {
  /** 0: what a house holds its discussion to that has published none of its own. */
  readonly version: number;
  readonly publishedAt: Instant | undefined;
  readonly articleId: string | null;
  readonly note: string;
  /** By language. */
  readonly texts: Readonly<Record<string, readonly StandardsParagraph[]>>;
};

/** The standards that hold now. */
export async function currentStandards(db: Reader): Promise<Standards> {
  const row = await db
    .selectFrom('standards_versions')
    .select('version_number')
    .orderBy('version_number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return standardsAt(db, row?.version_number ?? 0);
}

const house: Standards = {
  version: 0,
  publishedAt: undefined,
  articleId: null,
  note: '',
  texts: houseStandards,
};

/** A version as it was published; the house's own where there is none of that number. */
export async function standardsAt(db: Reader, version: number): Promise<Standards> {
  const row = await db
    .selectFrom('standards_versions')
    .selectAll()
    .where('version_number', '=', version)
    .executeTakeFirst();
  if (row === undefined) return house;
  const paragraphs = await db
    .selectFrom('standards_paragraphs')
    .selectAll()
    .where('version_number', '=', version)
    .orderBy('language')
    .orderBy('position')
    .execute();
  const texts: Record<string, StandardsParagraph[]> = {};
  for (const { language, paragraph_id, title, body } of paragraphs)
    (texts[language] ??= []).push({ id: paragraph_id, title, body });
  return {
    version: Number(row.version_number),
    publishedAt: row.published_at,
    articleId: row.article_id,
    note: row.note,
    texts,
  };
}

/** Versions, newest first. */
export async function standardsVersions(
  db: Reader,
): Promise<{ version: number; publishedAt: Instant; note: string; by: string | null }[]> {
  const rows = await db
    .selectFrom('standards_versions')
    .leftJoin('users', 'users.id', 'standards_versions.published_by')
    .select(['version_number', 'published_at', 'note', 'users.name'])
    .orderBy('version_number', 'desc')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    version: Number(row.version_number),
    publishedAt: row.published_at,
    note: row.note,
    by: row.name,
  }));
}

export type CitedParagraph = StandardsParagraph & {
  readonly number: number;
  readonly version: number;
  readonly language: string;
};

/** A paragraph as it read in the version that a decision cites, in the language nearest to the one asked for. */
export function citedIn(
  standards: Standards,
  { paragraph, language }: { paragraph: string; language: string },
): CitedParagraph | undefined {
  const base = language.split('-')[0] ?? '';
  const order = [language, base, 'en', ...Object.keys(standards.texts)];
  for (const candidate of order) {
    const list = standards.texts[candidate] ?? [];
    const at = list.findIndex(({ id }) => id === paragraph);
    const found = list[at];
    if (found !== undefined)
      return { ...found, number: at + 1, version: standards.version, language: candidate };
  }
  return undefined;
}

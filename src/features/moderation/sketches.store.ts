import type { Instant } from '../../base/clock.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { bandsOf, likeness, sameness, sketch } from './text/shingles.ts';
import type { Recent } from './phases/phase.ts';
import type { Company } from './under-way.ts';

export type Written = {
  readonly commentId: string;
  readonly authorKey: string;
  readonly articleId: string;
  readonly words: readonly string[];
  readonly at: Instant;
};

/** Keeps the sketch of a text: nothing of it can be read from that. An edit replaces the one before. */
export async function keepSketch(
  tx: Tx,
  { commentId, authorKey, articleId, words, at }: Written,
): Promise<void> {
  const signature = sketch(words);
  const row = {
    author_key: authorKey,
    article_id: articleId,
    sameness: sameness(words),
    signature: signature.map((value) => value.toString(36)).join('.'),
  };
  await tx
    .insertInto('moderation_sketches')
    .values({ ...row, comment_id: commentId, created_at: at })
    .onConflict((oc) => oc.column('comment_id').doUpdateSet(row))
    .execute();
  const bands = bandsOf(signature);
  if (bands.length > 0)
    await tx
      .insertInto('moderation_bands')
      .values(bands.map((band) => ({ band, created_at: at, comment_id: commentId })))
      .onConflict((oc) => oc.columns(['band', 'created_at', 'comment_id']).doNothing())
      .execute();
}

const MOST_ALIKE = 40;
/** Of one person’s comments under an article so many are looked at for the latest that counts. */
const MOST_HERE = 40;

const ALONE: Company = { before: [], overtakers: new Set() };

/** What was written lately that bears on a text: by the same person, the same words, nearly the same. */
export async function recentlyWritten(
  db: Reader,
  text: Omit<Written, 'commentId'> & {
    hours: number;
    except?: string | undefined;
    company?: Company;
  },
): Promise<Recent> {
  const { authorKey, articleId, words, at, except, company = ALONE } = text;
  const underWay = company.before;
  // Asked of what came back, not in the query: what overtakes is noted before it can be read, but maybe after the query was put.
  const counts = (row: { comment_id: string }): boolean =>
    row.comment_id !== except && !company.overtakers.has(row.comment_id);
  const before = (ms: number): Instant => new Date(Date.parse(at) - ms).toISOString();
  const hour = await db
    .selectFrom('moderation_sketches')
    .select(['created_at', 'comment_id'])
    .where('author_key', '=', authorKey)
    .where('created_at', '>', before(3600_000))
    .orderBy('created_at', 'desc')
    .limit(6000)
    .execute();
  const lately = hour.filter(counts);
  const here = await db
    .selectFrom('moderation_sketches')
    .select(['created_at', 'comment_id'])
    .where('author_key', '=', authorKey)
    .where('article_id', '=', articleId)
    .orderBy('created_at', 'desc')
    .limit(MOST_HERE)
    .execute();
  const since = before(text.hours * 3600_000);
  const said = sameness(words);
  const same = await db
    .selectFrom('moderation_sketches')
    .select(['author_key', 'comment_id'])
    .where('sameness', '=', said)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .limit(1000)
    .execute();
  const sayers = new Set([
    ...same.filter(counts).map((row) => row.author_key),
    ...underWay.filter((other) => other.sameness === said).map((other) => other.authorKey),
  ]);
  const minute = before(60_000);
  const own = underWay.filter((other) => other.isNew && other.authorKey === authorKey);
  const sameByAuthor = sayers.delete(authorKey);
  return {
    lastMinute: own.length + lately.filter((row) => row.created_at > minute).length,
    lastHour: own.length + lately.length,
    lastHere: own.findLast((other) => other.articleId === articleId)?.at ?? here.find(counts)?.created_at,
    sameByAuthor,
    sameByOthers: sayers.size,
    near: await nearest(db, { words, since, counts, authorKey, underWay }),
  };
}

async function nearest(
  db: Reader,
  {
    words,
    since,
    counts,
    authorKey,
    underWay,
  }: {
    words: readonly string[];
    since: Instant;
    counts: (row: { comment_id: string }) => boolean;
    authorKey: string;
    underWay: Company['before'];
  },
): Promise<Recent['near']> {
  const signature = sketch(words);
  if (signature.length === 0) return undefined;
  const ids = new Set<string>();
  for (const band of bandsOf(signature)) {
    const rows = await db
      .selectFrom('moderation_bands')
      .select('comment_id')
      .where('band', '=', band)
      .where('created_at', '>', since)
      .orderBy('created_at', 'desc')
      .limit(MOST_ALIKE)
      .execute();
    for (const row of rows) if (counts(row)) ids.add(row.comment_id);
  }
  const rows =
    ids.size === 0
      ? []
      : await db
          .selectFrom('moderation_sketches')
          .select(['signature', 'author_key'])
          .where('comment_id', 'in', [...ids].slice(0, 200))
          .execute();
  let best: Recent['near'];
  const compare = (other: readonly number[], key: string): void => {
    const percent = likeness(signature, other);
    if (percent > (best?.percent ?? 0)) best = { percent, byAuthor: key === authorKey };
  };
  for (const row of rows)
    compare(
      row.signature.split('.').map((value) => Number.parseInt(value, 36)),
      row.author_key,
    );
  for (const other of underWay) compare(other.signature, other.authorKey);
  return best;
}

/** Forgets sketches that no setting looks back to any more. */
export async function forgetSketches(tx: Tx, before: Instant): Promise<void> {
  await tx.deleteFrom('moderation_bands').where('created_at', '<', before).execute();
  await tx.deleteFrom('moderation_sketches').where('created_at', '<', before).execute();
}

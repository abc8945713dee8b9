import type { Selectable } from 'kysely';
import type { Clock } from '../../../base/clock.ts';
import { fromJson } from '../../../base/json.ts';
import type { Db, Reader, Tx } from '../../../storage/db.ts';
import { readSetting, writeSetting } from '../../../storage/settings.store.ts';
import type { Tables } from '../../../storage/tables/index.ts';
import { placeImported } from '../../discussion/discussion.ts';

type Kept = Selectable<Tables['imported_comments']>;
type Position = { readonly after: string; readonly done: boolean };

const SETTING = 'imports.comments-placed';
const BATCH = 500;
/** Batches of one turn: between turns the house can stop. */
const BATCHES = 20;

/**
 * Puts comments into their discussions that an edition kept which had no discussions yet. Goes on where it stopped, on one node at a time, and
 * has nothing to do once all are there: whatever is imported now is placed as it comes.
 */
export function placeKept(
  db: Db,
  clock: Clock,
  { batch = BATCH, batches = BATCHES } = {},
): () => Promise<void> {
  let done = false;
  return async () => {
    for (let n = 0; n < batches && !done; n += 1) {
      if (n === 0 && !(await anyKept(db.read))) return void (done = true);
      done = await db.write((tx) => turn(tx, db, { clock, batch }));
    }
  };
}

async function anyKept(db: Reader): Promise<boolean> {
  return (await db.selectFrom('imported_comments').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** One batch; whether that was all. */
async function turn(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  { clock, batch }: { clock: Clock; batch: number },
): Promise<boolean> {
  // The row that another node waits at, before it reads how far this one has come.
  await writeSetting(tx, `${SETTING}.turn`, clock.now());
  const position = (await readSetting<Position>(tx, SETTING)) ?? { after: '', done: false };
  if (position.done) return true;
  const rows = await tx
    .selectFrom('imported_comments')
    .selectAll()
    .where('id', '>', position.after)
    .orderBy('id')
    .limit(batch)
    .execute();
  const last = rows.at(-1);
  const done = rows.length < batch;
  for (const [origin, own] of Map.groupBy(rows, (row) => row.origin)) {
    const fresh = await withAncestors(tx, origin, own);
    if (fresh.length === 0) continue;
    await placeImported(tx, db, { comments: fresh.map(asImported), now: clock.now() });
  }
  await writeSetting(tx, SETTING, { after: last?.id ?? position.after, done } satisfies Position);
  return done;
}

/** Those that are in no discussion, and what they answer, up to where that is in one: an answer is never there before what it answers. */
async function withAncestors(tx: Tx, origin: string, rows: readonly Kept[]): Promise<Kept[]> {
  const found = new Map<string, Kept>();
  const seen = new Set<string>();
  for (let next = rows; next.length > 0;) {
    const placed = await placedOf(tx, origin, next);
    const fresh = next.filter((row) => row.state !== 'spam' && !placed.has(row.external_id));
    for (const row of next) seen.add(row.external_id);
    for (const row of fresh) found.set(row.external_id, row);
    const parents = new Set(
      fresh.flatMap(({ parent_external_id: parent }) =>
        parent === null || seen.has(parent) ? [] : [parent],
      ),
    );
    next =
      parents.size === 0
        ? []
        : await tx
            .selectFrom('imported_comments')
            .selectAll()
            .where('origin', '=', origin)
            .where('external_id', 'in', [...parents])
            .execute();
  }
  return [...found.values()];
}

async function placedOf(tx: Tx, origin: string, rows: readonly Kept[]): Promise<Set<string | null>> {
  const placed = await tx
    .selectFrom('comments')
    .select('external_id')
    .where('origin', '=', origin)
    .where(
      'external_id',
      'in',
      rows.map((row) => row.external_id),
    )
    .execute();
  return new Set(placed.map((row) => row.external_id));
}

function asImported(row: Kept): Parameters<typeof placeImported>[2]['comments'][number] {
  return {
    origin: row.origin,
    externalId: row.external_id,
    articleId: row.article_id,
    parentExternalId: row.parent_external_id ?? undefined,
    author: {
      name: row.author_name,
      email: row.author_email ?? undefined,
      url: row.author_url ?? undefined,
    },
    writtenAt: row.written_at,
    paragraphs: fromJson<string[]>(row.body as string),
    state: row.state === 'approved' ? 'visible' : 'held',
  };
}

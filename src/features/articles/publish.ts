import { type Clock, dayIn, type Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { ArticleContent, VersionReason } from '../../contract/article.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { appendLeaves } from '../record/record.ts';
import { assignPaths } from './address.ts';
import { ARTICLE_PUBLISHED, type Projection } from './articles.events.ts';
import {
  type ArticleRow,
  batches,
  insertVersions,
  lockArticles,
  markPublished,
  putPublished,
  putRedirects,
  readPublishedRows,
} from './articles.store.ts';
import { siteOf } from './site.views.ts';
import { changeOf, eventOf } from './event.ts';
import { checkReferences, loadNouns, resolveNouns } from './resolve.ts';
import { type PreparedVersion, publishedRow, versionFrom } from './version.ts';

/** What publishing needs of the house around it. */
export type Press = {
  readonly db: Pick<Db, 'dialect'>;
  readonly clock: Clock;
  /** Brought forward in the transaction of each publish, in this order. */
  readonly projections: readonly Projection[];
  /** Asked before anything is published, by whatever door. @throws Problem `conflict` that names what blocks. */
  readonly gate?: PublishGate;
};

export type PublishGate = (tx: Tx, items: readonly GateItem[]) => Promise<void>;
export type GateItem = {
  readonly row: ArticleRow;
  readonly revision: number;
  readonly content: ArticleContent;
  readonly order: PublishOrder;
};

export type PublishOrder = {
  readonly articleId: string;
  /** The exact revision to publish; the latest when absent. */
  readonly revision?: number;
  /** Why there is a new version. Absent: `initial` the first time, `update` after. */
  readonly reason?: Exclude<VersionReason, 'kill' | 'takedown'>;
  /** What a correction says to readers. */
  readonly note?: string;
  readonly severity?: 'minor' | 'major';
  /** The user who publishes; null for the house itself (an import, a schedule). */
  readonly by?: string | null;
  /** When it was first published elsewhere (imports). Absent: now. */
  readonly publishedAt?: Instant;
  /** Lets blocks of the desk's checks pass; goes into the audit log. `checks`: those alone (a schedule's); all when absent. */
  readonly override?: { readonly why: string; readonly checks?: readonly string[] };
  /** What comes from an archive was checked by who published it there. */
  readonly unchecked?: true;
};

export type Published = {
  readonly articleId: string;
  readonly version: number;
  readonly path: string;
  readonly leafIndex: number;
};

/**
 * Publishes articles: one transaction holds the versions, their leaves on the record, every table that readers' lists and counts come
 * from, and the events. Either all of it is there after the commit or nothing is.
 * @throws Problem `not-found`, `conflict` (a kill stands, an embargo runs), `invalid` (a reference or a needed part is missing).
 */
export async function publish(tx: Tx, press: Press, orders: readonly PublishOrder[]): Promise<Published[]> {
  const site = await siteOf(tx);
  const rows = await lockArticles(tx, orders.map((order) => order.articleId).sort());
  const before = await readPublishedRows(tx, [...rows.keys()]);
  const contents = await revisionsOf(tx, orders, rows);
  const nouns = await loadNouns(tx, [...contents.values()]);
  const now = press.clock.now();

  const drafts = orders.map((order) => {
    const row = rows.get(order.articleId);
    const content = contents.get(order.articleId);
    if (row === undefined || content === undefined) {
      throw new Problem(
        'not-found',
        `There is no article ${order.articleId}${order.revision === undefined ? '' : ` with a revision ${order.revision}`}.`,
      );
    }
    checkPublishable({ row, content, order, now });
    checkReferences(content, nouns);
    const publishedAt = order.publishedAt ?? now;
    const firstPublishedAt = row.first_published_at ?? publishedAt;
    return { order, row, content, publishedAt, firstPublishedAt, named: resolveNouns(content, nouns) };
  });

  if (press.gate !== undefined)
    await press.gate(
      tx,
      drafts
        .filter(({ order }) => order.unchecked !== true)
        .map(({ order, row, content }) => ({
          row,
          revision: order.revision ?? row.revision_number,
          content,
          order,
        })),
    );

  const addresses = await assignPaths(
    tx,
    drafts.map((draft) => ({
      articleId: draft.row.id,
      content: draft.content,
      sectionSlug: draft.named.section?.slug,
      day: dayIn(draft.firstPublishedAt, site.timeZone),
      current: draft.row.path ?? undefined,
    })),
  );

  const prepared = drafts.map(
    ({ order, row, content, publishedAt, firstPublishedAt, named }): PreparedVersion => {
      const reason = order.reason ?? (row.version_number === 0 ? 'initial' : 'update');
      return {
        row,
        revision: order.revision ?? row.revision_number,
        visibility: 'live',
        before: before.get(row.id),
        by: order.by ?? null,
        version: versionFrom({
          articleId: row.id,
          number: row.version_number + 1,
          reason,
          note: order.note ?? '',
          severity: order.severity,
          publishedAt,
          firstPublishedAt,
          path: addresses.get(row.id) ?? '',
          content,
          named,
        }),
      };
    },
  );
  return commitVersions(tx, press, prepared);
}

/** Puts prepared versions on the record and brings everything that readers see forward. The one way any version comes to be. */
export async function commitVersions(
  tx: Tx,
  press: Press,
  prepared: readonly PreparedVersion[],
): Promise<Published[]> {
  const site = await siteOf(tx);
  const now = press.clock.now();
  const leaves = await appendLeaves(
    tx,
    prepared.map(({ version }) => ({
      articleId: version.article,
      versionNumber: version.version,
      reason: version.reason,
      publishedAt: version.publishedAt,
      content: version,
    })),
  );
  await insertVersions(
    tx,
    prepared.map(({ version, revision, by }, i) => ({
      article_id: version.article,
      version_number: version.version,
      revision_number: revision,
      reason: version.reason,
      note: version.note,
      severity: version.severity ?? null,
      leaf_index: leaves[i]?.leafIndex ?? -1,
      published_by: by,
      published_at: version.publishedAt,
    })),
  );
  await putPublished(
    tx,
    prepared.map((item) => publishedRow(item, site)),
  );
  await markPublished(
    tx,
    prepared.map(({ version, visibility }) => ({
      id: version.article,
      state: visibility === 'live' ? 'published' : visibility,
      version: version.version,
      path: version.path,
      firstPublishedAt: version.firstPublishedAt,
      now,
    })),
  );
  const moved = prepared.flatMap(({ before, version }) =>
    before === undefined || before.path === version.path
      ? []
      : [
          {
            from_path: before.path,
            to_path: null,
            article_id: version.article,
            status: 301 as const,
            created_at: now,
          },
        ],
  );
  await putRedirects(tx, moved);
  const changes = prepared.map((item) => changeOf(item, site));
  for (const projection of press.projections) await projection.apply(tx, changes);
  await appendEvents(
    press.db,
    tx,
    prepared.map((item, i) => ({
      topic: ARTICLE_PUBLISHED,
      payload: eventOf(item, changes[i], site.languages) as unknown as Record<string, unknown>,
    })),
  );
  return prepared.map(({ version }, i) => ({
    articleId: version.article,
    version: version.version,
    path: version.path,
    leafIndex: leaves[i]?.leafIndex ?? -1,
  }));
}

async function revisionsOf(
  tx: Tx,
  orders: readonly PublishOrder[],
  rows: ReadonlyMap<string, ArticleRow>,
): Promise<Map<string, ArticleContent>> {
  const contents = new Map<string, ArticleContent>();
  for (const batch of batches(orders)) {
    const wanted = new Map(
      batch.map((order) => [
        order.articleId,
        order.revision ?? rows.get(order.articleId)?.revision_number ?? 0,
      ]),
    );
    const found = await tx
      .selectFrom('article_revisions')
      .select(['article_id', 'revision_number', 'content'])
      .where((eb) =>
        eb.or(
          [...wanted].map(([id, number]) =>
            eb.and([eb('article_id', '=', id), eb('revision_number', '=', number)]),
          ),
        ),
      )
      .execute();
    for (const row of found) contents.set(row.article_id, fromJson<ArticleContent>(row.content as string));
  }
  return contents;
}

function checkPublishable({
  row,
  content,
  order,
  now,
}: {
  row: ArticleRow;
  content: ArticleContent;
  order: PublishOrder;
  now: Instant;
}): void {
  if (row.version_number > 0 && order.reason === 'initial') {
    throw new Problem(
      'conflict',
      'The article has been published before.',
      'Give a reason: update, correction or clarification.',
    );
  }
  if (row.version_number === 0 && order.reason !== undefined && order.reason !== 'initial') {
    throw new Problem(
      'conflict',
      `An article that was never published cannot have a ${order.reason}.`,
      'Publish it first.',
    );
  }
  if (row.state === 'taken_down') {
    throw new Problem(
      'conflict',
      'The article was taken down for legal cause and stays down.',
      'Write a new article.',
    );
  }
  if (
    (order.reason === 'correction' || order.reason === 'clarification') &&
    (order.note ?? '').trim() === ''
  ) {
    throw new Problem(
      'invalid',
      `A ${order.reason} needs a note that tells readers what changed.`,
      'Give a note.',
      {
        fields: { '/note': 'may not be empty' },
      },
    );
  }
  if (content.embargo !== undefined && new Date(content.embargo).toISOString() > now) {
    throw new Problem(
      'conflict',
      `The article is under embargo until ${content.embargo}.`,
      'Schedule it for then, or lift the embargo.',
    );
  }
}

import * as Y from 'yjs';
import type { Clock } from '../../base/clock.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { ArticleContent } from '../../contract/article.ts';
import { readArticle, writeArticle } from '../../contract/shared/article.ts';
import { bodyOf } from '../../contract/shared/names.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { revisionOf } from '../articles/articles.newsroom.views.ts';
import { parseContent, reviseArticle } from '../articles/articles.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import {
  appendUpdates,
  changeDocument,
  compactUpdates,
  type DocumentRow,
  insertDocument,
  lockDocument,
  putAuthorship,
  putClients,
  putRevisionNote,
} from './collaboration.store.ts';
import { updatesAfter } from './documents.views.ts';
import { applyContent } from './merge.ts';
import { makeRescuer } from './rescue.ts';

export type Desk = { readonly db: Db; readonly clock: Clock };

/** How many updates lie beside a snapshot before they are put into it. */
const COMPACT_AFTER = 200;

/**
 * The shared document of an article as one update, made from its latest revision where there was none, with every revision in it that
 * came from elsewhere. @throws Problem `not-found`
 */
export async function openDocument(
  desk: Desk,
  articleId: string,
): Promise<{ state: Uint8Array; seq: number; revision: number; fault: string | null }> {
  return desk.db.write(async (tx) => {
    const row = await caughtUp(tx, desk.clock, articleId);
    return {
      state: await stateOf(tx, row),
      seq: row.last_seq,
      revision: row.revision_number,
      fault: row.fault,
    };
  });
}

/** Brings revisions that came by another way than this document into it, where there are any. */
export async function catchUp(desk: Desk, articleId: string): Promise<void> {
  await desk.db.write((tx) => caughtUp(tx, desk.clock, articleId));
}

async function caughtUp(tx: Tx, clock: Clock, articleId: string): Promise<DocumentRow> {
  const row = (await lockDocument(tx, articleId)) ?? (await begin(tx, clock, articleId));
  const latest = await latestRevision(tx, articleId);
  if (latest.revision <= row.revision_number) return row;
  await takeOutside(tx, clock, { row, ...latest });
  return (await lockDocument(tx, articleId)) ?? row;
}

type Latest = { readonly revision: number; readonly content: ArticleContent; readonly by: string | null };

async function latestRevision(db: Reader, articleId: string): Promise<Latest> {
  const article = await db
    .selectFrom('articles')
    .select('revision_number')
    .where('id', '=', articleId)
    .executeTakeFirst();
  const found =
    article === undefined
      ? undefined
      : await revisionOf(db, { articleId, revision: article.revision_number });
  if (found === undefined) throw new Problem('not-found', `There is no article ${articleId}.`);
  return { revision: found.revision, content: found.content, by: found.createdBy };
}

async function begin(tx: Tx, clock: Clock, articleId: string): Promise<DocumentRow> {
  const { revision, content } = await latestRevision(tx, articleId);
  const doc = new Y.Doc();
  writeArticle(doc, content);
  const state = toBase64(Y.encodeStateAsUpdate(doc));
  const now = clock.now();
  await insertDocument(tx, {
    article_id: articleId,
    snapshot: state,
    snapshot_seq: 0,
    last_seq: 0,
    revision_number: revision,
    revised_seq: 0,
    revision_state: state,
    pending_editors: toJson([]),
    fault: null,
    created_at: now,
    changed_at: now,
    unrevised_since: null,
  });
  const row = await lockDocument(tx, articleId);
  if (row === undefined) throw new Error(`the shared document of ${articleId} was not made`);
  return row;
}

/**
 * The revision from elsewhere is applied to the document as it was at the last revision, and what comes of it is merged like the edit of a
 * colleague who worked offline since.
 */
async function takeOutside(
  tx: Tx,
  clock: Clock,
  given: Latest & { readonly row: DocumentRow },
): Promise<void> {
  const { row, revision, content, by } = given;
  const fork = docOf(fromBase64(row.revision_state));
  const before = Y.encodeStateVector(fork);
  const unrevised = row.last_seq > row.revised_seq;
  applyContent(fork, content);
  const update = Y.encodeStateAsUpdate(fork, before);
  const now = clock.now();
  await putClients(tx, [
    { article_id: row.article_id, client_id: fork.clientID, user_id: by, created_at: now },
  ]);
  const seq = await appendUpdates(tx, row.article_id, {
    updates: merged(await stateOf(tx, row), { update, knows: before }).map((data) => ({ userId: by, data })),
    at: now,
  });
  await putRevisionNote(tx, {
    article_id: row.article_id,
    revision_number: revision,
    origin: 'outside',
    editors: toJson(by === null ? [] : [by]),
    restored_from: null,
  });
  await putAuthorship(tx, authorship(row, { doc: fork, revision, at: now }));
  await changeDocument(tx, row.article_id, {
    revision_number: revision,
    revision_state: toBase64(Y.encodeStateAsUpdate(fork)),
    ...(unrevised
      ? {}
      : { revised_seq: seq, pending_editors: row.pending_editors, unrevised_since: row.unrevised_since }),
  });
}

/** What comes into a document with an update, what was typed into passages that it removes included. */
function merged(state: Uint8Array, given: { update: Uint8Array; knows: Uint8Array }): string[] {
  const doc = docOf(state, { gc: false });
  const updates: string[] = [];
  doc.on('update', (made: Uint8Array) => updates.push(toBase64(made)));
  makeRescuer(doc, bodyOf(doc)).apply(given.update, { knows: given.knows, origin: 'outside' });
  return updates;
}

export type Kept = { readonly revision: number; readonly fault: string | null };

type Order = {
  readonly articleId: string;
  readonly origin: 'kept' | 'saved' | 'restored';
  /** Who asked; else the last who wrote. */
  readonly by?: string | null;
  /** Puts an earlier revision in the place of what is written, which becomes a revision before. */
  readonly restore?: number;
};

/**
 * Makes a revision of what is in the shared document. What cannot be one (a headline that is empty at the moment) is kept as it is, and
 * the answer says why in `fault`. @throws Problem `not-found`, and `conflict` where a restore would replace what cannot be kept
 */
export async function keepRevision(desk: Desk, order: Order): Promise<Kept> {
  return desk.db.write(async (tx) => {
    const row = await caughtUp(tx, desk.clock, order.articleId);
    if (order.restore === undefined) return revise(tx, desk.clock, { row, order });
    if (row.last_seq > row.revised_seq) {
      const { fault } = await revise(tx, desk.clock, {
        row,
        order: { articleId: order.articleId, origin: 'kept' },
      });
      if (fault !== null)
        throw new Problem(
          'conflict',
          `What is written now cannot be kept as a revision: ${fault}`,
          'Mend that first, so that nothing is lost by going back.',
        );
    }
    const kept = (await lockDocument(tx, row.article_id)) ?? row;
    const restored = await restoreInto(tx, desk.clock, { row: kept, ...order, from: order.restore });
    return revise(tx, desk.clock, { row: restored, order });
  });
}

async function revise(tx: Tx, clock: Clock, given: { row: DocumentRow; order: Order }): Promise<Kept> {
  const { row, order } = given;
  const unchanged = row.last_seq === row.revised_seq;
  if (unchanged && order.origin === 'kept') return { revision: row.revision_number, fault: null };
  const doc = docOf(await stateOf(tx, row));
  const editors = fromJson<string[]>(row.pending_editors as string);
  const by = order.by ?? editors.at(-1) ?? null;
  try {
    const content = parseContent(readArticle(doc));
    const revised = await reviseArticle(
      tx,
      { clock, by },
      { articleId: row.article_id, content, expected: row.revision_number },
    );
    await settle(tx, clock, { row, doc, revision: revised.revision_number, editors, order });
    return { revision: revised.revision_number, fault: null };
  } catch (cause) {
    if (!(cause instanceof Problem) || !['invalid', 'conflict'].includes(cause.kind)) throw cause;
    await changeDocument(tx, row.article_id, { fault: cause.message, unrevised_since: null });
    await compactIfLong(tx, row, doc);
    return { revision: row.revision_number, fault: cause.message };
  }
}

async function settle(
  tx: Tx,
  clock: Clock,
  done: {
    row: DocumentRow;
    doc: Y.Doc;
    revision: number;
    editors: readonly string[];
    order: { origin: 'kept' | 'saved' | 'restored'; restore?: number };
  },
): Promise<void> {
  const { row, doc, revision, editors, order } = done;
  const now = clock.now();
  if (revision > row.revision_number || order.origin !== 'kept') {
    await putRevisionNote(tx, {
      article_id: row.article_id,
      revision_number: revision,
      origin: order.origin,
      editors: toJson([...editors]),
      restored_from: order.restore ?? null,
    });
  }
  await putAuthorship(tx, authorship(row, { doc, revision, at: now }));
  await changeDocument(tx, row.article_id, {
    revision_number: revision,
    revised_seq: row.last_seq,
    revision_state: toBase64(Y.encodeStateAsUpdate(doc)),
    pending_editors: toJson([]),
    fault: null,
    unrevised_since: null,
  });
  await compactIfLong(tx, row, doc);
}

async function compactIfLong(tx: Tx, row: DocumentRow, doc: Y.Doc): Promise<void> {
  if (row.last_seq - row.snapshot_seq < COMPACT_AFTER) return;
  await compactUpdates(tx, row.article_id, {
    snapshot: toBase64(Y.encodeStateAsUpdate(doc)),
    seq: row.last_seq,
  });
}

async function restoreInto(
  tx: Tx,
  clock: Clock,
  given: { row: DocumentRow; from: number; by?: string | null },
): Promise<DocumentRow> {
  const { row, from, by = null } = given;
  const earlier = await revisionOf(tx, { articleId: row.article_id, revision: from });
  if (earlier === undefined)
    throw new Problem('not-found', `There is no revision ${from} of an article ${row.article_id}.`);
  const doc = docOf(await stateOf(tx, row));
  const before = Y.encodeStateVector(doc);
  applyContent(doc, earlier.content);
  await putClients(tx, [
    { article_id: row.article_id, client_id: doc.clientID, user_id: by, created_at: clock.now() },
  ]);
  await appendUpdates(tx, row.article_id, {
    updates: [{ userId: by, data: toBase64(Y.encodeStateAsUpdate(doc, before)) }],
    at: clock.now(),
  });
  return (await lockDocument(tx, row.article_id)) ?? row;
}

/** Everything of a document as one update. */
export async function stateOf(db: Reader, row: DocumentRow): Promise<Uint8Array> {
  const later = await updatesAfter(db, { articleId: row.article_id, after: row.snapshot_seq });
  const snapshot = fromBase64(row.snapshot);
  return later.length === 0 ? snapshot : Y.mergeUpdates([snapshot, ...later.map(({ update }) => update)]);
}

/** A document that holds a state; without `gc` it remembers what was deleted and where. */
export function docOf(state: Uint8Array, options: { gc: boolean } = { gc: true }): Y.Doc {
  const doc = new Y.Doc(options);
  Y.applyUpdate(doc, state);
  return doc;
}

/** Who had written how far at the last revision, and how far at this one. */
function authorship(row: DocumentRow, now: { doc: Y.Doc; revision: number; at: string }) {
  const before = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(fromBase64(row.revision_state)));
  const after = Y.decodeStateVector(Y.encodeStateVector(now.doc));
  return [...after].flatMap(([client, clock]) => {
    const from = before.get(client) ?? 0;
    if (clock <= from) return [];
    return [
      {
        article_id: row.article_id,
        client_id: client,
        from_clock: from,
        to_clock: clock,
        revision_number: now.revision,
        created_at: now.at,
      },
    ];
  });
}

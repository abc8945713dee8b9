import type { z } from 'zod';
import { mayRole, type Role } from '../../contract/permissions.ts';
import type {
  AuthorAnswer,
  NoteAnswer,
  PersonAnswer,
  SanctionAnswer,
} from '../../contract/moderation-answers.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader } from '../../storage/db.ts';
import type { CommentRow } from './room.ts';
import { named, namesOf, showDecisions } from './decisions.views.ts';
import { authorKeyOf } from './people.ts';
import { headlinesOf, textOf } from './texts.views.ts';

type Author = z.infer<typeof AuthorAnswer>;
type Sanction = z.infer<typeof SanctionAnswer>;

/** What moderators see of people, by key. */
export async function authorsOf(
  db: Reader,
  given: { keys: readonly string[]; comments: readonly CommentRow[]; now: string },
): Promise<Map<string, Author>> {
  const keys = [...new Set(given.keys)];
  if (keys.length === 0) return new Map();
  const known = await db
    .selectFrom('moderation_people')
    .selectAll()
    .where('author_key', 'in', keys)
    .execute();
  const userIds = keys.flatMap((key) => (key.startsWith('user:') ? [key.slice(5)] : []));
  const users =
    userIds.length === 0
      ? []
      : await db
          .selectFrom('users')
          .select(['id', 'name', 'role', 'avatar_digest'])
          .where('id', 'in', userIds)
          .execute();
  const sanctions = await sanctionsOf(db, keys);
  return new Map(
    keys.map((key) => {
      const userId = key.startsWith('user:') ? key.slice(5) : null;
      const user = users.find((each) => each.id === userId);
      const counts = known.find((each) => each.author_key === key);
      const comment = given.comments.find((each) => authorKeyOf(each) === key);
      const holds = (sanctions.get(key) ?? []).find(
        (each) => each.liftedAt === null && (each.until === null || each.until > given.now),
      );
      return [
        key,
        {
          key,
          userId,
          name: user?.name ?? comment?.author_name ?? '',
          kind:
            userId === null
              ? ('guest' as const)
              : user !== undefined && mayRole(user.role as Role, 'articles:read')
                ? ('staff' as const)
                : ('reader' as const),
          picture: user?.avatar_digest == null ? null : paths.avatar(user.avatar_digest),
          comments: Number(counts?.comments ?? 0),
          approved: Number(counts?.approved ?? 0),
          rejected: Number(counts?.rejected ?? 0),
          reported: Number(counts?.reported ?? 0),
          sanction: holds ?? null,
        },
      ];
    }),
  );
}

async function sanctionsOf(db: Reader, keys: readonly string[]): Promise<Map<string, Sanction[]>> {
  const rows = await db
    .selectFrom('moderation_sanctions')
    .selectAll()
    .where('author_key', 'in', keys)
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute();
  const names = await namesOf(
    db,
    rows.map((row) => row.created_by),
  );
  const found = new Map<string, Sanction[]>();
  for (const row of rows)
    found.set(row.author_key, [
      ...(found.get(row.author_key) ?? []),
      {
        id: row.id,
        kind: row.kind,
        until: row.until_at,
        reason: row.reason,
        standard: row.standard_paragraph,
        by: named(names, row.created_by),
        createdAt: row.created_at,
        liftedAt: row.lifted_at,
      },
    ]);
  return found;
}

/** Notes of moderators, newest first. */
export async function notesOf(
  db: Reader,
  subject: { kind: 'comment' | 'person'; id: string },
): Promise<z.infer<typeof NoteAnswer>[]> {
  const rows = await db
    .selectFrom('moderation_notes')
    .selectAll()
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  const names = await namesOf(
    db,
    rows.map((row) => row.created_by),
  );
  return rows.map((row) => ({
    id: row.id,
    body: row.body,
    by: { id: row.created_by, name: names.get(row.created_by) ?? '' },
    createdAt: row.created_at,
  }));
}

/** A commenter's history: counts, newest comments, decisions, sanctions, notes. Undefined for a key that nobody has. */
export async function personOf(
  db: Reader,
  view: { key: string; now: string; language: string },
): Promise<PersonAnswer | undefined> {
  const { key } = view;
  const userId = key.startsWith('user:') ? key.slice(5) : null;
  const last = await db
    .selectFrom('moderation_decisions')
    .selectAll()
    .where('author_key', '=', key)
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  const commentIds = [...new Set(last.flatMap((row) => row.comment_id ?? []))];
  const comments =
    userId !== null
      ? await db
          .selectFrom('comments')
          .selectAll()
          .where('user_id', '=', userId)
          .orderBy('id', 'desc')
          .limit(50)
          .execute()
      : commentIds.length === 0
        ? []
        : await db
            .selectFrom('comments')
            .selectAll()
            .where('id', 'in', commentIds)
            .orderBy('id', 'desc')
            .execute();
  const user =
    userId === null
      ? undefined
      : await db.selectFrom('users').select(['id', 'created_at']).where('id', '=', userId).executeTakeFirst();
  if (user === undefined && comments.length === 0) return undefined;
  const author = (await authorsOf(db, { keys: [key], comments, now: view.now })).get(key);
  if (author === undefined) return undefined;
  const articles = await headlinesOf(
    db,
    comments.map((comment) => comment.article_id),
  );
  return {
    ...author,
    since: user?.created_at ?? null,
    newest: comments.map((comment) => ({
      id: comment.id,
      author: comment.author_name,
      text: textOf(comment),
      state: comment.state,
      createdAt: comment.created_at,
      level: 0,
      article: articles.get(comment.article_id) ?? { id: comment.article_id, headline: '', path: null },
    })),
    decisions: await showDecisions(db, last, view.language),
    sanctions: (await sanctionsOf(db, [key])).get(key) ?? [],
    noteList: await notesOf(db, { kind: 'person', id: key }),
  };
}

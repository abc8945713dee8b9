import type { Selectable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { CommentDoc } from '../../contract/comment-doc.ts';
import type { CommentState, ReactionKind } from '../../contract/comments.ts';
import type { Reader } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

/** A comment as lists show it. Of one that is not visible there is no author and no text, whoever asks. */
export type CommentRecord = {
  readonly id: string;
  readonly articleId: string;
  readonly number: number;
  readonly parentId: string | undefined;
  readonly rootId: string;
  readonly depth: number;
  readonly level: number;
  readonly path: string;
  readonly state: CommentState;
  readonly author: CommentAuthor | undefined;
  readonly body: CommentDoc | undefined;
  readonly language: string | undefined;
  readonly at: Instant;
  readonly edited: { readonly at: Instant; readonly count: number } | undefined;
  readonly featured: boolean;
  readonly reactions: Readonly<Record<ReactionKind, number>>;
  readonly score: number;
  readonly descendants: number;
  /** What it answers, where that is not what it stands under. */
  readonly quotes:
    | {
        readonly id: string;
        readonly userId: string | undefined;
        readonly name: string;
        readonly excerpt: string;
      }
    | undefined;
};

export type CommentAuthor = {
  readonly userId: string | undefined;
  readonly name: string;
  readonly mark: 'staff' | 'author' | 'guest' | 'imported' | undefined;
  /** The digest of their picture. */
  readonly picture: string | undefined;
};

type Columns = Pick<
  Selectable<Tables['comments']>,
  | 'id'
  | 'article_id'
  | 'comment_number'
  | 'parent_id'
  | 'root_id'
  | 'anchor_id'
  | 'depth'
  | 'level'
  | 'path'
  | 'user_id'
  | 'author_name'
  | 'mark'
  | 'origin'
  | 'body'
  | 'language'
  | 'state'
  | 'featured_at'
  | 'up_count'
  | 'down_count'
  | 'insight_count'
  | 'thanks_count'
  | 'score'
  | 'descendants'
  | 'edit_count'
  | 'edited_at'
  | 'created_at'
>;
type Joined = Columns & {
  user_name: string | null;
  user_picture: string | null;
  q_id: string | null;
  q_name: string | null;
  q_user: string | null;
  q_user_id: string | null;
  q_excerpt: string | null;
};

const columns = [
  'id',
  'article_id',
  'comment_number',
  'parent_id',
  'root_id',
  'anchor_id',
  'depth',
  'level',
  'path',
  'user_id',
  'author_name',
  'mark',
  'origin',
  'body',
  'language',
  'state',
  'featured_at',
  'up_count',
  'down_count',
  'insight_count',
  'thanks_count',
  'score',
  'descendants',
  'edit_count',
  'edited_at',
  'created_at',
] as const;

function toRecord(row: Joined): CommentRecord {
  const seen = row.state === 'visible';
  return {
    id: row.id,
    articleId: row.article_id,
    number: row.comment_number,
    parentId: row.parent_id ?? undefined,
    rootId: row.root_id,
    depth: row.depth,
    level: row.level,
    path: row.path,
    state: row.state,
    author: seen
      ? {
          userId: row.user_id ?? undefined,
          name: row.user_name ?? row.author_name,
          mark:
            row.mark ??
            (row.user_id !== null || row.author_name === ''
              ? undefined
              : row.origin === null
                ? 'guest'
                : 'imported'),
          picture: row.user_picture ?? undefined,
        }
      : undefined,
    body: seen ? fromJson<CommentDoc>(row.body as string) : undefined,
    language: row.language ?? undefined,
    at: row.created_at,
    edited: row.edited_at === null || !seen ? undefined : { at: row.edited_at, count: row.edit_count },
    featured: row.featured_at !== null,
    reactions: {
      up: row.up_count,
      down: row.down_count,
      insight: row.insight_count,
      thanks: row.thanks_count,
    },
    score: row.score,
    descendants: row.descendants,
    quotes:
      row.q_id === null || !seen
        ? undefined
        : {
            id: row.q_id,
            userId: row.q_user_id ?? undefined,
            name: row.q_user ?? row.q_name ?? '',
            excerpt: row.q_excerpt ?? '',
          },
  };
}

/** Comments of a list of paths or ids, with the names of their authors as they are now and what they answer beyond their place. */
export async function recordsById(db: Reader, ids: readonly string[]): Promise<CommentRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('comments as c')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .leftJoin('comments as q', (join) =>
      join.onRef('q.id', '=', 'c.parent_id').onRef('q.id', '<>', 'c.anchor_id').on('q.state', '=', 'visible'),
    )
    .leftJoin('users as qu', 'qu.id', 'q.user_id')
    .select(columns.map((column) => `c.${column}` as const))
    .select([
      'u.name as user_name',
      'u.avatar_digest as user_picture',
      'q.id as q_id',
      'q.author_name as q_name',
      'qu.name as q_user',
      'qu.id as q_user_id',
      'q.excerpt as q_excerpt',
    ])
    .where('c.id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, toRecord(row as Joined)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

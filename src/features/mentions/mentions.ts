/** The door of the mentions: where somebody was spoken to, until they have read it. */
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { MentionKind } from '../../contract/lists.ts';
import type { Tx } from '../../storage/db.ts';
import { insertMentions } from './mentions.store.ts';

export type NewMention = {
  /** Who is spoken to. The one who speaks is left out. */
  readonly to: readonly string[];
  readonly by: string | null;
  readonly kind: MentionKind;
  readonly articleId?: string;
  /** Address below `/newsroom/` that leads to the very place: `articles/…?thread=…`. */
  readonly target: string;
  /** Some words of what was said, plain text; cut to 300 characters. */
  readonly excerpt: string;
  readonly at: Instant;
};

/** Puts a line into the inbox of everyone who is spoken to, in the transaction of what speaks. */
export async function addMention(tx: Tx, mention: NewMention): Promise<void> {
  const to = [...new Set(mention.to)].filter((userId) => userId !== mention.by);
  await insertMentions(
    tx,
    to.map((userId) => ({
      id: newId(),
      user_id: userId,
      kind: mention.kind,
      by_user: mention.by,
      article_id: mention.articleId ?? null,
      target: mention.target,
      excerpt: [...mention.excerpt].slice(0, 300).join(''),
      created_at: mention.at,
      read_at: null,
    })),
  );
}

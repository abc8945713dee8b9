import type { Id } from '../../base/ids.ts';
import type { PublishedVersion, VersionReason } from '../../contract/article.ts';
import type { Tx } from '../../storage/db.ts';

/** What readers could see of an article before or after a change. */
export type PublishedState = {
  readonly visibility: 'live' | 'killed' | 'taken_down';
  readonly publishedAt: string;
  /** The site's calendar day of publishedAt. */
  readonly day: string;
  readonly version: PublishedVersion;
};

export type PublishedChange = {
  readonly articleId: Id;
  readonly reason: VersionReason;
  readonly before: PublishedState | undefined;
  readonly after: PublishedState;
};

/**
 * A table that must agree with the published articles at every moment: counts, lists, the search index. It is brought forward in the
 * transaction of the publish itself, so that no reader can see the one without the other.
 */
export type Projection = {
  readonly name: string;
  /** It keeps ids of nouns, and is brought forward too when one noun has become part of another. */
  readonly keepsNouns?: true;
  /** Brings the projection from `before` to `after` for each change; changes are of different articles. */
  apply(tx: Tx, changes: readonly PublishedChange[]): Promise<void>;
  /** Empties it, before it is built anew from all published articles. */
  clear(tx: Tx): Promise<void>;
};

/** Whether a state counts and is listed: a live article (pages and notices are not). */
export function isListed(state: PublishedState | undefined): state is PublishedState {
  return state !== undefined && state.visibility === 'live' && state.version.kind === 'article';
}

/** The outbox topic of every new version; the payload carries what caches depend on. */
export const ARTICLE_PUBLISHED = 'article.published';

export type ArticlePublished = {
  readonly articleId: Id;
  readonly version: number;
  readonly reason: VersionReason;
  readonly path: string;
  readonly formerPath?: string;
  readonly sections: readonly Id[];
  readonly storylines: readonly Id[];
  readonly concepts: readonly Id[];
  readonly authors: readonly Id[];
  readonly days: readonly string[];
  readonly editions: readonly string[];
  readonly translationGroup: Id;
};

export { NOUN_CHANGED, type NounChanged } from '../../contract/events.ts';

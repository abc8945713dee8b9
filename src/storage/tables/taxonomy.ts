import type { Generated, Id, Instant, Json } from './columns.ts';

export type TaxonomyTables = {
  storylines: {
    id: Id;
    slug: string;
    title: string;
    /** Titles in other languages, by language tag. */
    titles: Json<Record<string, string>>;
    description: string;
    /** In other languages, by language tag. */
    descriptions: Json<Record<string, string>>;
    language: string;
    state: 'open' | 'closed';
    position: number;
    /** Published articles in it at this moment; kept in the transaction of each publish. */
    article_count: Generated<number>;
    latest_at: Instant | null;
    /** The storyline that it has become part of; its address leads there. */
    merged_into: Id | null;
    /** The article that stands first on its page, until when. */
    pinned_article: Id | null;
    pinned_until: Instant | null;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  /** Published articles of a storyline, in the order the page lists them. */
  storyline_articles: { storyline_id: Id; published_at: Instant; article_id: Id };
  /** Dated facts of a storyline's published articles: its timeline. */
  storyline_facts: {
    id: Id;
    storyline_id: Id;
    article_id: Id;
    fact_date: string;
    fact_text: string;
    position: number;
  };
  concepts: {
    id: Id;
    slug: string;
    kind: 'person' | 'place' | 'organisation' | 'event' | 'topic';
    name: string;
    /** Names in other languages, by language tag. */
    names: Json<Record<string, string>>;
    aliases: Json<string[]>;
    description: string;
    media_topic: string | null;
    same_as: Json<string[]>;
    article_count: Generated<number>;
    /** The concept that it has become part of; its address leads there. */
    merged_into: Id | null;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  concept_articles: { concept_id: Id; published_at: Instant; article_id: Id };
  /** Three related stories each, computed outside the request. */
  related_articles: { article_id: Id; position: number; related_id: Id; score: number };
  short_links: { code: string; article_id: Id | null; target: string | null; created_at: Instant };
};

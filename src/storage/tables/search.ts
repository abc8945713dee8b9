import type { Id, Instant } from './columns.ts';

export type SearchTables = {
  /** One row a published article. `doc_key` orders by publication and is the FTS row id on SQLite. */
  search_docs: {
    doc_key: number;
    article_id: Id;
    published_at: Instant;
    language: string;
    section_id: Id | null;
  };
};

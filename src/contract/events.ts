/** The outbox topic of a change to a noun that pages show: its name, its order, its state, its pictures. */
export const NOUN_CHANGED = 'noun.changed';

export type NounChanged = {
  readonly noun: 'section' | 'author' | 'source' | 'storyline' | 'concept' | 'asset' | 'site' | 'redirect';
  readonly id: string;
};

/** The outbox topic of a lawful erasure from the record. */
export const RECORD_ERASED = 'record.erased';

export type RecordErased = { readonly articleId: string };

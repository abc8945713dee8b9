import { words as ar } from './ar.ts';
import { words as de } from './de.ts';
import { words as en } from './en.ts';
import { words as ru } from './ru.ts';
import type { DiscussionWords } from './words.ts';

export type { DiscussionWords } from './words.ts';

const catalogues: Readonly<Record<string, DiscussionWords>> = { en, de, ar, ru };

/** The words of the discussion in a language; English where we have no catalogue. */
export function discussionWords(lang: string): DiscussionWords {
  return catalogues[lang.toLowerCase().split('-')[0] ?? ''] ?? en;
}

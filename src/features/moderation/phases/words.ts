import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** Words and phrases that people put on a list, each with its action and the paragraph that it breaches. */
export const words: Phase = {
  name: 'words',
  look: ({ text, language, author }, { rules }): Finding | undefined => {
    // What staff quotes is staff's to answer for.
    if (author.kind === 'staff') return undefined;
    const hits = rules.words(text, language);
    const decisive = hits.find(({ rule }) => rule.action === 'reject') ?? hits[0];
    if (decisive === undefined) return undefined;
    const { rule } = decisive;
    return {
      phase: 'words',
      rule: `words:${rule.id}`,
      outcome: rule.action,
      matched: [...new Set(hits.flatMap(({ matched }) => matched))].slice(0, 20),
      standard: rule.standard,
      facts: { phrase: rule.phrase, rules: hits.length },
    };
  },
};

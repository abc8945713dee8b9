import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** The same text again: by the same person, by others, or nearly so. */
export const repeats: Phase = {
  name: 'repeats',
  look: ({ recent, words, author }, { settings }): Finding | undefined => {
    const { own, others, near, nearAction, leastWords, standard } = settings.repeats;
    if (author.kind === 'staff') return undefined;
    const found = { phase: 'repeats', matched: [], standard } as const;
    if (words < leastWords) return undefined;
    if (recent.sameByAuthor && own !== 'publish')
      return { ...found, rule: 'repeats.own', outcome: own, facts: {} };
    if (others > 0 && recent.sameByOthers >= others)
      return { ...found, rule: 'repeats.others', outcome: 'hold', facts: { count: recent.sameByOthers } };
    if (near < 100 && recent.near !== undefined && recent.near.percent >= near && nearAction !== 'publish')
      return {
        ...found,
        rule: 'repeats.near',
        outcome: nearAction,
        facts: { percent: recent.near.percent, by: recent.near.byAuthor ? 'author' : 'other' },
      };
    return undefined;
  },
};

import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

const LETTERS_FOR_CAPITALS = 20;

/** Too short to say anything, too long to be read, or shouted. */
export const length: Phase = {
  name: 'length',
  look: ({ text, author }, { settings }): Finding | undefined => {
    const { least, most, capitals, standard } = settings.length;
    const count = [...text.trim()].length;
    const found = { phase: 'length', matched: [], standard } as const;
    if (count < least) return { ...found, rule: 'length.short', outcome: 'reject', facts: { count, least } };
    if (count > most) return { ...found, rule: 'length.long', outcome: 'reject', facts: { count, most } };
    if (author.kind === 'staff' || capitals === 100) return undefined;
    const cased = text.match(/\p{Lu}|\p{Ll}/gu) ?? [];
    const upper = cased.filter((letter) => /\p{Lu}/u.test(letter)).length;
    const percent = Math.round((upper * 100) / Math.max(1, cased.length));
    if (cased.length < LETTERS_FOR_CAPITALS || percent <= capitals) return undefined;
    return { ...found, rule: 'length.capitals', outcome: 'hold', facts: { percent, most: capitals } };
  },
};

import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** A first comment is looked at before it stands; a guest's always. */
export const newcomer: Phase = {
  name: 'newcomer',
  look: ({ author }, { settings }): Finding | undefined => {
    const found = { phase: 'newcomer', outcome: 'hold', matched: [], standard: null } as const;
    if (author.kind === 'guest') return { ...found, rule: 'newcomer.guest', facts: {} };
    const { approved } = settings.newcomer;
    if (author.kind === 'staff' || author.approved >= approved) return undefined;
    return { ...found, rule: 'newcomer.first', facts: { have: author.approved, need: approved } };
  },
};

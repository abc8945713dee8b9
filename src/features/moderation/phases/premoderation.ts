import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** Everything under this article, storyline or section is read before it stands. */
export const premoderation: Phase = {
  name: 'premoderation',
  look: ({ author }, { settings }): Finding | undefined => {
    if (!settings.premoderation.on || author.kind === 'staff') return undefined;
    return {
      phase: 'premoderation',
      rule: 'premoderation',
      outcome: 'hold',
      matched: [],
      standard: null,
      facts: {},
    };
  },
};

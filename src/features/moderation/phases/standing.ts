import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** Who is banned or suspended is told so; nobody is left to talk to an empty room. */
export const standing: Phase = {
  name: 'standing',
  look: ({ author, now }): Finding | undefined => {
    const { sanction } = author;
    if (sanction === undefined || (sanction.until !== null && sanction.until <= now)) return undefined;
    return {
      phase: 'standing',
      rule: `standing.${sanction.kind}`,
      outcome: 'reject',
      matched: [],
      standard: sanction.standard,
      facts: sanction.until === null ? {} : { until: sanction.until },
    };
  },
};

import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** What looks like comments that this site's moderators have removed. Acts only while its measured precision is above the bar. */
export const learned: Phase = {
  name: 'learned',
  look: ({ learned: said, author }, { settings }): Finding | undefined => {
    const { enabled, threshold, action, standard } = settings.learned;
    if (!enabled || said === undefined || author.kind === 'staff' || said.percent < threshold)
      return undefined;
    return {
      phase: 'learned',
      rule: 'learned.trouble',
      outcome: action,
      matched: said.because,
      standard,
      facts: { percent: said.percent, threshold },
    };
  },
};

import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** Slow mode: so many seconds between two comments of a person under an article. */
export const slowMode: Phase = {
  name: 'slow-mode',
  look: ({ recent, author, now }, { settings }): Finding | undefined => {
    const { seconds } = settings.slowMode;
    if (seconds === 0 || author.kind === 'staff' || recent.lastHere === undefined) return undefined;
    const wait = Math.ceil((Date.parse(recent.lastHere) + seconds * 1000 - Date.parse(now)) / 1000);
    if (wait <= 0) return undefined;
    return {
      phase: 'slow-mode',
      rule: 'slow-mode',
      outcome: 'reject',
      matched: [],
      standard: null,
      facts: { seconds, wait },
    };
  },
};

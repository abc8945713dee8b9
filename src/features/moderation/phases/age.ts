import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** An account made for one comment waits. */
export const age: Phase = {
  name: 'age',
  look: ({ author, now }, { settings }): Finding | undefined => {
    const { minutes } = settings.age;
    if (minutes === 0 || author.kind !== 'reader' || author.since === undefined) return undefined;
    const old = Math.floor((Date.parse(now) - Date.parse(author.since)) / 60_000);
    if (old >= minutes) return undefined;
    return {
      phase: 'age',
      rule: 'age.account',
      outcome: 'hold',
      matched: [],
      standard: null,
      facts: { minutes: Math.max(0, old), least: minutes },
    };
  },
};

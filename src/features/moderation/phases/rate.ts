import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** More comments in a minute or an hour than a person writes who also reads. */
export const rate: Phase = {
  name: 'rate',
  look: ({ recent, author }, { settings }): Finding | undefined => {
    if (author.kind === 'staff') return undefined;
    const { perMinute, perHour, action, standard } = settings.rate;
    const found = { phase: 'rate', outcome: action, matched: [], standard } as const;
    if (recent.lastMinute >= perMinute)
      return { ...found, rule: 'rate.minute', facts: { count: recent.lastMinute + 1, most: perMinute } };
    if (recent.lastHour >= perHour)
      return { ...found, rule: 'rate.hour', facts: { count: recent.lastHour + 1, most: perHour } };
    return undefined;
  },
};

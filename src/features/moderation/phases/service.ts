import type { Finding } from '../../../contract/moderation.ts';
import type { Phase } from './phase.ts';

/** A service outside is asked once the comment is stored; until it has answered the comment is what the settings say. */
export const service: Phase = {
  name: 'service',
  look: ({ author }, { settings }): Finding | undefined => {
    const { enabled, url, meanwhile } = settings.service;
    if (!enabled || url === '' || author.kind === 'staff') return undefined;
    return {
      phase: 'service',
      rule: 'service.asked',
      outcome: meanwhile,
      matched: [],
      standard: null,
      facts: {},
    };
  },
};

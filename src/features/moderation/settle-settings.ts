import { Problem } from '../../base/problem.ts';
import type { ModerationSettings } from '../../contract/moderation.ts';
import type { Reader } from '../../storage/db.ts';
import { newestTrials } from './classifier.store.ts';
import { LEAST_FLAGGED, measure, passes } from './classifier/trials.ts';
import { hasServiceSecret } from './service.ts';

/**
 * Checks settings against what they need: a classifier is enabled once its measured precision allows it, a service when its answers can be
 * trusted. @throws Problem `conflict`, `invalid`
 */
export async function settleSettings(db: Reader, settings: ModerationSettings): Promise<void> {
  const { learned, service } = settings;
  if (learned.enabled) {
    const measured = measure(await newestTrials(db), learned.threshold);
    if (!passes(measured, learned.bar)) {
      const have =
        measured.flagged < LEAST_FLAGGED
          ? `it has flagged ${measured.flagged} comments that people then decided, and ${LEAST_FLAGGED} are needed`
          : `its precision is at least ${measured.precisionAtLeast.toFixed(1)} %, and the bar is ${learned.bar} %`;
      throw new Problem(
        'conflict',
        `The classifier is not sure enough to act: ${have}.`,
        'It learns from each decision; look again later.',
        { fields: { '/learned/enabled': 'is refused' } },
      );
    }
  }
  if (service.enabled && service.url === '')
    throw new Problem('invalid', 'A service needs an address.', undefined, {
      fields: { '/service/url': 'is missing' },
    });
  if (service.enabled && !(await hasServiceSecret(db)))
    throw new Problem(
      'conflict',
      'The service has no secret yet.',
      'Make one first and give it to the service.',
    );
}

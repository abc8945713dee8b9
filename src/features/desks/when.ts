import { z } from 'zod';
import { type Instant, isTimeZone, resolveLocal, toInstant } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';

/** A time as a clock on a wall shows it. */
export const LocalTimeInput = z
  .strictObject({
    time: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'a local time such as 2026-03-29T09:30'),
    zone: z
      .string()
      .refine(isTimeZone, 'an IANA time zone such as Europe/Lisbon')
      .optional()
      .describe('The site’s when absent'),
    which: z.enum(['first', 'second']).optional().describe('Of a time that comes twice'),
  })
  .describe('A wall-clock time in a zone, in the place of `at`');

/**
 * The instant that somebody means.
 * @throws Problem `invalid` when a time does not come (clocks go forward), comes twice and nobody said which, or none or two are given
 */
export function resolveWhen(
  given: {
    readonly at?: string | undefined;
    readonly local?: z.output<typeof LocalTimeInput> | undefined;
  },
  siteZone: string,
): Instant {
  const { at, local } = given;
  if ((at === undefined) === (local === undefined))
    throw new Problem(
      'invalid',
      at === undefined ? 'No time is given.' : 'Two times are given.',
      'Give `at` or `local`.',
      {
        fields: { '/at': 'or `local`, and not both' },
      },
    );
  if (at !== undefined) {
    const instant = toInstant(at);
    if (instant === undefined)
      throw new Problem('invalid', `"${at}" is not an instant.`, undefined, {
        fields: { '/at': 'is not an instant' },
      });
    return instant;
  }
  const { time, zone = siteZone, which } = local ?? { time: '' };
  const resolved = resolveLocal(time, zone);
  switch (resolved?.kind) {
    case undefined:
      throw new Problem('invalid', `"${time}" is not a time of any day.`, undefined, {
        fields: { '/local/time': 'is not a time' },
      });
    case 'gap':
      throw new Problem(
        'invalid',
        `${time} does not come in ${zone}: clocks go forward over it.`,
        `The first time after it is ${resolved.until}.`,
        { fields: { '/local/time': 'does not come on that day' } },
      );
    case 'overlap':
      if (which !== undefined) return which === 'first' ? resolved.first : resolved.second;
      throw new Problem(
        'invalid',
        `${time} comes twice in ${zone}: at ${resolved.first} and, when the clocks have gone back, at ${resolved.second}.`,
        'Say which: the first or the second.',
        { fields: { '/local/which': 'is needed: the time comes twice' } },
      );
    case 'instant':
      return resolved.at;
  }
}

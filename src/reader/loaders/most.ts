import { directionOf } from '../../base/text.ts';
import type { MostLists } from '../../contract/pages.ts';
import { mostOf } from '../../features/audience/audience.views.ts';
import type { ReaderContext } from './context.ts';

const LISTED = 5;

/** The lists of what is most read and discussed in an edition, or in a section of it. */
export async function mostLists(
  ctx: ReaderContext,
  shelf: { edition: string; section?: string },
): Promise<MostLists> {
  const atMs = Date.parse(ctx.now);
  const list = async (
    measure: 'read' | 'discussed',
    period: MostLists[number]['period'],
  ): Promise<MostLists[number]['read']> =>
    (await mostOf(ctx.read, { measure, period, atMs, ...shelf }, LISTED)).map(
      ({ headline, path, language }) => ({
        headline,
        href: path,
        lang: language,
        dir: directionOf(language),
      }),
    );
  const lists: MostLists[number][] = [];
  for (const period of ['hour', 'day', 'week'] as const)
    lists.push({ period, read: await list('read', period), discussed: await list('discussed', period) });
  return lists;
}

import { walk } from '../../../contract/document.ts';
import { isListed, type Projection, type PublishedState } from '../../articles/articles.events.ts';
import { batches } from '../../articles/articles.ts';

/** Seconds of `#t=95`, `#t=1:35`, `#t=01:01:35` (Media Fragments 1.0 §4.2.1). */
export function secondOf(fragment: string): number | undefined {
  const text = /^#?t=(?:npt:)?(\d+(?::\d{1,2}){0,2})(?:\.\d+)?$/.exec(fragment)?.[1];
  return text?.split(':').reduce((all, part) => all * 60 + Number(part), 0);
}

/** Moments of episodes that a published article links to: programme, episode, second. */
export function momentsIn(state: PublishedState): { programme: string; episode: string; second: number }[] {
  const found: { programme: string; episode: string; second: number }[] = [];
  for (const node of walk(state.version.body)) {
    const marks =
      'marks' in node ? ((node.marks ?? []) as { type: string; attrs?: { href?: string } }[]) : [];
    for (const mark of marks) {
      const match = /^(?:https?:\/\/[^/]+)?\/podcast\/([^/#?]+)\/([^/#?]+)(#.*)?$/.exec(
        mark.type === 'link' ? (mark.attrs?.href ?? '') : '',
      );
      if (match === null) continue;
      const [, programme = '', episode = '', fragment = ''] = match;
      found.push({ programme, episode, second: secondOf(fragment) ?? 0 });
    }
  }
  return found;
}

/** Which published articles link to which moments of episodes. */
export const momentLinks: Projection = {
  name: 'moments',
  apply: async (tx, changes) => {
    const had = changes.filter(({ before }) => before !== undefined).map(({ articleId }) => articleId);
    for (const batch of batches(had))
      await tx.deleteFrom('radio_links').where('article_id', 'in', batch).execute();
    for (const { articleId, after } of changes) {
      if (!isListed(after)) continue;
      const rows = new Map<string, { article_id: string; episode_id: string; second: number }>();
      for (const { programme, episode, second } of momentsIn(after)) {
        const row = await tx
          .selectFrom('radio_episodes')
          .innerJoin('radio_programmes', 'radio_programmes.id', 'radio_episodes.programme_id')
          .select('radio_episodes.id')
          .where('radio_programmes.slug', '=', decodeURIComponent(programme))
          .where('radio_episodes.slug', '=', decodeURIComponent(episode))
          .executeTakeFirst();
        if (row !== undefined)
          rows.set(`${row.id} ${second}`, { article_id: articleId, episode_id: row.id, second });
      }
      if (rows.size > 0)
        await tx
          .insertInto('radio_links')
          .values([...rows.values()])
          .execute();
    }
  },
  clear: async (tx) => void (await tx.deleteFrom('radio_links').execute()),
};

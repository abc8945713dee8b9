import type { Instant } from '../../base/clock.ts';
import { emptySlots, type FrontSlots, type FrontState, type StoryRef } from '../../contract/front.ts';
import type { Reader } from '../../storage/db.ts';
import { listStories, storiesById, type StoryRow } from '../articles/articles.views.ts';
import { arrange, namedIn } from './arrange.ts';
import { layoutsPage, currentLayout } from './front-pages.views.ts';

const LATEST = 40;

/** Who stands where on an edition's front page; with `slots`, where they would stand. */
export async function frontState(
  db: Reader,
  asked: { edition: string; now: Instant; slots?: FrontSlots | undefined },
): Promise<FrontState> {
  const { edition, now } = asked;
  const standing = await currentLayout(db, edition);
  const [current] = standing === undefined ? [] : await layoutsPage(db, { id: standing.id, limit: 1 });
  const slots = asked.slots ?? standing?.slots ?? emptySlots;
  const { stories } = await listStories(db, { edition }, { limit: LATEST });
  const named = namedIn(slots);
  const chosen = new Map((await storiesById(db, named)).map((story) => [story.id, story]));
  const arranged = arrange(stories, { slots, chosen, now });
  const by = (story: StoryRow) => ({
    story: refOf(story),
    by: arranged.byHand.has(story.id) ? ('hand' as const) : ('itself' as const),
  });
  return {
    edition,
    current: current ?? null,
    filled: {
      lead: arranged.lead === undefined ? null : by(arranged.lead),
      top: arranged.top.map(by),
      pinned: arranged.pinned.map(by),
    },
    fallen: [...arranged.fallen],
    stories: [
      ...[...chosen.values()].map(refOf),
      ...(await unpublished(
        db,
        named.filter((id) => !chosen.has(id)),
      )),
    ],
  };
}

const refOf = (story: StoryRow): StoryRef => ({
  id: story.id,
  headline: story.headline,
  path: story.path,
  publishedAt: story.publishedAt,
  urgency: story.urgency,
  section: story.digest.section?.name ?? null,
  picture: story.digest.picture !== undefined,
});

/** Stories of slots that are not live: the newsroom sees what it has put there. */
async function unpublished(db: Reader, ids: readonly string[]): Promise<StoryRef[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'headline', 'path', 'first_published_at', 'updated_at'])
    .where('id', 'in', [...ids])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    headline: row.headline,
    path: row.path ?? '',
    publishedAt: row.first_published_at ?? row.updated_at,
    urgency: 5,
    section: null,
    picture: false,
  }));
}

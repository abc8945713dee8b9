import { defineCommand } from 'citty';
import { projections } from '../app.ts';
import { recountAudience } from '../features/audience/audience.ts';
import { listAll, rebuildProjections } from '../features/articles/articles.ts';
import { recountDiscussions } from '../features/discussion/discussion.ts';
import { houseFlags, withHouse } from './house.ts';

export const rebuildCommand = defineCommand({
  meta: {
    name: 'rebuild',
    description:
      'Build lists, counts and the search index anew from what is published, and views from their log',
  },
  args: houseFlags,
  run: ({ args }) =>
    withHouse(args, async ({ db, clock }) => {
      const count = await rebuildProjections(db, projections(db.kind));
      await listAll(db);
      const views = await recountAudience(db, clock);
      process.stdout.write(
        `Rebuilt from ${count} published articles; counted again ${views} views of the site.\n`,
      );
      const { discussions, mended } = await recountDiscussions(db, clock.now());
      process.stdout.write(`Counted the comments of ${discussions} discussions; ${mended} were put right.\n`);
    }),
});

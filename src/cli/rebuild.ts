import { defineCommand } from 'citty';
import { projections } from '../app.ts';
import { rebuildProjections } from '../features/articles/articles.ts';
import { houseFlags, withHouse } from './house.ts';

export const rebuildCommand = defineCommand({
  meta: {
    name: 'rebuild',
    description: 'Build lists, counts and the search index anew from what is published',
  },
  args: houseFlags,
  run: ({ args }) =>
    withHouse(args, async ({ db }) => {
      const count = await rebuildProjections(db, projections(db.kind));
      process.stdout.write(`Rebuilt from ${count} published articles.\n`);
    }),
});

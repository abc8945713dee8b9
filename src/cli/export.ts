import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { defineCommand } from 'citty';
import { Problem } from '../base/problem.ts';
import { exportComments } from '../features/discussion/discussion.ts';
import { houseFlags, withHouse } from './house.ts';

/** `dateline export comments`: every comment as JSON Lines, to standard output or a file. */
export const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Export comments as JSON Lines' },
  args: {
    ...houseFlags,
    what: { type: 'positional', required: true, description: 'comments' },
    article: { type: 'string', description: 'only the discussion of one article', valueHint: 'ID' },
    out: { type: 'string', description: 'a file; standard output without', valueHint: 'FILE' },
  },
  run: async ({ args }) => {
    if (args.what !== 'comments')
      throw new Problem('invalid', `There is no export "${args.what}".`, 'Use: export comments.');
    await withHouse(args, async (house, config) => {
      const out = args.out === undefined ? process.stdout : createWriteStream(args.out);
      let count = 0;
      for await (const comment of exportComments(house.db.read, {
        origin: config.origin,
        ...(args.article === undefined ? {} : { articleId: args.article }),
      })) {
        count += 1;
        if (!out.write(`${JSON.stringify(comment)}\n`)) await once(out, 'drain');
      }
      if (out !== process.stdout) {
        out.end();
        await finished(out);
      }
      process.stderr.write(`${count} ${count === 1 ? 'comment' : 'comments'}\n`);
    });
  },
});

import type { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { mediaTypes } from '../../contract/media.ts';
import type { ChapterInput } from '../../contract/radio.ts';
import { paths } from '../../contract/routes.ts';
import type { ApiContext } from '../../http/route.ts';
import { episodeRecords } from './programmes.newsroom.views.ts';

/** An episode as the API answers with it, and its version. @throws Problem `not-found` */
export async function episode(ctx: ApiContext<{ readonly origin: string }>, id: string) {
  const [row] = await episodeRecords(ctx.db.read, { id, limit: 1 });
  if (row === undefined) throw new Problem('not-found', `There is no episode ${id}.`);
  return { body: shown(ctx, row), etag: row.rowVersion };
}

export function shown(
  ctx: ApiContext<{ readonly origin: string }>,
  { digest, programmeSlug, ...row }: Awaited<ReturnType<typeof episodeRecords>>[number],
) {
  const { origin } = ctx.services;
  return {
    ...row,
    chapters: row.chapters.map((chapter): z.infer<typeof ChapterInput> => ({ ...chapter })),
    url: origin + paths.episode(programmeSlug, row.slug),
    audio: digest === null ? null : origin + paths.media(digest, mediaTypes[row.mime ?? ''] ?? 'mp3'),
  };
}

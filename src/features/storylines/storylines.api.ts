import { StorylineAnswer } from '../../contract/noun-answers.ts';
import { StorylineInput } from '../../contract/nouns.ts';
import { paths } from '../../contract/routes.ts';
import { collectionRoutes, type CollectionServices } from '../../http/api/collection.ts';
import type { ApiRoute } from '../../http/route.ts';
import { changeStoryline, createStoryline } from './storylines.ts';
import { storylineRecords, type StorylineRecord } from './storylines.newsroom.views.ts';
import { writeAudit } from '../audit/audit.ts';

export const storylineRoutes: readonly ApiRoute<CollectionServices>[] = collectionRoutes<
  StorylineRecord,
  typeof StorylineInput
>({
  path: '/api/v1/storylines',
  one: 'storyline',
  many: 'storylines',
  read: 'taxonomy:read',
  write: 'taxonomy:write',
  input: StorylineInput,
  output: StorylineAnswer,
  key: (row) => row.slug,
  list: storylineRecords,
  find: async (db, id) => (await storylineRecords(db, { id }))[0],
  create: createStoryline,
  change: changeStoryline,
  log: writeAudit,
  page: (row) => paths.storyline(row.slug),
});

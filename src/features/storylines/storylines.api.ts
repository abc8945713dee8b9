import { StorylineAnswer } from '../../contract/noun-answers.ts';
import { StorylineInput } from '../../contract/nouns.ts';
import { paths } from '../../contract/routes.ts';
import { collectionRoutes } from '../../http/api/collection.ts';
import type { ApiRoute } from '../../http/route.ts';
import { nounContext, type NounServices, publicPage } from '../articles/nouns.api.ts';
import { changeStoryline, createStoryline } from './storylines.ts';
import { storylineRecords, type StorylineRecord } from './storylines.newsroom.views.ts';

export const storylineRoutes: readonly ApiRoute<NounServices>[] = collectionRoutes<
  NounServices,
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
  create: (tx, house, input) => createStoryline(tx, nounContext(house), input),
  change: (tx, house, change) => changeStoryline(tx, nounContext(house), change),
  show: (row, { origin }) => ({ ...row, ...publicPage(paths.storyline(row.slug), origin) }),
});

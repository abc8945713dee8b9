import { ConceptAnswer } from '../../contract/noun-answers.ts';
import { ConceptInput } from '../../contract/nouns.ts';
import { paths } from '../../contract/routes.ts';
import { collectionRoutes } from '../../http/api/collection.ts';
import type { ApiRoute } from '../../http/route.ts';
import { nounContext, type NounServices, publicPage } from '../articles/nouns.api.ts';
import { changeConcept, createConcept } from './concepts.ts';
import { conceptRecords, type ConceptRecord } from './concepts.newsroom.views.ts';

export const conceptRoutes: readonly ApiRoute<NounServices>[] = collectionRoutes<
  NounServices,
  ConceptRecord,
  typeof ConceptInput
>({
  path: '/api/v1/concepts',
  one: 'concept',
  many: 'concepts',
  read: 'taxonomy:read',
  write: 'taxonomy:write',
  input: ConceptInput,
  output: ConceptAnswer,
  key: (row) => row.slug,
  list: conceptRecords,
  find: async (db, id) => (await conceptRecords(db, { id }))[0],
  create: (tx, house, input) => createConcept(tx, nounContext(house), input),
  change: (tx, house, change) => changeConcept(tx, nounContext(house), change),
  show: (row, { origin }) => ({ ...row, ...publicPage(paths.tag(row.slug), origin) }),
});

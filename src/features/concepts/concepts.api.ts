import { ConceptAnswer } from '../../contract/noun-answers.ts';
import { ConceptInput } from '../../contract/nouns.ts';
import { paths } from '../../contract/routes.ts';
import { collectionRoutes, type CollectionServices } from '../../http/api/collection.ts';
import type { ApiRoute } from '../../http/route.ts';
import { changeConcept, createConcept } from './concepts.ts';
import { conceptRecords, type ConceptRecord } from './concepts.newsroom.views.ts';
import { writeAudit } from '../audit/audit.ts';

export const conceptRoutes: readonly ApiRoute<CollectionServices>[] = collectionRoutes<
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
  create: createConcept,
  change: changeConcept,
  log: writeAudit,
  page: (row) => paths.tag(row.slug),
});

import { AuthorAnswer, SectionAnswer, SourceAnswer } from '../../contract/noun-answers.ts';
import { AuthorInput, SectionInput, SourceInput } from '../../contract/nouns.ts';
import { paths } from '../../contract/routes.ts';
import { collectionRoutes, type CollectionServices } from '../../http/api/collection.ts';
import type { ApiRoute } from '../../http/route.ts';
import {
  changeAuthor,
  changeSection,
  changeSource,
  createAuthor,
  createSection,
  createSource,
} from './nouns.ts';
import {
  authorRecords,
  type AuthorRecord,
  sectionRecords,
  type SectionRecord,
  sourceRecords,
  type SourceRecord,
} from './nouns.newsroom.views.ts';
import { writeAudit } from '../audit/audit.ts';

const permissions = { read: 'taxonomy:read', write: 'taxonomy:write' } as const;

export const nounRoutes: readonly ApiRoute<CollectionServices>[] = [
  ...collectionRoutes<SectionRecord, typeof SectionInput>({
    path: '/api/v1/sections',
    one: 'section',
    many: 'sections',
    ...permissions,
    input: SectionInput,
    output: SectionAnswer,
    key: (row) => row.slug,
    list: sectionRecords,
    find: async (db, id) => (await sectionRecords(db, { id }))[0],
    create: createSection,
    change: changeSection,
    log: writeAudit,
    page: (row) => paths.section(row.slug),
  }),
  ...collectionRoutes<AuthorRecord, typeof AuthorInput>({
    path: '/api/v1/authors',
    one: 'author',
    many: 'authors',
    ...permissions,
    input: AuthorInput,
    output: AuthorAnswer,
    key: (row) => row.slug,
    list: authorRecords,
    find: async (db, id) => (await authorRecords(db, { id }))[0],
    create: createAuthor,
    change: changeAuthor,
    log: writeAudit,
    page: (row) => paths.author(row.slug),
  }),
  ...collectionRoutes<SourceRecord, typeof SourceInput>({
    path: '/api/v1/sources',
    one: 'source',
    many: 'sources',
    ...permissions,
    input: SourceInput,
    output: SourceAnswer,
    key: (row) => row.code,
    list: sourceRecords,
    find: async (db, id) => (await sourceRecords(db, { id }))[0],
    create: createSource,
    change: changeSource,
    log: writeAudit,
  }),
];

import type { Clock } from '../../base/clock.ts';
import { AuthorAnswer, SectionAnswer, SourceAnswer } from '../../contract/noun-answers.ts';
import { AuthorInput, SectionInput, SourceInput } from '../../contract/nouns.ts';
import { paths } from '../../contract/routes.ts';
import { collectionRoutes } from '../../http/api/collection.ts';
import type { ApiRoute } from '../../http/route.ts';
import type { Db } from '../../storage/db.ts';
import {
  changeAuthor,
  changeSection,
  changeSource,
  createAuthor,
  createSection,
  createSource,
  type NounContext,
} from './nouns.ts';
import {
  authorRecords,
  type AuthorRecord,
  sectionRecords,
  type SectionRecord,
  sourceRecords,
  type SourceRecord,
} from './nouns.newsroom.views.ts';

/** What the routes of nouns need of the house. */
export type NounServices = { readonly origin: string; readonly clock: Clock };

/** The context of a noun's door, from the context of a request. */
export function nounContext(house: { db: Db; services: NounServices }): NounContext {
  return { db: house.db, clock: house.services.clock };
}

const permissions = { read: 'taxonomy:read', write: 'taxonomy:write' } as const;

export const nounRoutes: readonly ApiRoute<NounServices>[] = [
  ...collectionRoutes<NounServices, SectionRecord, typeof SectionInput>({
    path: '/api/v1/sections',
    one: 'section',
    many: 'sections',
    ...permissions,
    input: SectionInput,
    output: SectionAnswer,
    key: (row) => row.slug,
    list: sectionRecords,
    find: async (db, id) => (await sectionRecords(db, { id }))[0],
    create: (tx, house, input) => createSection(tx, nounContext(house), input),
    change: (tx, house, change) => changeSection(tx, nounContext(house), change),
    show: (row, { origin }) => ({ ...row, ...publicPage(paths.section(row.slug), origin) }),
  }),
  ...collectionRoutes<NounServices, AuthorRecord, typeof AuthorInput>({
    path: '/api/v1/authors',
    one: 'author',
    many: 'authors',
    ...permissions,
    input: AuthorInput,
    output: AuthorAnswer,
    key: (row) => row.slug,
    list: authorRecords,
    find: async (db, id) => (await authorRecords(db, { id }))[0],
    create: (tx, house, input) => createAuthor(tx, nounContext(house), input),
    change: (tx, house, change) => changeAuthor(tx, nounContext(house), change),
    show: (row, { origin }) => ({ ...row, ...publicPage(paths.author(row.slug), origin) }),
  }),
  ...collectionRoutes<NounServices, SourceRecord, typeof SourceInput>({
    path: '/api/v1/sources',
    one: 'source',
    many: 'sources',
    ...permissions,
    input: SourceInput,
    output: SourceAnswer,
    key: (row) => row.code,
    list: sourceRecords,
    find: async (db, id) => (await sourceRecords(db, { id }))[0],
    create: (tx, house, input) => createSource(tx, nounContext(house), input),
    change: (tx, house, change) => changeSource(tx, nounContext(house), change),
    show: (row) => row,
  }),
];

/** Where readers find it. */
export function publicPage(path: string, origin: string): { path: string; url: string } {
  return { path, url: origin + path };
}

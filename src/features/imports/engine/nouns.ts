import { fromJson } from '../../../base/json.ts';
import { slugify } from '../../../base/text.ts';
import type { Tx } from '../../../storage/db.ts';
import {
  changeAuthor,
  changeSection,
  createAuthor,
  createSection,
  createSource,
  type NounContext,
} from '../../articles/articles.ts';
import { changeConcept, createConcept } from '../../concepts/concepts.ts';
import { changeStoryline, createStoryline } from '../../storylines/storylines.ts';
import type { ArticleItem, AuthorItem, ConceptItem, SectionItem, StorylineItem } from '../item.ts';

/** The kinds of item that become nouns of ours. */
export type NounItem = AuthorItem | SectionItem | ConceptItem | StorylineItem;

/** Every noun that an article carries in itself, for files that do not list them apart. */
export function nounsOf(item: ArticleItem): NounItem[] {
  const term = (ref: { externalId: string; name: string; slug?: string }) => ({
    externalId: ref.externalId,
    name: ref.name,
    ...(ref.slug === undefined ? {} : { slug: ref.slug }),
  });
  return [
    ...item.bylines.flatMap((ref): AuthorItem[] =>
      ref.externalId === undefined || ref.name.trim() === ''
        ? []
        : [{ kind: 'author', externalId: ref.externalId, name: ref.name }],
    ),
    ...item.sections.map((ref): SectionItem => ({ kind: 'section', ...term(ref) })),
    ...item.concepts.map((ref): ConceptItem => ({
      kind: 'concept',
      type: ref.type,
      ...term(ref),
      ...(ref.sameAs === undefined ? {} : { sameAs: ref.sameAs }),
    })),
    ...item.storylines.map((ref): StorylineItem => ({ kind: 'storyline', ...term(ref) })),
  ];
}

/** Finds the noun of ours that is the same by its slug, or creates it. Returns its id. */
export async function ourNoun(tx: Tx, context: NounContext, item: NounItem): Promise<string> {
  const name = item.name.trim().slice(0, item.kind === 'section' ? 100 : 200) || item.externalId;
  const slug = slugify(decoded(item.slug ?? item.name)) || slugify(item.externalId) || 'x';
  switch (item.kind) {
    case 'author': {
      const same = await tx
        .selectFrom('authors')
        .select(['id', 'name'])
        .where('slug', '=', slug)
        .executeTakeFirst();
      if (same?.name === name) return same.id;
      return createAuthor(tx, context, {
        name,
        bio: (item.bio ?? '').slice(0, 5000),
        ...(same === undefined ? { slug } : {}),
      });
    }
    case 'section': {
      const same = await tx.selectFrom('sections').select('id').where('slug', '=', slug).executeTakeFirst();
      return same?.id ?? createImportedSection(tx, context, { name, description: item.description ?? '' });
    }
    case 'concept': {
      const same = await tx.selectFrom('concepts').select('id').where('slug', '=', slug).executeTakeFirst();
      const sameAs =
        item.sameAs !== undefined && URL.canParse(item.sameAs) && /^https?:/.test(item.sameAs)
          ? [item.sameAs]
          : [];
      const medtop = /(?:medtop:|mediatopic\/)(\d{8})$/.exec(item.sameAs ?? '')?.[1];
      return (
        same?.id ??
        createConcept(tx, context, {
          slug,
          kind: item.type,
          name,
          description: (item.description ?? '').slice(0, 5000),
          sameAs,
          mediaTopic: medtop === undefined ? null : `medtop:${medtop}`,
        })
      );
    }
    case 'storyline': {
      const same = await tx.selectFrom('storylines').select('id').where('slug', '=', slug).executeTakeFirst();
      return (
        same?.id ??
        createStoryline(tx, context, {
          slug,
          title: name,
          description: (item.description ?? '').slice(0, 5000),
        })
      );
    }
  }
}

/** Gives a noun of ours the name and the description that the file has for it now. Returns whether it had others. */
export async function renameNoun(
  tx: Tx,
  context: NounContext,
  { id, item }: { id: string; item: NounItem },
): Promise<boolean> {
  const name = item.name.trim().slice(0, item.kind === 'section' ? 100 : 200);
  if (name === '') return false;
  switch (item.kind) {
    case 'author': {
      const row = await tx.selectFrom('authors').selectAll().where('id', '=', id).executeTakeFirst();
      const bio = (item.bio ?? row?.bio ?? '').slice(0, 5000);
      if (row === undefined || (row.name === name && row.bio === bio)) return false;
      const kept = { names: namesOf(row.names), roleTitle: row.role_title, email: row.email };
      const input = { ...kept, name, bio, guest: row.guest === 1, asset: row.asset_id };
      await changeAuthor(tx, context, { id, input });
      return true;
    }
    case 'section': {
      const row = await tx.selectFrom('sections').selectAll().where('id', '=', id).executeTakeFirst();
      const description = (item.description ?? row?.description ?? '').slice(0, 2000);
      if (row === undefined || (row.name === name && row.description === description)) return false;
      const kept = { names: namesOf(row.names), position: row.position, listed: row.listed === 1 };
      await changeSection(tx, context, { id, input: { ...kept, name, description } });
      return true;
    }
    case 'concept': {
      const row = await tx.selectFrom('concepts').selectAll().where('id', '=', id).executeTakeFirst();
      const description = (item.description ?? row?.description ?? '').slice(0, 5000);
      if (row === undefined || (row.name === name && row.description === description)) return false;
      const input = {
        kind: row.kind,
        name,
        names: namesOf(row.names),
        description,
        sameAs: fromJson<string[]>(row.same_as as string),
        mediaTopic: row.media_topic,
      };
      await changeConcept(tx, context, { id, input });
      return true;
    }
    case 'storyline': {
      const row = await tx.selectFrom('storylines').selectAll().where('id', '=', id).executeTakeFirst();
      const description = (item.description ?? row?.description ?? '').slice(0, 5000);
      if (row === undefined || (row.title === name && row.description === description)) return false;
      const { language, state, position } = row;
      const input = { title: name, titles: namesOf(row.titles), description, language, state, position };
      await changeStoryline(tx, context, { id, input });
      return true;
    }
  }
}

const namesOf = (text: string): Record<string, string> => fromJson<Record<string, string>>(text);

/** The source of this name, created when it is new. */
export async function ourSource(tx: Tx, context: NounContext, name: string): Promise<string> {
  const code = slugify(name).slice(0, 60) || 'source';
  const same = await tx.selectFrom('sources').select('id').where('code', '=', code).executeTakeFirst();
  return same?.id ?? createSource(tx, context, { code, name: name.slice(0, 200) });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** More than these would not fit a masthead; the editors choose later. */
const LISTED_SECTIONS = 8;

async function createImportedSection(
  tx: Tx,
  context: NounContext,
  section: { name: string; description: string },
): Promise<string> {
  const listed = await tx
    .selectFrom('sections')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('listed', '=', 1)
    .executeTakeFirstOrThrow();
  return createSection(tx, context, {
    name: section.name,
    description: section.description.slice(0, 2000),
    position: 100,
    listed: listed.count < LISTED_SECTIONS,
  });
}

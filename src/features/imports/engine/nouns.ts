import { slugify } from '../../../base/text.ts';
import type { Tx } from '../../../storage/db.ts';
import { createAuthor, createSection, createSource, type NounContext } from '../../articles/articles.ts';
import { createConcept } from '../../concepts/concepts.ts';
import { createStoryline } from '../../storylines/storylines.ts';
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
      return (
        same?.id ??
        createSection(tx, context, {
          name,
          description: (item.description ?? '').slice(0, 2000),
          position: 100,
        })
      );
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

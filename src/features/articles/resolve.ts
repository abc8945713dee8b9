import { Problem } from '../../base/problem.ts';
import type { ArticleContent, PublishedVersion } from '../../contract/article.ts';
import type { Reader } from '../../storage/db.ts';
import { batches } from './articles.store.ts';

/** Names of all nouns that some contents mention, as they are now. */
export type Nouns = {
  readonly sections: ReadonlyMap<
    string,
    { id: string; slug: string; name: string; names: Record<string, string> }
  >;
  readonly authors: ReadonlyMap<
    string,
    { id: string; slug: string; name: string; names: Record<string, string> }
  >;
  readonly sources: ReadonlyMap<string, { code: string; name: string }>;
  readonly storylines: ReadonlyMap<
    string,
    { id: string; slug: string; title: string; titles: Record<string, string> }
  >;
  readonly concepts: ReadonlyMap<
    string,
    { id: string; slug: string; kind: string; name: string; names: Record<string, string> }
  >;
  readonly assets: ReadonlyMap<
    string,
    { digest: string | null; caption: string; credit: string; alt: string }
  >;
};

const namesOf = (text: string): Record<string, string> => JSON.parse(text) as Record<string, string>;

/** Reads every noun that the contents mention: six queries however many contents. */
export async function loadNouns(db: Reader, contents: readonly ArticleContent[]): Promise<Nouns> {
  const want = { sections: new Set<string>(), authors: new Set<string>(), sources: new Set<string>() };
  const tags = { storylines: new Set<string>(), concepts: new Set<string>(), assets: new Set<string>() };
  for (const content of contents) {
    if (content.section !== undefined) want.sections.add(content.section);
    if (content.source !== undefined) want.sources.add(content.source);
    for (const byline of content.bylines) if ('author' in byline) want.authors.add(byline.author);
    for (const id of content.storylines) tags.storylines.add(id);
    for (const id of content.concepts) tags.concepts.add(id);
    if (content.leadPicture !== undefined) tags.assets.add(content.leadPicture.asset);
  }
  const sections = await inBatches(want.sections, (ids) =>
    db.selectFrom('sections').select(['id', 'slug', 'name', 'names']).where('id', 'in', ids).execute(),
  );
  const authors = await inBatches(want.authors, (ids) =>
    db.selectFrom('authors').select(['id', 'slug', 'name', 'names']).where('id', 'in', ids).execute(),
  );
  const sources = await inBatches(want.sources, (ids) =>
    db.selectFrom('sources').select(['id', 'code', 'name']).where('id', 'in', ids).execute(),
  );
  const storylines = await withMerged(tags.storylines, (ids) =>
    db
      .selectFrom('storylines')
      .select(['id', 'slug', 'title', 'titles', 'merged_into'])
      .where('id', 'in', ids)
      .execute(),
  );
  const concepts = await withMerged(tags.concepts, (ids) =>
    db
      .selectFrom('concepts')
      .select(['id', 'slug', 'kind', 'name', 'names', 'merged_into'])
      .where('id', 'in', ids)
      .execute(),
  );
  const assets = await inBatches(tags.assets, (ids) =>
    db
      .selectFrom('assets')
      .select(['id', 'digest', 'caption', 'credit', 'alt'])
      .where('id', 'in', ids)
      .execute(),
  );
  return {
    sections: new Map(sections.map((row) => [row.id, { ...row, names: namesOf(row.names) }])),
    authors: new Map(authors.map((row) => [row.id, { ...row, names: namesOf(row.names) }])),
    sources: new Map(sources.map((row) => [row.id, row])),
    storylines: new Map(storylines.map(([id, row]) => [id, { ...row, titles: namesOf(row.titles) }])),
    concepts: new Map(concepts.map(([id, row]) => [id, { ...row, names: namesOf(row.names) }])),
    assets: new Map(assets.map((row) => [row.id, row])),
  };
}

/** Rows by the ids that were asked for; one that has become part of another stands for that other. */
async function withMerged<T extends { id: string; merged_into: string | null }>(
  ids: ReadonlySet<string>,
  read: (ids: string[]) => Promise<T[]>,
): Promise<[string, T][]> {
  const rows = await inBatches(ids, read);
  const targets = new Set(rows.map((row) => row.merged_into).filter((id) => id !== null));
  const others = new Map((await inBatches(targets, read)).map((row) => [row.id, row]));
  return rows.map((row) => [row.id, others.get(row.merged_into ?? '') ?? row]);
}

/** Once each: two that have become one are named once. */
function once<T extends { id: string }>(list: readonly T[]): T[] {
  return list.filter((item, i) => list.findIndex((other) => other.id === item.id) === i);
}

async function inBatches<T>(ids: ReadonlySet<string>, read: (ids: string[]) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for (const batch of batches([...ids])) all.push(...(await read(batch)));
  return all;
}

/** Refuses a content that names something that does not exist. @throws Problem `invalid`, one field each. */
export function checkReferences(content: ArticleContent, nouns: Nouns): void {
  const fields: Record<string, string> = {};
  const miss = (field: string, known: ReadonlyMap<string, unknown>, id: string | undefined): void => {
    if (id !== undefined && !known.has(id)) fields[field] = `there is none with the id ${id}`;
  };
  miss('/section', nouns.sections, content.section);
  miss('/source', nouns.sources, content.source);
  miss('/leadPicture/asset', nouns.assets, content.leadPicture?.asset);
  content.bylines.forEach((byline, i) =>
    miss(`/bylines/${i}`, nouns.authors, 'author' in byline ? byline.author : undefined),
  );
  content.storylines.forEach((id, i) => miss(`/storylines/${i}`, nouns.storylines, id));
  content.concepts.forEach((id, i) => miss(`/concepts/${i}`, nouns.concepts, id));
  const faults = Object.entries(fields);
  if (faults.length > 0) {
    const [field, why] = faults[0] ?? ['', ''];
    throw new Problem(
      'invalid',
      `The article names something that does not exist: ${field}: ${why}.`,
      'Create it first, or leave it out.',
      {
        fields,
      },
    );
  }
}

/** Writes the names out as they are now: the parts of a published version that come from other nouns. */
export function resolveNouns(
  content: ArticleContent,
  nouns: Nouns,
): Pick<PublishedVersion, 'section' | 'bylines' | 'storylines' | 'concepts' | 'source' | 'leadPicture'> {
  const { language } = content;
  const named = (noun: { name: string; names: Record<string, string> }): string =>
    noun.names[language] ?? noun.name;
  const section = content.section === undefined ? undefined : nouns.sections.get(content.section);
  const source = content.source === undefined ? undefined : nouns.sources.get(content.source);
  const picture = content.leadPicture;
  const asset = picture === undefined ? undefined : nouns.assets.get(picture.asset);
  return {
    ...(section && { section: { id: section.id, slug: section.slug, name: named(section) } }),
    bylines: content.bylines.map((byline) => {
      const role = byline.role === undefined ? {} : { role: byline.role };
      if (!('author' in byline)) return { name: byline.name, ...role };
      const author = nouns.authors.get(byline.author);
      return {
        author: byline.author,
        slug: author?.slug ?? '',
        name: author === undefined ? '' : named(author),
        ...role,
      };
    }),
    storylines: once(
      content.storylines.flatMap((asked) => {
        const storyline = nouns.storylines.get(asked);
        if (storyline === undefined) return [];
        const { id, slug, titles, title } = storyline;
        return [{ id, slug, title: titles[language] ?? title }];
      }),
    ),
    concepts: once(
      content.concepts.flatMap((asked) => {
        const concept = nouns.concepts.get(asked);
        if (concept === undefined) return [];
        return [{ id: concept.id, slug: concept.slug, kind: concept.kind, name: named(concept) }];
      }),
    ),
    ...(source && { source: { code: source.code, name: source.name } }),
    ...(picture &&
      asset && {
        leadPicture: {
          asset: picture.asset,
          ...(asset.digest === null ? {} : { digest: asset.digest }),
          caption: picture.caption ?? asset.caption,
          credit: picture.credit ?? asset.credit,
          alt: picture.alt ?? asset.alt,
        },
      }),
  };
}

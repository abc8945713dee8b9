import { assetKey, fileAddress, fileNameOf, fileTypeOf } from '../html/addresses.ts';
import { htmlToText } from '../html/html.ts';
import { defined, instantOf, line } from '../input/finish.ts';
import type { ConceptType, Unnumbered } from '../item.ts';
import type { WxrEntry } from './entries.ts';
import { externalIdOf, slugOf } from './ids.ts';
import type { WxrIndex } from './scan.ts';

/** Taxonomies that WordPress uses for itself. */
const INTERNAL = new Set([
  'nav_menu',
  'post_format',
  'link_category',
  'wp_theme',
  'wp_template_part_area',
  'wp_pattern_category',
  'language',
  'term_language',
  'post_translations',
  'term_translations',
  'author',
]);
const STORYLINES = /^(series|storylines?|story[-_]?lines?|dossiers?|serie)$/;
const TYPES: readonly (readonly [RegExp, ConceptType])[] = [
  [/^(people|persons?|personal(ity|ities))$/, 'person'],
  [/^(places?|locations?|regions?|countr(y|ies)|cit(y|ies)|geo)$/, 'place'],
  [/^(organi[sz]ations?|compan(y|ies)|institutions?)$/, 'organisation'],
  [/^events?$/, 'event'],
];

/** What a taxonomy's terms are to us. */
export function taxonomyKind(taxonomy: string): 'section' | 'storyline' | 'internal' | ConceptType {
  if (taxonomy === 'category') return 'section';
  if (INTERNAL.has(taxonomy)) return 'internal';
  if (STORYLINES.test(taxonomy)) return 'storyline';
  return TYPES.find(([names]) => names.test(taxonomy))?.[1] ?? 'topic';
}

/** The external id of a term; a tag's is the same in all versions of the format. */
export function termId(taxonomy: string, nicename: string): string {
  const kind = taxonomy === 'post_tag' || taxonomy === 'tag' ? 'tag' : taxonomy;
  return `${kind}:${slugOf(nicename)}`;
}

/** An author, a term or a file of the library; exactly one item for the entry. */
export function headItem(entry: WxrEntry, index: WxrIndex): Unnumbered {
  const { fields } = entry;
  switch (entry.name) {
    case 'wp:author': {
      const login = fields['wp:author_login']?.trim() ?? '';
      const first = [fields['wp:author_first_name'], fields['wp:author_last_name']].join(' ');
      const name = line(htmlToText(fields['wp:author_display_name'] ?? ''), 200) || line(first, 200) || login;
      if (name === '')
        return {
          kind: 'drop',
          externalId: `author:#${entry.ordinal}`,
          what: 'author',
          reason: 'it has no name',
        };
      return {
        kind: 'author',
        externalId: `author:${login}`,
        name,
        ...defined({ email: line(fields['wp:author_email'], 320), slug: login }),
      };
    }
    case 'wp:category':
      return term(entry, {
        taxonomy: 'category',
        slug: fields['wp:category_nicename'],
        name: fields['wp:cat_name'],
        parent: fields['wp:category_parent'],
        description: fields['wp:category_description'],
      });
    case 'wp:tag':
      return term(entry, {
        taxonomy: 'post_tag',
        slug: fields['wp:tag_slug'],
        name: fields['wp:tag_name'],
        description: fields['wp:tag_description'],
      });
    case 'wp:term':
      return term(entry, {
        taxonomy: fields['wp:term_taxonomy']?.trim() ?? '',
        slug: fields['wp:term_slug'],
        name: fields['wp:term_name'],
        parent: fields['wp:term_parent'],
        description: fields['wp:term_description'],
      });
    case 'item':
      return attachment(entry, index);
  }
}

type Term = {
  taxonomy: string;
  slug: string | undefined;
  name: string | undefined;
  parent?: string | undefined;
  description?: string | undefined;
};

function term(entry: WxrEntry, about: Term): Unnumbered {
  const kind = taxonomyKind(about.taxonomy);
  const name = line(htmlToText(about.name ?? ''), 200) || slugOf(about.slug);
  const slug = slugOf(about.slug);
  const externalId =
    slug === '' && name === ''
      ? `${about.taxonomy}:#${entry.ordinal}`
      : termId(about.taxonomy, slug === '' ? name : slug);
  if (kind === 'internal')
    return {
      kind: 'drop',
      externalId,
      what: 'term',
      reason: `taxonomy ${about.taxonomy} is WordPress's own`,
    };
  if (name === '') return { kind: 'drop', externalId, what: 'term', reason: 'it has no name' };
  const shared = {
    externalId,
    name,
    ...defined({ slug, description: line(htmlToText(about.description ?? ''), 2000) }),
  };
  if (kind === 'storyline') return { kind, ...shared };
  const parent = slugOf(about.parent);
  if (kind === 'section')
    return { kind, ...shared, ...(parent === '' ? {} : { parent: termId(about.taxonomy, parent) }) };
  return { kind: 'concept', type: kind, ...shared };
}

function attachment(entry: WxrEntry, { channel }: WxrIndex): Unnumbered {
  const { fields, meta } = entry;
  const externalId = externalIdOf(entry);
  const address = [fields['wp:attachment_url'], fields['guid'], fields['link']]
    .map((text) => fileAddress(text ?? '', channel.link))
    .find((url) => url !== undefined);
  if (address === undefined)
    return { kind: 'drop', externalId, what: 'attachment', reason: 'it has no address' };
  if (fields['wp:status']?.trim() === 'trash')
    return { kind: 'drop', externalId, what: 'attachment', reason: "it was in the old site's trash" };
  const parent = fields['wp:post_parent']?.trim() ?? '0';
  return {
    kind: 'asset',
    externalId,
    urlKey: assetKey(address),
    type: fileTypeOf(address),
    url: address,
    fileName: line(fileNameOf(address), 255),
    ...defined({
      path: meta.get('_wp_attached_file')?.trim(),
      title: line(htmlToText(fields['title'] ?? ''), 500),
      caption: line(htmlToText(fields['excerpt:encoded'] ?? ''), 2000),
      alt: line(meta.get('_wp_attachment_image_alt'), 1000),
      description: line(htmlToText(fields['content:encoded'] ?? ''), 5000),
      credit: creditOf(meta.get('_wp_attachment_metadata')),
      parent: parent === '0' || parent === '' ? undefined : `post:${parent}`,
      uploadedAt: instantOf(fields['wp:post_date_gmt']) ?? instantOf(fields['wp:post_date']),
    }),
  };
}

/** The photographer's name in PHP's serialisation of what WordPress read from the picture. */
function creditOf(serialised: string | undefined): string | undefined {
  const found = ['credit', 'copyright'].map((name) =>
    new RegExp(`"${name}";s:\\d+:"([^"]{1,300})"`).exec(serialised ?? '')?.[1]?.trim(),
  );
  return line(found.find((text) => text !== undefined && text !== '') ?? '', 500) || undefined;
}

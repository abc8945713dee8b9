import type { Doc } from '../../../contract/document.ts';
import { emptyDoc } from '../../../contract/document.ts';
import { webAddress } from '../html/addresses.ts';
import type { Converted } from '../html/html.ts';
import { htmlToDoc, htmlToParagraphs, htmlToText } from '../html/html.ts';
import { languageTag } from '../html/inline.ts';
import { defined, finishArticle, instantOf, line } from '../input/finish.ts';
import type { ArticleItem, ArticleStatus, AuthorRef, ConceptRef, TermRef, Unnumbered } from '../item.ts';
import type { WxrEntry } from './entries.ts';
import { taxonomyKind, termId } from './heads.ts';
import { externalIdOf, slugOf, typeOf } from './ids.ts';
import type { WxrIndex } from './scan.ts';

/** Types that hold stories on news sites, besides WordPress's own two. */
const STORIES = new Set([
  'post',
  'news',
  'article',
  'articles',
  'story',
  'stories',
  'opinion',
  'blog',
  'press-release',
  'press_release',
  'review',
  'interview',
  'report',
]);
const STATUSES: Readonly<Record<string, ArticleStatus>> = {
  publish: 'published',
  future: 'scheduled',
  draft: 'draft',
  pending: 'draft',
  'auto-draft': 'draft',
  private: 'private',
  trash: 'trash',
};

/** A post or page; a drop with its reason for all other types of item. `withBody` false leaves the text out. */
export function articleItem(entry: WxrEntry, index: WxrIndex, withBody: boolean): Unnumbered {
  const { fields, meta } = entry;
  const externalId = externalIdOf(entry);
  const type = typeOf(entry);
  if (type !== 'page' && !STORIES.has(type))
    return { kind: 'drop', externalId, what: type, reason: `post type ${type}` };
  const written = fields['wp:status']?.trim() || 'publish';
  const content = fields['content:encoded'] ?? fields['description'] ?? '';
  if (written === 'auto-draft' && content.trim() === '')
    return { kind: 'drop', externalId, what: type, reason: 'an empty draft that WordPress made by itself' };
  const warnings: string[] = [];
  let status = STATUSES[written];
  if (status === undefined) {
    status = 'draft';
    warnings.push(`its status was ${written}: kept as a draft`);
  } else if ((fields['wp:post_password'] ?? '') !== '' && status !== 'trash') {
    status = 'draft';
    warnings.push('it was protected by a password: kept as a draft');
  }
  const language = languageOf(entry, index);
  const link = webAddress(fields['link'] ?? '', index.channel.link);
  const base = link ?? webAddress(index.channel.link ?? '', undefined);
  const body: Converted = withBody
    ? convert(entry, { index, base, language, content })
    : { doc: emptyDoc, assets: [], warnings: [] };
  const lead = leadOf(meta);
  return finishArticle({
    externalId,
    articleKind: type === 'page' ? 'page' : 'article',
    status,
    urls:
      status === 'published' || status === 'private' || status === 'scheduled' ? addresses(entry, link) : [],
    headline: htmlToText(fields['title'] ?? ''),
    lede: withBody ? htmlToText(fields['excerpt:encoded'] ?? '') : '',
    body: withEnclosure(body, meta),
    assets: body.assets,
    ...datesOf(fields, status),
    bylines: bylines(entry, index),
    ...terms(entry, index),
    discussion: fields['wp:comment_status']?.trim() === 'open' ? 'open' : 'closed',
    ...(fields['wp:is_sticky']?.trim() === '1' ? { featured: true } : {}),
    ...(lead === undefined ? {} : { lead }),
    ...defined({
      slug: slugOf(fields['wp:post_name']),
      language,
      canonicalUrl: webAddress(
        meta.get('_yoast_wpseo_canonical') ?? meta.get('rank_math_canonical_url') ?? '',
        undefined,
      ),
    }),
    warnings: [...warnings, ...body.warnings],
  });
}

type Conversion = {
  index: WxrIndex;
  base: string | undefined;
  language: string | undefined;
  content: string;
};

function convert(entry: WxrEntry, { index, base, language, content }: Conversion): Converted {
  const id = entry.fields['wp:post_id']?.trim() ?? '';
  return htmlToDoc(content, {
    base,
    language,
    wordpress: {
      attached: index.attached.get(id) ?? [],
      footnotes: footnotes(entry.meta.get('footnotes')),
      reusable: (ref) => index.reusable.get(ref),
    },
  });
}

function footnotes(json: string | undefined): Map<string, string> {
  const notes = new Map<string, string>();
  if (json === undefined || !json.trimStart().startsWith('[')) return notes;
  try {
    for (const { id, content } of JSON.parse(json) as { id?: unknown; content?: unknown }[])
      if (typeof id === 'string' && typeof content === 'string') notes.set(id, htmlToText(content));
  } catch {
    // Notes that a plugin mangled: their marks stay as links in the text.
  }
  return notes;
}

/** A recording that the post's feed carried and its text does not show. */
function withEnclosure({ doc, assets }: Converted, meta: WxrEntry['meta']): Doc {
  const [address = '', , type = ''] = (meta.get('enclosure') ?? '').split('\n').map((part) => part.trim());
  const url = webAddress(address, undefined);
  if (
    url === undefined ||
    !/^(audio|video)\//.test(type) ||
    assets.some((asset) => asset.url === url) ||
    JSON.stringify(doc).includes(JSON.stringify(url).slice(1, -1))
  )
    return doc;
  const embedded = htmlToDoc(
    type.startsWith('audio')
      ? `<audio src="${encodeURI(url)}"></audio>`
      : `<video src="${encodeURI(url)}"></video>`,
  );
  assets.push(...embedded.assets);
  return { type: 'doc', content: [...embedded.doc.content, ...doc.content] };
}

function leadOf(meta: WxrEntry['meta']): ArticleItem['lead'] {
  const id = meta.get('_thumbnail_id')?.trim() ?? '';
  return /^[1-9]\d*$/.test(id) ? { asset: `attachment:${id}` } : undefined;
}

function datesOf(
  fields: WxrEntry['fields'],
  status: ArticleStatus,
): Pick<ArticleItem, 'publishedAt' | 'modifiedAt'> {
  const feed = /-0001|^\s*$/.test(fields['pubDate'] ?? '') ? undefined : instantOf(fields['pubDate']);
  const published = instantOf(fields['wp:post_date_gmt']) ?? feed ?? instantOf(fields['wp:post_date']);
  const modified = instantOf(fields['wp:post_modified_gmt']) ?? instantOf(fields['wp:post_modified']);
  return defined({
    publishedAt: status === 'draft' ? (published ?? modified) : published,
    modifiedAt: modified,
  });
}

function languageOf({ categories }: WxrEntry, { channel }: WxrIndex): string | undefined {
  const own = categories.find(({ domain }) => domain === 'language')?.nicename;
  return languageTag(own ?? '') ?? languageTag(channel.language ?? '');
}

function addresses({ fields, meta }: WxrEntry, link: string | undefined): string[] {
  const urls = [link, webAddress(fields['guid'] ?? '', undefined)].filter((url) => url !== undefined);
  const old = meta.get('_wp_old_slug')?.trim() ?? '';
  const name = fields['wp:post_name']?.trim() ?? '';
  if (link !== undefined && old !== '' && name !== '' && link.includes(`/${name}`))
    urls.push(link.replace(`/${name}`, `/${encodeURIComponent(slugOf(old))}`));
  return urls;
}

function bylines({ fields, categories }: WxrEntry, { authors }: WxrIndex): AuthorRef[] {
  // The Co-Authors plugin writes its authors as terms.
  const several = categories.filter(({ domain }) => domain === 'author');
  if (several.length > 0)
    return several.map(({ nicename, name }) => {
      const login = nicename.replace(/^cap-/, '');
      return { externalId: `author:${login}`, name: authors.get(login)?.name ?? (htmlToText(name) || login) };
    });
  const login = fields['dc:creator']?.trim() ?? '';
  if (login === '') return [];
  const known = authors.get(login);
  return [
    {
      externalId: `author:${login}`,
      name: known?.name ?? login,
      ...(known?.email === undefined ? {} : { email: known.email }),
    },
  ];
}

function terms(
  { categories, meta }: WxrEntry,
  index: WxrIndex,
): Pick<ArticleItem, 'sections' | 'concepts' | 'storylines'> {
  const sections: TermRef[] = [];
  const concepts: ConceptRef[] = [];
  const storylines: TermRef[] = [];
  const named = categories.some(({ domain }) => domain !== '');
  const seen = new Set<string>();
  for (const { domain, nicename, name } of categories) {
    if (domain === '' && named) continue;
    const taxonomy = domain === '' ? 'category' : domain;
    const kind = taxonomyKind(taxonomy);
    const shown = line(htmlToText(name), 200) || slugOf(nicename);
    if (kind === 'internal' || shown === '') continue;
    const slug = slugOf(nicename);
    const externalId = termId(taxonomy, slug === '' ? shown : slug);
    if (seen.has(externalId)) continue;
    seen.add(externalId);
    const ref: TermRef = { externalId, name: shown, ...defined({ slug }) };
    if (kind === 'section') sections.push(ref);
    else if (kind === 'storyline') storylines.push(ref);
    else concepts.push({ ...ref, type: kind });
  }
  const primary = index.categories.get(
    (meta.get('_yoast_wpseo_primary_category') ?? meta.get('rank_math_primary_category') ?? '').trim(),
  );
  const main =
    primary === undefined
      ? -1
      : sections.findIndex(({ externalId }) => externalId === termId('category', primary));
  if (main > 0) sections.unshift(...sections.splice(main, 1));
  return { sections, concepts, storylines };
}

/** The comments of an item, one for one; on what is no article of ours they are drops. */
export function commentItems(entry: WxrEntry, kept: boolean): Unnumbered[] {
  const article = externalIdOf(entry);
  return entry.comments.map((fields, i) => {
    const id = fields['wp:comment_id']?.trim() ?? '';
    const externalId = id === '' ? `comment:${article}#${i}` : `comment:${id}`;
    if (!kept)
      return {
        kind: 'drop',
        externalId,
        what: 'comment',
        reason: `it stands under a ${typeOf(entry)}, which is not kept as an article`,
      };
    const paragraphs = htmlToParagraphs(fields['wp:comment_content'] ?? '', { addresses: true });
    if (paragraphs.length === 0) return { kind: 'drop', externalId, what: 'comment', reason: 'it is empty' };
    const approved = fields['wp:comment_approved']?.trim() ?? '1';
    const parent = fields['wp:comment_parent']?.trim() ?? '0';
    return {
      kind: 'comment',
      externalId,
      article,
      ...(parent === '0' || parent === '' ? {} : { parent: `comment:${parent}` }),
      author: {
        name: line(htmlToText(fields['wp:comment_author'] ?? ''), 200) || 'Anonymous',
        ...defined({
          email: line(fields['wp:comment_author_email'], 320),
          url: webAddress(fields['wp:comment_author_url'] ?? '', undefined),
        }),
      },
      ...defined({
        writtenAt: instantOf(fields['wp:comment_date_gmt']) ?? instantOf(fields['wp:comment_date']),
      }),
      paragraphs,
      state:
        approved === '1' || approved === 'approve'
          ? 'approved'
          : approved === 'spam'
            ? 'spam'
            : approved === 'trash' || approved === 'post-trashed'
              ? 'trash'
              : 'pending',
      type: /^(pingback|trackback)$/.test(fields['wp:comment_type']?.trim() ?? '') ? 'pingback' : 'comment',
    };
  });
}

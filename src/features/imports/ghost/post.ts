import type { Doc } from '../../../contract/document.ts';
import { emptyDoc, walk } from '../../../contract/document.ts';
import { webAddress } from '../html/addresses.ts';
import { AssetList } from '../html/assets.ts';
import type { Converted } from '../html/html.ts';
import { feedHtml, htmlToText, newConversion } from '../html/html.ts';
import { languageTag } from '../html/inline.ts';
import { defined, finishArticle, instantOf, line } from '../input/finish.ts';
import type { ArticleItem, ArticleStatus, Unnumbered } from '../item.ts';
import { feedLexical, hasMarkdown } from './lexical.ts';
import { feedMobiledoc } from './mobiledoc.ts';
import type { GhostIndex, Row } from './tables.ts';
import { text } from './tables.ts';

/** Stands for the old site where nobody says its address: files are then found by their path, and links stay on the new site. */
const UNKNOWN_SITE = 'https://ghost-site.invalid';

type GhostSite = { base: string; language: string | undefined };

export function siteOf(index: GhostIndex, given: string | undefined): GhostSite {
  const said = [given, index.settings.get('url')].find(
    (value) => typeof value === 'string' && webAddress(value, undefined) !== undefined,
  );
  const base = (typeof said === 'string' ? said : UNKNOWN_SITE).replace(/\/+$/, '');
  const locale =
    index.settings.get('locale') ?? index.settings.get('lang') ?? index.settings.get('default_locale');
  return { base, language: languageTag(typeof locale === 'string' ? locale : '') };
}

/** A user as an author. */
export function authorItem([id, row]: readonly [string, Row], site: GhostSite): Unnumbered {
  const name = line(text(row, 'name'), 200) || text(row, 'slug');
  if (name === '')
    return { kind: 'drop', externalId: `author:${id}`, what: 'author', reason: 'it has no name' };
  const address = expand(text(row, 'profile_image') || text(row, 'image'), site);
  const list = new AssetList(site.base);
  const key = address === '' ? undefined : list.add(address, { type: 'image' });
  const picture = key === undefined ? undefined : list.get(key);
  return {
    kind: 'author',
    externalId: `author:${id}`,
    name,
    ...defined({
      slug: text(row, 'slug'),
      email: text(row, 'email'),
      url: webAddress(text(row, 'website'), undefined),
      bio: line(text(row, 'bio'), 2000),
      picture,
    }),
  };
}

/** A tag as a concept; tags that begin with # were never shown to readers. */
export function tagItem(id: string, row: Row): Unnumbered {
  const name = line(text(row, 'name'), 200);
  const externalId = `tag:${id}`;
  if (name === '') return { kind: 'drop', externalId, what: 'tag', reason: 'it has no name' };
  if (isInternal(row))
    return { kind: 'drop', externalId, what: 'tag', reason: 'an internal tag, which readers never saw' };
  return {
    kind: 'concept',
    externalId,
    type: 'topic',
    name,
    ...defined({ slug: text(row, 'slug'), description: line(htmlToText(text(row, 'description')), 2000) }),
  };
}

function isInternal(row: Row): boolean {
  return text(row, 'visibility') === 'internal' || text(row, 'name').startsWith('#');
}

function expand(value: string, { base }: GhostSite): string {
  return value.replaceAll('__GHOST_URL__', base);
}

/** A post or page. `withBody` false leaves the text out. */
export function postItem(
  row: Row,
  index: GhostIndex,
  { site, withBody }: { site: GhostSite; withBody: boolean },
): Unnumbered {
  const id = text(row, 'id') || text(row, 'uuid') || text(row, 'slug');
  if (id === '')
    return {
      kind: 'drop',
      externalId: `post:${text(row, 'title').slice(0, 100)}`,
      what: 'post',
      reason: 'it has neither an id nor a slug',
    };
  const meta = index.metaOf.get(id);
  const warnings: string[] = [];
  const language = languageTag(text(row, 'locale') || text(row, 'language')) ?? site.language;
  const body: Converted = withBody
    ? bodyOf(row, { site, language, warnings })
    : { doc: emptyDoc, assets: [], warnings: [] };
  const lead = leadOf(row, meta, { site, body });
  const slug = text(row, 'slug');
  const isPage = text(row, 'type') === 'page' || row['page'] === true || row['page'] === 1;
  if (text(row, 'codeinjection_head') !== '' || text(row, 'codeinjection_foot') !== '')
    warnings.push('injected code was left out');
  return finishArticle({
    externalId: `post:${id}`,
    articleKind: isPage ? 'page' : 'article',
    status: statusOf(row, warnings),
    urls: slug === '' || text(row, 'status') === 'draft' ? [] : [`${site.base}/${encodeURIComponent(slug)}/`],
    headline: text(row, 'title'),
    lede: text(row, 'custom_excerpt'),
    body: onSite(body.doc, site),
    assets: body.assets,
    bylines: bylinesOf(id, row, index),
    sections: [],
    concepts: (index.tagsOf.get(id) ?? []).flatMap((tag) => conceptOf(tag, index)),
    storylines: [],
    discussion:
      text(row, 'comment_id') !== '' && index.settings.get('comments_enabled') === 'all' ? 'open' : 'closed',
    ...(row['featured'] === true || row['featured'] === 1 ? { featured: true } : {}),
    ...(lead === undefined ? {} : { lead }),
    ...defined({
      slug,
      language,
      publishedAt: dateOf(row['published_at']) ?? dateOf(row['created_at']),
      modifiedAt: dateOf(row['updated_at']),
      canonicalUrl: webAddress(expand(text(row, 'canonical_url'), site), undefined),
    }),
    warnings: [...warnings, ...body.warnings],
  });
}

function statusOf(row: Row, warnings: string[]): ArticleStatus {
  const status = text(row, 'status');
  const visibility = text(row, 'visibility');
  if (status === 'draft') return 'draft';
  if (visibility !== '' && visibility !== 'public') {
    warnings.push(
      `it was for ${visibility === 'members' ? 'members' : 'paying members'} only: kept as a draft`,
    );
    return 'draft';
  }
  if (status === 'scheduled') return 'scheduled';
  if (status === 'published') return 'published';
  warnings.push(
    status === 'sent'
      ? 'it was sent by e-mail only: kept as a draft'
      : `its status was ${status || 'not given'}: kept as a draft`,
  );
  return 'draft';
}

/** Instants are text in most versions of the export, milliseconds in the oldest. */
function dateOf(value: unknown): string | undefined {
  if (typeof value === 'number') return instantOf(new Date(value).toISOString());
  return typeof value === 'string' ? instantOf(value) : undefined;
}

type About = { site: GhostSite; language: string | undefined; warnings: string[] };

/** The text from the editor's own document where it can be read, else from the HTML that was made of it. */
function bodyOf(row: Row, { site, language, warnings }: About): Converted {
  const html = expand(text(row, 'html'), site);
  const sources = [
    { json: expand(text(row, 'lexical'), site), feed: feedLexical },
    { json: expand(text(row, 'mobiledoc'), site), feed: feedMobiledoc },
  ];
  for (const { json, feed } of sources) {
    if (json === '' || (html !== '' && hasMarkdown(json))) continue;
    const conversion = newConversion({ base: `${site.base}/`, language });
    const isRead = feed(json, conversion);
    const converted = conversion.finish();
    if (isRead && (converted.doc.content.length > 0 || html === '')) return converted;
    warnings.push('its document could not be read: the text was taken from its HTML');
  }
  const conversion = newConversion({ base: `${site.base}/`, language });
  if (html === '' && text(row, 'plaintext') !== '') {
    warnings.push('only its plain text is in the file');
    for (const part of text(row, 'plaintext').split(/\n\s*\n/)) {
      conversion.context.builder.text(part);
      conversion.context.builder.break();
    }
  } else feedHtml(html, conversion);
  return conversion.finish();
}

function leadOf(
  row: Row,
  meta: Row | undefined,
  { site, body }: { site: GhostSite; body: Converted },
): ArticleItem['lead'] {
  const address = expand(text(row, 'feature_image') || text(row, 'image'), site);
  if (address === '') return undefined;
  const list = new AssetList(`${site.base}/`);
  const asset = list.add(address, { type: 'image' });
  const found = asset === undefined ? undefined : list.get(asset);
  if (asset === undefined || found === undefined) return undefined;
  const about = defined({
    alt: line(text(row, 'feature_image_alt') || text(meta, 'feature_image_alt'), 1000),
    caption: line(
      htmlToText(text(row, 'feature_image_caption') || text(meta, 'feature_image_caption')),
      2000,
    ),
  });
  if (!body.assets.some(({ externalId }) => externalId === asset)) body.assets.push({ ...found, ...about });
  return { asset, ...about };
}

function bylinesOf(id: string, row: Row, { authorsOf, users }: GhostIndex): ArticleItem['bylines'] {
  const own = text(row, 'author_id') || text(row, 'author');
  return (authorsOf.get(id) ?? (own === '' ? [] : [own])).flatMap((author) => {
    const name = line(text(users.get(author), 'name'), 200);
    return name === '' ? [] : [{ externalId: `author:${author}`, name }];
  });
}

function conceptOf(id: string, { tags }: GhostIndex): ArticleItem['concepts'] {
  const row = tags.get(id);
  const name = line(text(row, 'name'), 200);
  if (row === undefined || name === '' || isInternal(row)) return [];
  return [{ externalId: `tag:${id}`, name, type: 'topic', ...defined({ slug: text(row, 'slug') }) }];
}

/** Links within a site whose address nobody knows become addresses of the new site. */
function onSite(doc: Doc, { base }: GhostSite): Doc {
  if (base !== UNKNOWN_SITE) return doc;
  for (const node of walk(doc)) {
    const marks = (node as { marks?: { type: string; attrs?: { href?: string } }[] }).marks ?? [];
    for (const { type, attrs } of marks)
      if (type === 'link' && attrs?.href?.startsWith(`${UNKNOWN_SITE}/`) === true)
        attrs.href = attrs.href.slice(UNKNOWN_SITE.length);
  }
  return doc;
}

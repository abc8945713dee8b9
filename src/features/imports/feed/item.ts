import { createHash } from 'node:crypto';
import type { Block, Doc } from '../../../contract/document.ts';
import { emptyDoc } from '../../../contract/document.ts';
import { webAddress } from '../html/addresses.ts';
import { AssetList } from '../html/assets.ts';
import { htmlToDoc, htmlToParagraphs, htmlToText } from '../html/html.ts';
import { languageTag } from '../html/inline.ts';
import { cleanText, cut } from '../html/text.ts';
import { defined, finishArticle, instantOf, line } from '../input/finish.ts';
import type { ArticleItem, Asset, AuthorRef, Unnumbered } from '../item.ts';
import type { FeedEntry, FeedHead, FeedMedia, FeedText } from './entry.ts';

/** One item for an entry of a feed: an article, or a drop with its reason. */
export function feedItem(
  entry: FeedEntry,
  head: FeedHead,
  { ordinal, withBody, base }: { ordinal: number; withBody: boolean; base?: string | undefined },
): Unnumbered {
  const site = webAddress(head.link ?? '', base) ?? base;
  const externalId = feedId(entry.id ?? entry.links[0], entry, ordinal);
  if (entry.kind === 'other')
    return { kind: 'drop', externalId, what: 'setting', reason: 'a setting or template of the old blog' };
  if (entry.kind === 'comment') return commentItem(entry, externalId);
  const headline = plainText(entry.title);
  if (headline === '' && (entry.content?.text ?? '').trim() === '' && entry.media.length === 0)
    return { kind: 'drop', externalId, what: 'entry', reason: 'it has neither a title nor a text' };
  const urls = [
    ...new Set(entry.links.map((link) => webAddress(link, site)).filter((link) => link !== undefined)),
  ];
  const language = languageTag(entry.language ?? '') ?? languageTag(head.language ?? '');
  const body = withBody
    ? bodyOf(entry.content, { base: urls[0] ?? site, language })
    : { doc: emptyDoc, assets: [], warnings: [] };
  const media = mediaOf(entry.media, { doc: body.doc, assets: body.assets, base: urls[0] ?? site });
  return finishArticle({
    externalId,
    articleKind: entry.kind === 'page' ? 'page' : 'article',
    status: entry.draft === true ? 'draft' : 'published',
    urls,
    headline,
    lede: ledeOf(entry.summary, body.doc),
    body: media.doc,
    assets: media.assets,
    bylines: bylines(entry.authors.length > 0 ? entry.authors : head.authors),
    sections: [],
    concepts: categories(entry.categories),
    storylines: [],
    discussion: 'closed',
    ...(media.lead === undefined ? {} : { lead: media.lead }),
    ...defined({
      publishedAt: instantOf(entry.published),
      modifiedAt: instantOf(entry.updated),
      language,
      source: line(htmlToText(entry.source ?? ''), 200),
    }),
    warnings: body.warnings,
  });
}

/** `item:` and the entry's own id; the digest of it where it is very long. */
function feedId(id: string | undefined, entry: FeedEntry, ordinal: number): string {
  const known = id?.trim() ?? '';
  const raw = known === '' ? `${entry.title.text} ${entry.published ?? ordinal}` : known;
  return known !== '' && raw.length <= 180
    ? `item:${cleanText(raw)}`
    : `item:${createHash('sha256').update(raw).digest('hex').slice(0, 40)}`;
}

function plainText({ text, isHtml }: FeedText): string {
  return isHtml ? htmlToText(text) : text;
}

function bodyOf(
  content: FeedText | undefined,
  about: { base: string | undefined; language: string | undefined },
) {
  if (content === undefined) return { doc: emptyDoc, assets: [], warnings: [] };
  if (content.isHtml) return htmlToDoc(content.text, about);
  const escaped = content.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return htmlToDoc(escaped, { ...about, wordpress: {} });
}

/** The summary, unless it only repeats how the text begins. */
function ledeOf(summary: FeedText | undefined, body: Doc): string {
  if (summary === undefined) return '';
  const text = plainText(summary).replace(/\s*(\[…\]|\[\.\.\.\]|…|\.\.\.)\s*$/, '');
  const [first] = body.content;
  const opening =
    first?.type === 'paragraph'
      ? (first.content ?? []).map((node) => (node.type === 'text' ? node.text : ' ')).join('')
      : '';
  const fold = (value: string): string => value.replace(/\s+/g, ' ').trim();
  return text !== '' && fold(opening).startsWith(fold(text)) ? '' : text;
}

function bylines(authors: FeedEntry['authors']): AuthorRef[] {
  return authors.flatMap(({ name, email }): AuthorRef[] => {
    const shown = line(htmlToText(name ?? email ?? ''), 200);
    return shown === ''
      ? []
      : [
          {
            externalId: `author:${cut(shown.toLowerCase(), 150)}`,
            name: shown,
            ...defined({ email: line(email, 320) }),
          },
        ];
  });
}

function categories(names: readonly string[]): ArticleItem['concepts'] {
  const found = new Map<string, ArticleItem['concepts'][number]>();
  for (const raw of names) {
    const name = line(htmlToText(raw), 200);
    const externalId = `tag:${cut(name.toLowerCase(), 150)}`;
    if (name !== '' && !found.has(externalId)) found.set(externalId, { externalId, name, type: 'topic' });
  }
  return [...found.values()];
}

/** The pictures and recordings that stand beside the text: the widest picture leads, recordings follow the text. */
function mediaOf(
  media: readonly FeedMedia[],
  body: { doc: Doc; assets: readonly Asset[]; base: string | undefined },
): { doc: Doc; assets: Asset[]; lead?: ArticleItem['lead'] } {
  const list = new AssetList(body.base);
  const inText = new Set(body.assets.map(({ externalId }) => externalId));
  const blocks: Block[] = [];
  let lead: ArticleItem['lead'];
  const typeOf = ({ type }: FeedMedia): Asset['type'] | undefined =>
    (['image', 'audio', 'video'] as const).find((kind) => type?.startsWith(`${kind}/`));
  const sorted = media.toSorted((a, b) => (b.width ?? 1) - (a.width ?? 1));
  for (const item of sorted) {
    const type = typeOf(item);
    const id = list.add(item.url, type === undefined ? {} : { type });
    const asset = id === undefined ? undefined : list.get(id);
    if (id === undefined || asset === undefined) continue;
    Object.assign(
      asset,
      defined({
        caption: line(htmlToText(item.caption ?? ''), 2000),
        credit: line(htmlToText(item.credit ?? ''), 500),
        title: line(item.title, 500),
      }),
    );
    const first = body.doc.content[0];
    const opens = first?.type === 'image' && first.attrs.asset === id;
    if (asset.type === 'image')
      lead ??=
        inText.has(id) && !opens
          ? undefined
          : { asset: id, ...defined({ caption: asset.caption, credit: asset.credit }) };
    else if (
      !inText.has(id) &&
      !blocks.some(
        (block) =>
          'attrs' in block && block.attrs !== undefined && 'asset' in block.attrs && block.attrs.asset === id,
      )
    )
      blocks.push({
        type: asset.type,
        attrs: {
          asset: id,
          ...defined({ title: asset.title ?? (asset.type === 'file' ? asset.fileName : undefined) }),
        },
      });
  }
  const used = list
    .all()
    .filter(
      ({ externalId }) =>
        externalId === lead?.asset ||
        blocks.some(
          (block) =>
            'attrs' in block && (block.attrs as { asset?: string } | undefined)?.asset === externalId,
        ),
    );
  return {
    doc: { type: 'doc', content: [...body.doc.content, ...blocks] },
    assets: [...body.assets, ...used.filter(({ externalId }) => !inText.has(externalId))],
    ...(lead === undefined ? {} : { lead }),
  };
}

function commentItem(entry: FeedEntry, externalId: string): Unnumbered {
  const article = entry.inReplyTo?.trim() ?? '';
  const { text = '', isHtml = false } = entry.content ?? {};
  const paragraphs = isHtml
    ? htmlToParagraphs(text)
    : text
        .split(/\n\s*\n/)
        .map((part) => line(part, 20_000))
        .filter((part) => part !== '');
  if (article === '' || paragraphs.length === 0)
    return {
      kind: 'drop',
      externalId,
      what: 'comment',
      reason: article === '' ? 'it names no story' : 'it is empty',
    };
  const [author] = entry.authors;
  return {
    kind: 'comment',
    externalId,
    article: `item:${article}`,
    author: { name: line(author?.name, 200) || 'Anonymous' },
    ...defined({ writtenAt: instantOf(entry.published) }),
    paragraphs,
    state: 'approved',
    type: 'comment',
  };
}

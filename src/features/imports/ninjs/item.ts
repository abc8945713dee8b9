import { createHash } from 'node:crypto';
import type { Block, Doc } from '../../../contract/document.ts';
import { docText, emptyDoc } from '../../../contract/document.ts';
import { assetKey, webAddress } from '../html/addresses.ts';
import { AssetList } from '../html/assets.ts';
import type { Converted } from '../html/html.ts';
import { htmlToDoc, htmlToText } from '../html/html.ts';
import { languageTag } from '../html/inline.ts';
import { cleanText, cut } from '../html/text.ts';
import { defined, finishArticle, instantOf, line } from '../input/finish.ts';
import type { ArticleItem, Asset, AuthorRef, ConceptRef, ConceptType, Unnumbered } from '../item.ts';
import type { Association, NinjsItem, Rendition } from './schema.ts';

type Words = { role?: string | undefined; contenttype?: string | undefined; value: string };
type Media = { asset: Asset; block: Block };

/** An article of a text or composite, a library entry of a picture or recording, a drop of what is no story. */
export function ninjsItem(item: NinjsItem, withBody: boolean): Unnumbered {
  const externalId = item.uri.length <= 180 ? `ninjs:${cleanText(item.uri)}` : `ninjs:${digest(item.uri)}`;
  const { type } = item;
  if (type === 'event' || type === 'planning')
    return {
      kind: 'drop',
      externalId,
      what: type,
      reason: `an item of the type ${type}, which is for the news desk and no story`,
    };
  const isMedia = type === 'picture' || type === 'graphic' || type === 'audio' || type === 'video';
  if (isMedia && (item.bodies ?? []).length === 0) {
    const media = mediaOf(item, new AssetList(undefined));
    if (media === undefined)
      return {
        kind: 'drop',
        externalId,
        what: type,
        reason: `a ${type} without a rendition that has an address`,
      };
    return {
      kind: 'asset',
      ...media.asset,
      externalId,
      urlKey: assetKey(media.asset.url),
      ...defined({ uploadedAt: instantOf(item.firstcreated) }),
    };
  }
  return articleItem(item, externalId, withBody);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

function articleItem(item: NinjsItem, externalId: string, withBody: boolean): Unnumbered {
  const language = languageTag(item.language ?? '');
  const warnings: string[] = [];
  const main = bodyOf(item.bodies ?? []);
  if ((item.bodies?.length ?? 0) > 1)
    warnings.push(
      `of its ${item.bodies?.length} bodies the ${main?.role ?? main?.contenttype ?? 'first'} was taken`,
    );
  const body =
    withBody && main !== undefined ? convert(main, language) : { doc: emptyDoc, assets: [], warnings: [] };
  const placed = withMedia(item, body);
  if (item.usageterms !== undefined) warnings.push(`usage terms: ${line(item.usageterms, 500)}`);
  if (item.ednote !== undefined) warnings.push(`note to editors: ${line(item.ednote, 500)}`);
  if (item.expires !== undefined) warnings.push(`it expires at ${item.expires}`);
  if (item.representationtype === 'partial' || item.representationtype === 'incomplete')
    warnings.push('the item says that it is not complete');
  const embargo = instantOf(item.embargoeduntil ?? item.embargoed);
  const place = line(item.located, 200);
  return finishArticle({
    externalId,
    articleKind: 'article',
    status:
      item.pubstatus === 'withheld'
        ? 'withheld'
        : item.pubstatus === undefined || item.pubstatus === 'usable'
          ? 'published'
          : 'withdrawn',
    urls: [item.uri, ...(item.altids ?? []).map(({ value }) => value ?? '')].flatMap(
      (uri) => webAddress(uri, undefined) ?? [],
    ),
    headline: htmlToText(pick(item.headlines, ['main', 'headline']) ?? item.title ?? item.slugline ?? ''),
    lede: htmlToText(pick(item.descriptions, ['summary', 'lede', 'main', 'short']) ?? ''),
    body: placed.doc,
    assets: placed.assets,
    bylines: bylines(item.by),
    sections: [],
    concepts: conceptsOf(item),
    storylines: [],
    discussion: 'closed',
    ...(placed.lead === undefined ? {} : { lead: placed.lead }),
    ...(place === '' || docText(body.doc).toLowerCase().startsWith(place.toLowerCase())
      ? {}
      : { dateline: { place } }),
    ...defined({
      publishedAt: instantOf(item.firstcreated ?? item.contentcreated ?? item.versioncreated),
      modifiedAt: instantOf(item.versioncreated),
      embargo,
      language,
      urgency: item.urgency,
      source: line(sourceOf(item), 200),
    }),
    ...related(item),
    warnings: [...warnings, ...body.warnings],
  });
}

function pick(words: readonly Words[] | undefined, roles: readonly string[]): string | undefined {
  for (const role of roles) {
    const found = words?.find(
      (of) => of.role?.toLowerCase() === role || of.role?.toLowerCase().endsWith(`/${role}`) === true,
    );
    if (found !== undefined) return found.value;
  }
  return (
    words?.find(({ role }) => role === undefined) ??
    words?.find(({ role }) => role !== 'caption') ??
    undefined
  )?.value;
}

function bodyOf(bodies: readonly Words[]): Words | undefined {
  const isHtml = (of: Words): boolean =>
    /html/.test(of.contenttype ?? '') ||
    (of.contenttype === undefined && /<\/?(p|div|br|h\d|ul)\b/i.test(of.value));
  const mains = bodies.filter(({ role }) => role === undefined || /main|full|body/i.test(role));
  const from = mains.length > 0 ? mains : bodies;
  return (
    from.find(isHtml) ??
    from.find(({ contenttype }) => contenttype === undefined || contenttype.startsWith('text/')) ??
    from[0]
  );
}

function convert({ contenttype, value }: Words, language: string | undefined): Converted {
  const isHtml =
    /html|xml/.test(contenttype ?? '') ||
    (contenttype === undefined && /<\/?(p|div|br|h\d|ul)\b/i.test(value));
  if (isHtml) return htmlToDoc(value, { language });
  return htmlToDoc(value.replaceAll('&', '&amp;').replaceAll('<', '&lt;'), { language, wordpress: {} });
}

/** The best rendition of a picture or recording, with its words. */
function mediaOf(item: NinjsItem | Association, assets: AssetList): Media | undefined {
  const isImage = item.type === 'picture' || item.type === 'graphic';
  const type = isImage ? 'image' : item.type === 'audio' || item.type === 'video' ? item.type : undefined;
  const fits = ({ href, contenttype, mimetype }: Rendition): boolean => {
    const mime = contenttype ?? mimetype;
    return (
      href !== undefined &&
      webAddress(href, undefined) !== undefined &&
      (type === undefined
        ? /^(image|audio|video)\//.test(mime ?? '')
        : mime === undefined || mime.startsWith(`${type}/`))
    );
  };
  const best = (item.renditions ?? []).filter(fits).toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))[0];
  const own =
    type !== undefined &&
    /\.(jpe?g|png|gif|webp|avif|tiff?|mp3|m4a|ogg|wav|mp4|mov|webm)(\?|$)/i.test(item.uri)
      ? item.uri
      : undefined;
  const address = best?.href ?? own;
  if (address === undefined) return undefined;
  const mime = best?.contenttype ?? best?.mimetype;
  const kind =
    type ?? (['image', 'audio', 'video'] as const).find((of) => mime?.startsWith(`${of}/`) === true);
  const key = assets.add(address, kind === undefined ? {} : { type: kind });
  const known = key === undefined ? undefined : assets.get(key);
  if (key === undefined || known === undefined) return undefined;
  const asset: Asset = {
    ...known,
    ...defined({
      mimeType: mime,
      title: line(htmlToText(item.title ?? pick(item.headlines, ['main']) ?? ''), 500),
      caption: line(
        htmlToText(
          item.descriptions?.find(({ role }) => role === 'caption')?.value ??
            pick(item.descriptions, ['main', 'summary']) ??
            '',
        ),
        2000,
      ),
      alt: line(item.descriptions?.find(({ role }) => /alt/i.test(role ?? ''))?.value, 1000),
      credit: line(creditOf(item), 500),
    }),
  };
  const about = defined({ caption: asset.caption, credit: asset.credit });
  const block: Block =
    asset.type === 'image'
      ? { type: 'image', attrs: { asset: key, ...about, ...defined({ alt: asset.alt }) } }
      : { type: asset.type, attrs: { asset: key, ...about, ...defined({ title: asset.title }) } };
  return { asset, block };
}

function creditOf({ by, copyrightholder, copyrightnotice }: NinjsItem | Association): string {
  const parts = [copyrightholder ?? '', by?.replace(/^(by|photo(graph)? by)[\s:]+/i, '') ?? ''].filter(
    (part) => part !== '',
  );
  return parts.length > 0 ? `© ${[...new Set(parts)].join(' / ')}` : (copyrightnotice ?? '');
}

/** The first picture leads; what else is to be seen or heard follows the text. */
function withMedia(
  item: NinjsItem,
  body: Converted,
): { doc: Doc; assets: Asset[]; lead?: ArticleItem['lead'] } {
  const list = new AssetList(undefined);
  const own = (item.renditions ?? []).length > 0 ? [mediaOf(item, list)] : [];
  const parts = (item.associations ?? []).filter(
    ({ type }) => type !== 'text' && type !== 'composite' && type !== 'event' && type !== 'planning',
  );
  const found = [...own, ...parts.map((part) => mediaOf(part, list))].filter((media) => media !== undefined);
  const inText = new Set(body.assets.map(({ externalId }) => externalId));
  const unseen = found.filter(
    ({ asset }, i) =>
      !inText.has(asset.externalId) &&
      found.findIndex((of) => of.asset.externalId === asset.externalId) === i,
  );
  const first = unseen.find(({ asset }) => asset.type === 'image');
  const rest = unseen.filter((media) => media !== first).map(({ block }) => block);
  const described = new Map(found.map(({ asset }) => [asset.externalId, asset]));
  return {
    doc: { type: 'doc', content: [...body.doc.content, ...rest] },
    assets: [
      ...body.assets.map((asset) => ({ ...described.get(asset.externalId), ...asset })),
      ...unseen.map(({ asset }) => asset),
    ],
    ...(first === undefined
      ? {}
      : {
          lead: {
            asset: first.asset.externalId,
            ...defined({ caption: first.asset.caption, credit: first.asset.credit, alt: first.asset.alt }),
          },
        }),
  };
}

function related({ associations }: NinjsItem): Pick<ArticleItem, 'related'> {
  const headlines = (associations ?? [])
    .filter(({ type }) => type === 'text' || type === 'composite')
    .map((part) => htmlToText(pick(part.headlines, ['main']) ?? part.title ?? ''))
    .filter((text) => text !== '');
  return headlines.length === 0 ? {} : { related: headlines };
}

/** `By Ann Lee and Bo Ek`, `ANN LEE, BO EK` → two names; what does not look like names stays whole. */
function bylines(by: string | undefined): AuthorRef[] {
  const whole = line(htmlToText(by ?? ''), 400).replace(/^(by|par|von|por|di)\s+/i, '');
  if (whole === '') return [];
  const parts = whole.split(/\s*(?:[,;]|\s(?:and|und|et|y|&)\s)\s*/i).filter((part) => part !== '');
  const names = parts.every((part) => part.split(' ').length <= 4 && part.includes(' ')) ? parts : [whole];
  return names.map((name) => ({
    externalId: `author:${cut(name.toLowerCase(), 150)}`,
    name: cut(name, 200),
  }));
}

function sourceOf({ infosources, copyrightholder }: NinjsItem): string | undefined {
  return (
    (infosources?.find(({ role }) => /source|origin/i.test(role ?? '')) ?? infosources?.[0])?.name ??
    copyrightholder
  );
}

function conceptsOf(item: NinjsItem): ConceptRef[] {
  const lists: readonly (readonly [
    ConceptType,
    (
      | readonly { name?: string | undefined; uri?: string | undefined; literal?: string | undefined }[]
      | undefined
    ),
  ])[] = [
    ['person', item.people],
    ['organisation', item.organisations],
    ['place', item.places],
    ['event', item.events],
    ['topic', item.subjects],
    ['topic', item.objects],
  ];
  const found = new Map<string, ConceptRef>();
  for (const [type, list] of lists)
    for (const { name, uri, literal } of list ?? []) {
      const shown = line(name, 200);
      if (shown === '') continue;
      const key =
        uri ?? (literal === undefined ? undefined : `${type}:${literal}`) ?? `${type}:${shown.toLowerCase()}`;
      const externalId = `concept:${key.length <= 150 ? key : digest(key)}`;
      if (!found.has(externalId))
        found.set(externalId, {
          externalId,
          name: shown,
          type,
          ...(uri === undefined || uri.length > 500 ? {} : { sameAs: uri }),
        });
    }
  return [...found.values()];
}

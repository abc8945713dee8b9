import type { PublishedVersion } from '../../contract/article.ts';
import { docText } from '../../contract/document.ts';
import { paths } from '../../contract/routes.ts';
import type { SiteSettings } from '../../contract/site.ts';
import { docHtml, type FeedPictures } from './doc-html.ts';

const SCHEMA = 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json';
const MEDTOP = 'http://cv.iptc.org/newscodes/mediatopic/';

export type NinjsInput = {
  readonly version: PublishedVersion;
  readonly modifiedAt: string;
  readonly origin: string;
  readonly settings: SiteSettings;
  readonly pictures: FeedPictures;
  /** Media Topics codes of its concepts, by concept id: `medtop:04000000`. */
  readonly mediaTopics: ReadonlyMap<string, string>;
};

/** An article as IPTC ninjs 3.1: every member is one that the schema knows. */
export function toNinjs(input: NinjsInput): Record<string, unknown> {
  const { version, origin, settings, pictures } = input;
  const text = docText(version.body);
  const holder = settings.publisher ?? settings.name;
  const named = (kind: string): { name: string; rel: string; uri: string }[] =>
    version.concepts
      .filter((concept) => concept.kind === kind)
      .map((concept) => ({ name: concept.name, rel: 'about', uri: origin + paths.tag(concept.slug) }));
  const optional = (name: string, list: readonly unknown[]): Record<string, unknown> =>
    list.length === 0 ? {} : { [name]: list };
  const lead = version.leadPicture;
  const picture = lead === undefined ? undefined : pictures.get(lead.asset);
  return {
    standard: { name: 'ninjs', version: '3.1', schema: SCHEMA },
    uri: origin + version.path,
    type: 'text',
    representationType: 'full',
    version: String(version.version),
    firstCreated: version.firstPublishedAt,
    versionCreated: input.modifiedAt,
    contentCreated: version.firstPublishedAt,
    pubStatus: 'usable',
    urgency: version.urgency,
    language: version.language,
    title: version.headline,
    ...(version.bylines.length === 0 ? {} : { by: version.bylines.map((byline) => byline.name).join(', ') }),
    ...(version.dateline === undefined ? {} : { located: version.dateline.place }),
    copyrightHolder: holder,
    copyrightNotice: `© ${version.firstPublishedAt.slice(0, 4)} ${holder}`,
    ...(version.note === '' ? {} : { edNote: version.note }),
    headlines: [{ role: 'main', contentType: 'text/plain', value: version.headline }],
    ...optional(
      'descriptions',
      version.lede === '' ? [] : [{ role: 'summary', contentType: 'text/plain', value: version.lede }],
    ),
    bodies: [
      {
        role: 'main',
        contentType: 'text/html',
        charCount: text.length,
        wordCount: text.split(/\s+/u).filter((word) => word !== '').length,
        value: docHtml(version.body, { origin, pictures }),
      },
      { role: 'main', contentType: 'text/plain', value: text },
    ],
    ...optional('people', named('person')),
    ...optional('organisations', named('organisation')),
    ...optional('places', named('place')),
    ...optional('events', named('event')),
    ...optional('subjects', [
      ...version.concepts
        .filter((concept) => concept.kind === 'topic')
        .map((concept) => {
          const code = input.mediaTopics.get(concept.id);
          return {
            name: concept.name,
            rel: 'about',
            uri: code === undefined ? origin + paths.tag(concept.slug) : MEDTOP + code.replace('medtop:', ''),
          };
        }),
      ...version.storylines.map((line) => ({
        name: line.title,
        rel: 'isPartOf',
        uri: origin + paths.storyline(line.slug),
      })),
    ]),
    infoSources: [
      ...(version.source === undefined ? [] : [{ name: version.source.name, role: 'contentProvider' }]),
      ...version.bylines.map((byline) => ({
        name: byline.name,
        role: 'author',
        ...(byline.slug === undefined || byline.slug === ''
          ? {}
          : { uri: origin + paths.author(byline.slug) }),
      })),
    ],
    altIds: [{ role: 'guid', value: `urn:uuid:${version.article}` }],
    ...(lead === undefined || picture === undefined
      ? {}
      : {
          associations: [
            {
              name: 'mainPicture',
              rel: 'illustratedBy',
              uri: picture.url,
              type: 'picture',
              language: version.language,
              ...(lead.credit === '' ? {} : { copyrightNotice: lead.credit }),
              ...optional(
                'descriptions',
                lead.caption === ''
                  ? []
                  : [{ role: 'caption', contentType: 'text/plain', value: lead.caption }],
              ),
              renditions: [
                {
                  name: 'main',
                  href: picture.url,
                  contentType: picture.url.endsWith('.jpg') ? 'image/jpeg' : 'image/*',
                  width: picture.width,
                  height: picture.height,
                },
              ],
            },
          ],
        }),
  };
}

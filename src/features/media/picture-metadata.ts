/**
 * What a picture's file says of itself, read in the picture worker: IPTC-IIM, XMP and Exif (IPTC Photo Metadata Standard 2023.2). Where
 * they disagree, XMP goes before IIM and IIM before Exif, as the standard's mapping guidelines say.
 */
import ExifReader from 'exifreader';
import type { CarriedRights } from './picture-xmp.ts';

export type PictureMetadata = {
  readonly caption: string;
  readonly alt: string;
  readonly credit: string;
  readonly creator: string;
  readonly place: string;
  readonly rightsHolder: string;
  readonly rightsTerms: string;
  readonly keywords: readonly string[];
  /** ISO 8601 with the camera's offset, or as UTC where it says none. */
  readonly takenAt?: string;
  /** The file says where it was taken to the metre: never published. */
  readonly hasPosition: boolean;
};

type Tag = { value?: unknown; description?: unknown };
type Tags = Readonly<Record<string, unknown>>;

/** Never throws: what cannot be read is not there. */
export function readMetadata(bytes: Buffer): PictureMetadata {
  let tags: { exif?: Tags; iptc?: Tags; xmp?: Tags; gps?: Tags } = {};
  try {
    tags = ExifReader.load(bytes, { expanded: true }) as typeof tags;
  } catch {
    // A picture without metadata, or with a broken block of it.
  }
  const { xmp = {}, iptc = {}, exif = {} } = tags;
  const first = (...found: string[]): string => found.find((text) => text !== '') ?? '';
  const creator = first(text(xmp, 'creator'), text(iptc, 'By-line'), text(exif, 'Artist'));
  const agency = first(text(xmp, 'Credit'), text(iptc, 'Credit'), text(xmp, 'Source'), text(iptc, 'Source'));
  const rights = first(
    text(xmp, 'rights'),
    text(iptc, 'Copyright Notice'),
    text(exif, 'Copyright').replace(/\(c\)/i, '©'),
  );
  const shown = inner(xmp, 'LocationShown');
  const created = inner(xmp, 'LocationCreated');
  const spot = first(
    text(xmp, 'City'),
    text(iptc, 'City'),
    ...[shown, created].flatMap((at) => [text(at, 'City'), text(at, 'Sublocation')]),
    text(xmp, 'Location'),
    text(iptc, 'Sub-location'),
    text(xmp, 'State'),
    text(iptc, 'Province/State'),
  );
  const country = first(
    text(xmp, 'Country'),
    text(iptc, 'Country/Primary Location Name'),
    text(shown, 'CountryName'),
    text(created, 'CountryName'),
  );
  const place = [spot, country].filter((part) => part !== '');
  const takenAt = instantOf(tags);
  return {
    caption: first(
      text(xmp, 'description'),
      text(iptc, 'Caption/Abstract'),
      // What cameras write there by themselves is no caption.
      text(exif, 'ImageDescription').replace(/^(OLYMPUS|SONY|DCIM|Digital Camera|default).*$/i, ''),
    ),
    alt: text(xmp, 'AltTextAccessibility'),
    credit: creditOf({ agency, creator, rights }),
    creator,
    place: place.join(', '),
    rightsHolder: first(text(inner(xmp, 'CopyrightOwner'), 'CopyrightOwnerName'), agency, rights),
    rightsTerms: first(
      text(xmp, 'UsageTerms'),
      text(iptc, 'Special Instructions'),
      text(xmp, 'Instructions'),
    ),
    keywords: keywordsOf(xmp, iptc),
    ...(takenAt === undefined ? {} : { takenAt }),
    hasPosition: tags.gps !== undefined && Object.keys(tags.gps).length > 0,
  };
}

/** `© Agency / Photographer`, of what there is. */
function creditOf({ agency, creator, rights }: { agency: string; creator: string; rights: string }): string {
  const parts = [...new Set([agency, creator].filter((part) => part !== ''))];
  if (parts.length === 0) return rights.slice(0, 500);
  const line = parts.join(' / ');
  return `${line.startsWith('©') ? '' : '© '}${line}`.slice(0, 500);
}

function keywordsOf(xmp: Tags, iptc: Tags): string[] {
  const list = [wordsOf(xmp['subject']), wordsOf(iptc['Keywords'])].find((found) => found.length > 0) ?? [];
  return [...new Set(list.map((word) => word.trim().slice(0, 100)).filter((word) => word !== ''))].slice(
    0,
    100,
  );
}

/** The items of a list, each whole (`London, England`); what is one text is cut at its commas. */
function wordsOf(tag: unknown): string[] {
  if (typeof tag !== 'object' || tag === null) return [];
  const items = Array.isArray(tag) ? tag : (tag as Tag).value;
  if (Array.isArray(items) && items.some((each) => typeof each === 'object'))
    return items.map((each) => text({ each }, 'each'));
  return text({ tag }, 'tag').split(/\s*[,;]\s*/);
}

/** The fields of a structure, or of the first of several. */
function inner(tags: Tags, name: string): Tags {
  const { value } = (tags[name] ?? {}) as Tag;
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null ? (one as Tags) : {};
}

/** A tag as one line of text; of several languages the one that is meant for all, or the first. */
function text(tags: Tags, name: string): string {
  const tag = tags[name];
  const one = Array.isArray(tag) ? (tag[0] as Tag | undefined) : (tag as Tag | undefined);
  if (one === undefined || one === null) return '';
  const { value, description } = inOneLanguage(one);
  const inner = Array.isArray(value) ? (value[0] as Tag | string | undefined) : undefined;
  const said =
    typeof description === 'string' && description !== ''
      ? description
      : typeof inner === 'object'
        ? inner.value
        : (inner ?? value);
  return typeof said === 'string'
    ? // oxlint-disable-next-line no-control-regex -- controls are what is thrown out
      said
        .replace(/[\u0000-\u001f\u007f\ufffd]+/g, ' ')
        .trim()
        .slice(0, 2000)
    : '';
}

function inOneLanguage(tag: Tag): Tag {
  const languages = (Array.isArray(tag.value) ? (tag.value as unknown[]) : []).filter(
    (each): each is Tag & { attributes: { lang: string } } =>
      typeof (each as { attributes?: { lang?: unknown } } | null)?.attributes?.lang === 'string',
  );
  return languages.find(({ attributes }) => attributes.lang === 'x-default') ?? languages[0] ?? tag;
}

/** When it was taken: the first that says its offset from UTC too, or the first there is. */
function instantOf({
  exif = {},
  xmp = {},
  iptc = {},
}: {
  exif?: Tags;
  xmp?: Tags;
  iptc?: Tags;
}): string | undefined {
  const said = [
    text(exif, 'DateTimeOriginal') + text(exif, 'OffsetTimeOriginal'),
    text(xmp, 'DateCreated'),
    `${text(iptc, 'Date Created')} ${text(iptc, 'Time Created')}`,
    text(exif, 'DateTime') + text(exif, 'OffsetTime'),
  ].flatMap((each) => {
    const found =
      /^(\d{4})[:-](\d{2})[:-](\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:(Z)|([+-]\d{2}):?(\d{2}))?$/.exec(
        each.trim(),
      );
    if (found === null) return [];
    const [, year, month, day, hour, minute, second = '00', utc, hours, minutes] = found;
    const zone = utc ?? (hours === undefined ? undefined : `${hours}:${minutes}`);
    const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone ?? 'Z'}`;
    return Number.isNaN(Date.parse(iso)) ? [] : [{ iso, zoned: zone !== undefined }];
  });
  return (said.find(({ zoned }) => zoned) ?? said[0])?.iso;
}

/** What a picture's file says of rights that no field of an asset holds, for every rendition: addresses alone, never the person behind. */
export function carriedRights(bytes: Buffer): CarriedRights {
  let xmp: Tags = {};
  try {
    xmp = (ExifReader.load(bytes, { expanded: true }) as { xmp?: Tags }).xmp ?? {};
  } catch {
    // Nothing to carry.
  }
  const found = {
    webStatement: text(xmp, 'WebStatement'),
    licensorUrl: text(inner(xmp, 'Licensor'), 'LicensorURL'),
    digitalSourceType: text(xmp, 'DigitalSourceType'),
    dataMining: text(xmp, 'DataMining'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, address]) => /^https?:\/\/\S+$/.test(address)));
}

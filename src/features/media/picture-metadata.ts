/**
 * What a picture's file says of itself, read in the picture worker: IPTC-IIM, XMP and Exif (IPTC Photo Metadata Standard 2023.2). Where
 * they disagree, XMP goes before IIM and IIM before Exif, as the standard's mapping guidelines say.
 */
import ExifReader from 'exifreader';

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
  const place = [
    first(text(xmp, 'City'), text(iptc, 'City')),
    first(text(xmp, 'Country'), text(iptc, 'Country/Primary Location Name')),
  ].filter((part) => part !== '');
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
    rightsHolder: first(text(xmp, 'CopyrightOwnerName'), agency, rights),
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
  const list = [valuesOf(xmp['subject']), valuesOf(iptc['Keywords'])].find((found) => found.length > 0) ?? [];
  return [...new Set(list.map((word) => word.trim().slice(0, 100)).filter((word) => word !== ''))].slice(
    0,
    100,
  );
}

function valuesOf(tag: unknown): string[] {
  if (Array.isArray(tag)) return tag.flatMap(valuesOf);
  if (typeof tag !== 'object' || tag === null) return [];
  const { value, description } = tag as Tag;
  if (Array.isArray(value) && value.some((each) => typeof each === 'object')) return value.flatMap(valuesOf);
  if (typeof description === 'string') return description.split(/\s*[,;]\s*/);
  return typeof value === 'string' ? [value] : [];
}

/** A tag as one line of text; the first of several languages. */
function text(tags: Tags, name: string): string {
  const tag = tags[name];
  const one = Array.isArray(tag) ? (tag[0] as Tag | undefined) : (tag as Tag | undefined);
  if (one === undefined || one === null) return '';
  const { value, description } = one;
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

function instantOf({ exif = {}, xmp = {} }: { exif?: Tags; xmp?: Tags }): string | undefined {
  const said = text(exif, 'DateTimeOriginal') || text(xmp, 'DateCreated') || text(exif, 'DateTime');
  const found =
    /^(\d{4})[:-](\d{2})[:-](\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      said.trim(),
    );
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', zone] = found;
  const offset = zone ?? (text(exif, 'OffsetTimeOriginal') || 'Z');
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${/^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset}`;
  return Number.isNaN(Date.parse(iso)) ? undefined : iso;
}

import { z } from 'zod';

/**
 * The shape of a ninjs item (IPTC, versions 1.x to 3.x) with all names in lower case, so that `embargoed`, `pubStatus` and `pubstatus` are read alike.
 * Names are closed, as in the standard's own schemas: a name that no version has is a fault of the item.
 */
const uri = z.string().regex(/^[a-z][a-z0-9+.-]*:\S+$/i, 'must be a URI');
const instant = z.iso.datetime({ offset: true, local: true });
const text = z.string();
const size = z.number().nonnegative();

/** A date of which parts may be missing: `2024`, `2024-02`, `2024-02-29`, or a whole instant. */
const truncated = z
  .string()
  .regex(
    /^-?\d{4,}(-(1[0-2]|0[1-9])(-(3[01]|0[1-9]|[12]\d)(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?$/,
    'must be a date, whole or truncated',
  );

const address = z.strictObject({
  lines: z.array(text).optional(),
  locality: text.optional(),
  area: text.optional(),
  postalcode: text.optional(),
  country: text.optional(),
});
const contact = z.array(
  z.strictObject({
    type: text.optional(),
    role: text.optional(),
    lang: text.optional(),
    name: text.optional(),
    value: text.optional(),
    address: address.optional(),
  }),
);

const position = z.array(z.number()).min(2);
/** GeoJSON (RFC 7946) by its type and the numbers that it needs; what else it has is its own affair. */
const geojson = z.union([
  z.looseObject({ type: z.literal('Point'), coordinates: position }),
  z.looseObject({ type: z.enum(['MultiPoint', 'LineString']), coordinates: z.array(position) }),
  z.looseObject({ type: z.enum(['MultiLineString', 'Polygon']), coordinates: z.array(z.array(position)) }),
  z.looseObject({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position))) }),
  z.looseObject({
    type: z.literal('GeometryCollection'),
    geometries: z.array(z.looseObject({ type: text })),
  }),
  z.looseObject({ type: z.literal('Feature'), geometry: z.looseObject({ type: text }).nullable() }),
  z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(z.looseObject({ type: text })) }),
]);

const named = {
  name: text.optional(),
  rel: text.optional(),
  uri: uri.optional(),
  literal: text.optional(),
  scheme: text.optional(),
  code: text.optional(),
};
const words = z.array(
  z.strictObject({
    role: text.optional(),
    contenttype: text.optional(),
    charcount: size.optional(),
    wordcount: size.optional(),
    value: text,
  }),
);

const Rendition = z.strictObject({
  name: text,
  href: uri.optional(),
  contenttype: text.optional(),
  mimetype: text.optional(),
  title: text.optional(),
  height: size.optional(),
  width: size.optional(),
  sizeinbytes: size.optional(),
  duration: z.union([size, text]).optional(),
  format: text.optional(),
  lang: text.optional(),
  language: text.optional(),
  role: text.optional(),
  resolution: z.unknown().optional(),
  videocodec: z.unknown().optional(),
  audiocodec: z.unknown().optional(),
});
export type Rendition = z.infer<typeof Rendition>;

const dates = z
  .looseObject({
    startdate: instant.optional(),
    enddate: instant.optional(),
    expectedstartdate: truncated.optional(),
    expectedenddate: truncated.optional(),
  })
  .refine(
    (of) => of.startdate === undefined || of.expectedstartdate === undefined,
    'has both a start date and an expected start date',
  )
  .refine(
    (of) => of.enddate === undefined || of.expectedenddate === undefined,
    'has both an end date and an expected end date',
  );

const rightsinfo = z
  .looseObject({ langid: uri.optional(), linkedrights: uri.optional(), encodedrights: text.optional() })
  .refine(
    (of) => (of.linkedrights === undefined) !== (of.encodedrights === undefined),
    'must have either linked or encoded rights, not both',
  );

const urgency = z.int().min(1).max(9);

const shared = {
  type: z
    .enum(['text', 'audio', 'video', 'picture', 'graphic', 'composite', 'component', 'event', 'planning'])
    .optional(),
  representationtype: z.enum(['full', 'partial', 'complete', 'incomplete']).optional(),
  profile: text.optional(),
  version: text.optional(),
  firstcreated: instant.optional(),
  versioncreated: instant.optional(),
  contentcreated: instant.optional(),
  embargoed: instant.optional(),
  embargoeduntil: instant.optional(),
  expires: instant.optional(),
  pubstatus: z.enum(['usable', 'withheld', 'canceled', 'cancelled']).optional(),
  urgency: urgency.optional(),
  copyrightholder: text.optional(),
  copyrightnotice: text.optional(),
  usageterms: text.optional(),
  ednote: text.optional(),
  language: text.optional(),
  descriptions: words.optional(),
  bodies: words.optional(),
  headlines: words.optional(),
  people: z.array(z.strictObject({ ...named, contactinfo: contact.optional() })).optional(),
  organisations: z
    .array(
      z.strictObject({
        ...named,
        symbols: z
          .array(
            z.strictObject({
              ticker: text.optional(),
              exchange: text.optional(),
              symboltype: uri.optional(),
              symbol: text.optional(),
            }),
          )
          .optional(),
        contactinfo: contact.optional(),
      }),
    )
    .optional(),
  places: z
    .array(z.strictObject({ ...named, contactinfo: contact.optional(), geojson: geojson.optional() }))
    .optional(),
  subjects: z
    .array(
      z.strictObject({
        ...named,
        creator: text.optional(),
        relevance: z.int().min(0).max(100).optional(),
        confidence: z.int().min(0).max(100).optional(),
      }),
    )
    .optional(),
  events: z.array(z.strictObject({ ...named, id: text.optional() })).optional(),
  objects: z.array(z.strictObject(named)).optional(),
  infosources: z
    .array(z.strictObject({ ...named, role: text.optional(), contactinfo: contact.optional() }))
    .optional(),
  eventdetails: z.looseObject({ dates: dates.optional() }).optional(),
  plannedcoverage: z
    .array(z.looseObject({ urgency: urgency.optional(), dates: dates.optional() }))
    .optional(),
  title: text.optional(),
  by: text.optional(),
  slugline: text.optional(),
  located: text.optional(),
  renditions: z.array(Rendition).optional(),
  altids: z.array(z.strictObject({ role: text.optional(), value: text.optional() })).optional(),
  trustindicators: z
    .array(z.strictObject({ role: uri.optional(), title: text.optional(), href: uri.optional() }))
    .optional(),
  standard: z
    .strictObject({ name: text.optional(), version: text.optional(), schema: uri.optional() })
    .optional(),
  genres: z
    .array(z.strictObject({ name: text.optional(), uri: text.optional(), literal: text.optional() }))
    .optional(),
  rightsinfo: rightsinfo.optional(),
  digitalsourcetype: z
    .strictObject({ name: text.optional(), uri: uri.optional(), literal: text.optional() })
    .optional(),
  $schema: text.optional(),
};

/** A part of an item; it may have all that an item has, and associations of its own are not read. */
const Association = z.strictObject({
  ...shared,
  uri,
  name: text,
  rel: text.optional(),
  associations: z.array(z.unknown()).optional(),
});
export type Association = z.infer<typeof Association>;

export const NinjsItem = z.strictObject({ ...shared, uri, associations: z.array(Association).optional() });
export type NinjsItem = z.infer<typeof NinjsItem>;

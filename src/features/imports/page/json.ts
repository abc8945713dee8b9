import type { ConceptKind, DropReason, Found, PageRecognition } from './types.ts';

/** One page as plain JSON; contracts/import-page.md says what each field means. Absent things are null or []. */
export type PageJson = {
  readonly headline: string | null;
  readonly dateline: {
    readonly text: string;
    readonly place: string | null;
    readonly date: string | null;
    readonly source: string | null;
  } | null;
  readonly published: string | null;
  readonly modified: string | null;
  readonly lede: string | null;
  readonly body: readonly string[];
  readonly picture: {
    readonly caption: string | null;
    readonly credit: string | null;
    readonly agency: string | null;
    readonly photographer: string | null;
  } | null;
  readonly storyline: { readonly title: string; readonly count: number | null } | null;
  readonly related: readonly string[];
  readonly concepts: readonly { readonly name: string; readonly kind: ConceptKind }[];
  readonly counters: { readonly comments: number | null; readonly views: number | null };
  readonly bylines: readonly string[];
  readonly language: string | null;
  readonly source: string | null;
  readonly house: string | null;
  readonly confidence: Readonly<Record<string, number>>;
  readonly evidence: Readonly<Record<string, { readonly lines: readonly number[]; readonly why: string }>>;
  readonly dropped: readonly { readonly line: number; readonly text: string; readonly reason: DropReason }[];
};

/** The found things of a recognition by name, in the order of a page. */
export function fieldsOf(page: PageRecognition): readonly (readonly [string, Found<unknown> | null])[] {
  return [
    ['headline', page.headline],
    ['dateline', page.dateline],
    ['published', page.published],
    ['modified', page.modified],
    ['lede', page.lede],
    ['body', page.body],
    ['caption', page.caption],
    ['credit', page.credit],
    ['storyline', page.storyline],
    ['related', page.related],
    ['concepts', page.concepts],
    ['comments', page.comments],
    ['views', page.views],
    ['bylines', page.bylines],
    ['language', page.language],
    ['source', page.source],
    ['house', page.house],
  ];
}

export function toJson(page: PageRecognition): PageJson {
  const dateline = page.dateline?.value;
  const credit = page.credit?.value;
  const hasPicture = page.caption !== null || page.credit !== null;
  const fields = fieldsOf(page);
  return {
    headline: page.headline?.value ?? null,
    dateline:
      dateline === undefined
        ? null
        : { text: dateline.text, place: dateline.place, date: dateline.date, source: dateline.source },
    published: page.published?.value ?? null,
    modified: page.modified?.value ?? null,
    lede: page.lede?.value ?? null,
    body: [...page.body.value],
    picture: hasPicture
      ? {
          caption: page.caption?.value ?? null,
          credit: credit?.credit ?? null,
          agency: credit?.agency ?? null,
          photographer: credit?.photographer ?? null,
        }
      : null,
    storyline: page.storyline === null ? null : { ...page.storyline.value },
    related: [...(page.related?.value ?? [])],
    concepts: (page.concepts?.value ?? []).map((concept) => ({ ...concept })),
    counters: { comments: page.comments?.value ?? null, views: page.views?.value ?? null },
    bylines: [...(page.bylines?.value ?? [])],
    language: page.language?.value ?? null,
    source: page.source?.value ?? null,
    house: page.house?.value ?? null,
    confidence: Object.fromEntries(fields.map(([name, found]) => [name, found?.confidence ?? 0])),
    evidence: Object.fromEntries(
      fields.flatMap(([name, found]) =>
        found === null ? [] : [[name, { lines: [...found.lines], why: found.why }]],
      ),
    ),
    dropped: page.dropped.map((one) => ({ ...one })),
  };
}

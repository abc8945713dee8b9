import { squish, truncate } from '../../../base/text.ts';
import type { Doc } from '../../../contract/document.ts';
import { docText } from '../../../contract/document.ts';
import { cleanText, cut } from '../html/text.ts';
import { languageTag } from '../html/inline.ts';
import type { ArticleItem, Asset, ImportItem, ReadOptions, Unnumbered } from '../item.ts';

/** Counts items as they go out, so that each has the same index at every reading of the same file. */
export class Numbering {
  #next = 0;
  readonly #from: number;

  constructor(options: ReadOptions) {
    this.#from = options.from ?? 0;
  }

  /** Whether the next item is one that a resumed run has done already: its costly parts need not be made. */
  get isDone(): boolean {
    return this.#next < this.#from;
  }

  number(item: Unnumbered): ImportItem {
    const index = this.#next;
    this.#next += 1;
    return { ...item, index };
  }
}

/** A text for a field of one line: clean, folded, cut to the length of the field. */
export function line(text: string | null | undefined, max: number): string {
  return cut(squish(cleanText(text ?? '')), max);
}

/** Only the members that have something in them. */
export function defined<T extends Record<string, unknown>>(
  members: T,
): { [K in keyof T]?: Exclude<T[K], undefined | '' | null> } {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== '' && value !== null),
  ) as {
    [K in keyof T]?: Exclude<T[K], undefined | '' | null>;
  };
}

/** An instant of an outside date, or undefined where it is none or absurd. A date without a zone is read as UTC. */
export function instantOf(text: string | number | null | undefined): string | undefined {
  if (text === null || text === undefined || text === '' || String(text).startsWith('0000-00-00'))
    return undefined;
  const raw = String(text).trim();
  const naive = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(raw);
  const ms = Date.parse(naive ? `${raw.length === 10 ? `${raw}T00:00` : raw.replace(' ', 'T')}Z` : raw);
  if (Number.isNaN(ms)) return undefined;
  const instant = new Date(ms).toISOString();
  return /^\d{4}-/.test(instant) && instant >= '1000' ? instant : undefined;
}

type DraftArticle = Omit<ArticleItem, 'kind' | 'headline' | 'lede' | 'warnings' | 'assets' | 'body'> & {
  headline: string;
  lede: string;
  body: Doc;
  assets: readonly Asset[];
  warnings: readonly string[];
};

/**
 * An article within the bounds of our contract: what is too long for its field goes into the body, what is missing is taken from the text,
 * and each such change is a warning.
 */
export function finishArticle(draft: DraftArticle): ArticleItem {
  const warnings = [...draft.warnings];
  let body = draft.body;
  let headline = squish(cleanText(draft.headline));
  if (headline.length > 300) {
    warnings.push(
      'the headline is longer than 300 characters: it was cut, the whole stands at the head of the text',
    );
    body = withParagraph(headline, body);
    headline = truncate(headline, 299);
  }
  let lede = squish(cleanText(draft.lede));
  if (lede.length > 3000) {
    warnings.push('the summary is longer than 3000 characters: it was put at the head of the text');
    body = withParagraph(lede, body);
    lede = '';
  }
  if (headline === '') {
    const text = lede === '' ? docText(body) : lede;
    headline =
      text === ''
        ? `Untitled ${draft.publishedAt?.slice(0, 10) ?? draft.externalId}`
        : truncate(text.split('\n')[0] ?? text, 100);
    warnings.push('it has no headline: one was made from its text');
  }
  const lead = draft.lead ?? leadOf(draft);
  if (lead !== undefined) body = withoutLead(body, lead, draft.assets);
  return {
    ...draft,
    ...(lead === undefined ? {} : { lead }),
    kind: 'article',
    headline,
    lede,
    body,
    assets: [...draft.assets],
    urls: [...new Set(draft.urls)].filter((url) => !isFrontPage(url)),
    ...(draft.language === undefined ? {} : defined({ language: languageTag(draft.language) })),
    warnings,
  };
}

/** An old front page is no article's address, even where an export says so. */
function isFrontPage(url: string): boolean {
  const { pathname, search } = new URL(url);
  return pathname === '/' && search === '';
}

/** A picture that opens an article's text is its lead picture. */
function leadOf({ articleKind, body }: DraftArticle): ArticleItem['lead'] {
  const [first] = body.content;
  if (articleKind === 'page' || first?.type !== 'image' || first.attrs.size === 'inset') return undefined;
  return { asset: first.attrs.asset };
}

/** Takes the lead picture off the head of the text, where it would show twice; its words go with it. */
function withoutLead(body: Doc, lead: NonNullable<ArticleItem['lead']>, assets: readonly Asset[]): Doc {
  const [first, ...rest] = body.content;
  if (first?.type !== 'image') return body;
  const { asset, caption, credit, alt } = first.attrs;
  if (asset !== lead.asset && assets.find(({ externalId }) => externalId === asset)?.sameAs !== lead.asset)
    return body;
  if (caption !== undefined && lead.caption !== undefined && caption !== lead.caption) return body;
  Object.assign(lead, defined({ caption, credit, alt }));
  return { type: 'doc', content: rest };
}

function withParagraph(text: string, body: Doc): Doc {
  return {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }, ...body.content],
  };
}

import { Problem } from '../../../base/problem.ts';
import { chooseHeadline, headerFrom, roughBodyAt, sample } from './choose.ts';
import { readBody } from './body.ts';
import { emptyCollection } from './collect.ts';
import { toConcepts } from './concepts.ts';
import { gather } from './evidence.ts';
import { readAbove, readHeader } from './header.ts';
import { guessLanguage } from './language.ts';
import { findOpening } from './lede.ts';
import { splitLines } from './lines.ts';
import { settleBylines, settleComments, settleSource, settleStoryline, settleViews } from './settle.ts';
import { findPicture } from './picture.ts';
import { boundOf } from './bound.ts';
import { whenModified, whenPublished } from './published.ts';
import { reasonOf } from './reasons.ts';
import { findSegment } from './segments.ts';
import { weight } from './shape.ts';
import { Ledger, makeSheet } from './sheet.ts';
import { undated } from './tail-lists.ts';
import { readTail } from './tail.ts';
import type { PageRecognition, RecogniseOptions } from './types.ts';

/** Longest page, in UTF-16 units. A page is text; what is longer is not one page. */
export const MAX_PAGE = 32 * 1024 * 1024;

/**
 * Recognises the article in the plain text of a page as a crawler left it, menus and all. Pure: the same text gives the same
 * answer. Throws Problem 'invalid' when the text has no article, 'too-large' above MAX_PAGE.
 */
export function recognisePage(text: string, options: RecogniseOptions = {}): PageRecognition {
  if (text.length > MAX_PAGE) {
    throw new Problem(
      'too-large',
      `The page has ${text.length} characters, more than the ${MAX_PAGE} of a page.`,
      'Split the file into one page each.',
    );
  }
  const { lines, blank } = splitLines(text);
  const guess = guessLanguage(sample(lines.map((line) => line.text)));
  const sheet = makeSheet(lines, guess?.language);
  const segment = findSegment(sheet);
  const noArticle = 'There is no article on this page: no run of paragraphs below a headline.';
  if (segment === undefined)
    throw new Problem('invalid', noArticle, 'Give the text of a page with one article.');
  const headline = chooseHeadline(sheet, segment);
  if (headline === undefined && segment.dateline === undefined && segment.last - segment.first < 2) {
    throw new Problem('invalid', noArticle, 'Give the text of a page with one article.');
  }
  const ledger = new Ledger(lines);
  const collected = emptyCollection();
  const roughBody = segment.dateline?.at ?? roughBodyAt(sheet, segment, headline);
  const headlineAt = headline?.at;
  const picture = findPicture(sheet, { headlineAt, bodyAt: roughBody, last: segment.last });
  const caption =
    picture.caption === undefined
      ? null
      : ledger.found(picture.caption.text, [picture.caption.at], {
          confidence: picture.caption.confidence,
          why: 'the text beside the picture’s credit',
        });
  const credit =
    picture.credit === undefined
      ? null
      : ledger.found(picture.credit.value, [picture.credit.at], {
          confidence: picture.credit.confidence,
          why: 'the form of a picture credit',
        });
  const captions = new Set([picture.caption?.at, picture.credit?.at].filter((at) => at !== undefined));
  const datelineAt =
    segment.dateline !== undefined && !captions.has(segment.dateline.at) ? segment.dateline.at : undefined;
  const opening = findOpening(sheet, {
    headlineAt,
    first: segment.first,
    last: segment.last,
    datelineAt,
    captions,
  });
  const parsed = datelineAt === undefined ? undefined : segment.dateline?.parsed;

  const titleFound =
    headline === undefined ? null : ledger.found(headline.text, [headline.at, ...headline.titles], headline);
  const lede =
    opening.lede === undefined
      ? null
      : ledger.found(opening.lede.at.map((at) => sheet.text(at)).join(' '), opening.lede.at, opening.lede);
  const from = headerFrom(sheet, headlineAt, opening.bodyAt);
  readHeader(sheet, ledger, { from, bodyAt: opening.bodyAt, collected });
  const firstText = parsed !== undefined && datelineAt === opening.bodyAt ? parsed.rest : undefined;
  const read = readBody(sheet, ledger, { first: opening.bodyAt, last: segment.last, firstText, collected });
  const rest =
    datelineAt !== undefined && datelineAt !== opening.bodyAt && parsed !== undefined
      ? { at: datelineAt, text: parsed.rest }
      : undefined;
  const paragraphs = read.paragraphs.map((part) => (part.at === rest?.at ? rest.text : part.text));
  const bodyAts = read.paragraphs.map((part) => part.at);
  const body = ledger.found(paragraphs, bodyAts, {
    confidence: bodyConfidence(paragraphs, parsed !== undefined),
    why:
      parsed === undefined
        ? 'the longest run of paragraphs'
        : 'the run of paragraphs that the dateline opens',
  });
  const dateline =
    parsed === undefined || datelineAt === undefined
      ? null
      : ledger.found({ ...parsed.dateline, parts: parsed.dateline.parts }, [datelineAt], {
          confidence: parsed.confidence,
          why: 'the form of a dateline',
        });
  const dated = collected.stated.some((item) => item.kind !== 'modified');
  const clock = readAbove(sheet, ledger, {
    top: headlineAt ?? from,
    collected,
    dateline: parsed?.dateline.parts,
    dated,
  });

  const story = [titleFound?.value ?? '', lede?.value ?? '', caption?.value ?? '', ...paragraphs]
    .join('\n')
    .slice(0, 60_000);
  const tail = readTail(sheet, ledger, {
    from: segment.last + 1,
    story,
    headline: titleFound?.value ?? '',
    collected,
  });
  const related = tail.related.length > 0 ? tail.related : read.inset;
  const relatedFound =
    related.length === 0
      ? null
      : ledger.found(
          related.map((part) => undated(part.text)),
          related.map((part) => part.at),
          {
            confidence: tail.headed ? 0.9 : tail.related.length > 0 ? 0.65 : 0.6,
            why: tail.headed
              ? 'headlines under a heading for related stories'
              : tail.related.length > 0
                ? 'headlines right below the story'
                : 'pointers inside the story',
          },
        );
  const concepts =
    tail.tags.length === 0
      ? null
      : ledger.found(toConcepts(tail.tags, { story, place: dateline?.value.place }), tail.tagLines, {
          confidence: tail.tagsLabelled ? 0.92 : 0.8,
          why: tail.tagsLabelled ? 'under a label for tags' : 'a list of names from the story',
        });

  const storyline = settleStoryline(
    { sheet, ledger, collected },
    {
      headlineAt: headlineAt ?? from,
      bodyAt: opening.bodyAt,
      last: segment.last,
    },
  );
  const comments = settleComments(ledger, collected);
  const views = settleViews(ledger, collected);
  const bylines = settleBylines(ledger, collected);
  const texts = [
    ...(picture.caption === undefined ? [] : [{ at: picture.caption.at, text: picture.caption.text }]),
    ...(opening.lede?.at ?? []).map((at) => ({ at, text: sheet.text(at) })),
    ...read.paragraphs,
  ];
  const lead = (picture.caption === undefined ? 0 : 1) + (opening.lede?.at.length ?? 0) + 2;
  const evidence = gather(texts, { language: guess?.language, lead, skip: picture.caption?.at });
  const bound = boundOf(sheet, { clock, crawledAt: options.crawledAt, after: segment.last });
  const input = {
    stated: collected.stated,
    dateline:
      datelineAt === undefined || parsed === undefined
        ? undefined
        : { at: datelineAt, parts: parsed.dateline.parts },
    evidence,
    bound,
    url: options.url,
  };
  const when = whenPublished(input);
  const changed = whenModified(input);
  const published = when === undefined ? null : ledger.found(when.value, when.at, when);
  const modified = changed === undefined ? null : ledger.found(changed.value, changed.at, changed);
  const { source, house } = settleSource(
    { sheet, ledger, collected },
    {
      dateline,
      headline,
      after: segment.last,
      url: options.url,
      credit: credit?.value,
    },
  );
  const language =
    guess === undefined
      ? null
      : {
          value: guess.language,
          confidence: guess.confidence,
          lines: body.lines,
          why: 'script and commonest words',
        };
  const dropped = ledger.dropped((at) =>
    reasonOf(sheet, at, { headline: titleFound?.value, top: headlineAt ?? from, last: segment.last }),
  );
  for (const no of blank) dropped.push({ line: no, text: '', reason: 'invisible' });
  dropped.sort((a, b) => a.line - b.line);
  return {
    headline: titleFound,
    dateline,
    published,
    modified,
    lede,
    body,
    caption,
    credit,
    storyline,
    related: relatedFound,
    concepts,
    comments,
    views,
    bylines,
    language,
    source,
    house,
    dropped,
  };
}

function bodyConfidence(paragraphs: readonly string[], opened: boolean): number {
  const size = paragraphs.reduce((sum, paragraph) => sum + weight(paragraph), 0);
  return Math.min(
    0.97,
    0.5 + Math.min(paragraphs.length, 6) * 0.04 + Math.min(size, 1500) / 10_000 + (opened ? 0.1 : 0),
  );
}

import { asciiDigits } from './dates.ts';
import { countersOf, counterLabel, toCount } from './counters.ts';
import { furnitureOf } from './furniture.ts';
import type { PageStoryline } from './types.ts';

const COUNTED =
  /^(.{4,160}?)\s?[([（［]\s?(\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})\s?(?:\p{L}{2,12}\s?)?[)\]）］]$/u;
const SPELT =
  /^(.{4,160}?)\s?[-–—·•|:,]\s?(\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})\s?(?:articles?|stories|items|materials?|posts|news|материал(?:ов|а|ы)?|новост(?:ей|и|ь)|публикаци[йия]|статей|матеріал(?:ів|и)|новин[аи]?|artikel|beiträge|meldungen|articles|artículos|noticias|artigos|notícias|articoli|notizie|haber|artykuł(?:ów|y)?|مقال(?:ات|ة)?|خبرا?|مادة|篇|条|件|記事)$/iu;
const LABELLED =
  /^(?:storyline|story|dossier|topic|part of|part of the series|series|in focus|full coverage|special coverage|special report|case|background|follow (?:the )?story|сюжет|тема|досье|спецпроект|в сюжете|dossier|thema|themenspecial|schwerpunkt|serie|dossier spécial|notre dossier|especial|tema|expediente|especiais|série|speciale|dosya|konu|temat|temat dnia|raport|тема дня|ملف|ملف خاص|قضية|الموضوع|پرونده|موضوع|专题|專題|专题报道|特集|テーマ|특집|dossiê)\s?[:：—–-]\s?(.{3,160})$/iu;

/** A line that names a running story, with or without its stated number of articles. */
export type StorylineLine = PageStoryline & { readonly labelled: boolean };

/** Reads a line as the name of a storyline: `Western Sanctions (737)`, `Сюжет: Санкции (737)`, `Dossier: …`. */
export function storylineOf(text: string): StorylineLine | undefined {
  if (text.length > 200 || text.length < 5) return undefined;
  const plain = asciiDigits(text);
  const label = LABELLED.exec(plain);
  const named = label === null ? plain : (label[1] ?? '').trim();
  const counted = COUNTED.exec(named) ?? SPELT.exec(named);
  if (counted === null && label === null) return undefined;
  const title = (counted?.[1] ?? named).replace(/[\s:–—-]+$/, '');
  // 'Comments (12)' counts comments, 'World (120)' is a menu with numbers.
  if (counterLabel(title) !== undefined || countersOf(plain).length > 0 || furnitureOf(title) !== undefined)
    return undefined;
  if (/^\d/.test(title) && !/\p{L}{4}/u.test(title)) return undefined;
  const count = counted === null ? undefined : toCount(counted[2] ?? '', undefined);
  // A year in brackets is the year of a film or a law, and a man's age follows his name.
  if (label === null && count !== undefined && count >= 1900 && count <= 2100 && /\(\d{4}\)$/.test(plain))
    return undefined;
  return { title, count: count ?? null, labelled: label !== null };
}

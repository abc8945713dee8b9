import { isProse, stopShare, weight, wordsOf } from './shape.ts';
import { kindOf, type StoryContext } from './kinds.ts';
import type { PageConcept } from './types.ts';

const LABEL =
  /^(?:key ?words|tags?|topics?|related topics|keywords|filed under|more (?:on|about)|in this article|themes?|labels?|теги|тэги|метки|темы|ключевые слова|теми|schlagw[öo]rter|schlagworte|themen|stichw[öo]rter|mots[- ]clés|thèmes|sujets|étiquettes|etiquetas|temas|palabras clave|palavras[- ]chave|assuntos|tópicos|argomenti|parole chiave|etiketler|konular|anahtar kelimeler|tagi|tematy|słowa kluczowe|الوسوم|وسوم|كلمات مفتاحية|كلمات دلالية|الكلمات الدالة|علامات|مواضيع|برچسب‌?\s?ها|برچسب|کلیدواژه‌?\s?ها|标签|標籤|关键词|关键字|關鍵字|タグ|キーワード|태그|trefwoorden|ämnen|taggar|štítky|témata)\s?[:：]\s*(.{2,600})$/iu;

/** The names of a tag list under a label: `Tags: Abe, Japan`. */
export function labelledTags(text: string): readonly string[] | undefined {
  const match =
    LABEL.exec(text) ??
    LABEL.exec(text.replace(/^(\p{L}+(?:-\p{L}+)?) (?=\p{L}[^,]{1,30},\s\p{L})/u, '$1: '));
  if (match === null || isProse(match[1] ?? '')) return undefined;
  const names = split(match[1] ?? '');
  return names.length > 0 && names.every((name) => weight(name) <= 70) ? names : undefined;
}

/** The names of a line that is nothing but a list of them: `Vladimir Putin, Shinzo Abe, Russia, Japan`, `#japan #russia`. */
export function tagList(text: string, story: string): readonly string[] | undefined {
  if (text.length > 500 || /[.!?。！？؟]$/.test(text)) return undefined;
  const hashes = text.match(/#[\p{L}\p{M}\p{N}_]{2,40}/gu);
  if (hashes !== null && hashes.join('').length >= text.replace(/[\s,]/g, '').length - 2)
    return hashes.map((tag) => tag.slice(1).replaceAll('_', ' '));
  const names = split(text);
  if (names.length < 2 || names.length > 40) return undefined;
  let known = 0;
  for (const name of names) {
    const words = wordsOf(name).length;
    if (words === 0 || words > 5 || weight(name) > 55 || /["“”«»?!]/.test(name)) return undefined;
    if (story.includes(name) || story.includes(stemOf(name))) known += 1;
  }
  const long = names.filter((name) => wordsOf(name).length > 3).length;
  if (long > names.length / 3 || (names.length < 4 && stopShare(text) > 0.15)) return undefined;
  // Names are in the story, most of them; two that are not in it are a phrase with a comma.
  return known >= names.length * (names.length >= 4 ? 0.3 : 0.6) ? names : undefined;
}

/** A line that can be one name of a list printed one a line. */
export function isTagLine(text: string): boolean {
  return weight(text) <= 45 && wordsOf(text).length <= 4 && !/[.!?:。]$/.test(text);
}

export function toConcepts(names: readonly string[], context: StoryContext): readonly PageConcept[] {
  const seen = new Set<string>();
  const concepts: PageConcept[] = [];
  for (const name of names) {
    const key = name.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    concepts.push({ name, kind: kindOf(name, context) });
  }
  return concepts;
}

function split(text: string): string[] {
  const divider = [/\s*[,،、，]\s*/, /\s*[|·•;；/]\s*/, /\s{2,}|\t/].find((one) => one.test(text));
  const spaced = divider === undefined && /[\p{sc=Han}]/u.test(text) ? /\s+/ : divider;
  const parts = spaced === undefined ? [text] : text.split(spaced);
  return parts
    .map((part) => part.trim().replace(/^#/, '').replace(/[.,]$/, ''))
    .filter((part) => part !== '' && /[\p{L}\p{N}]/u.test(part));
}

// Case endings: 'Россия' stands in the story as 'России'.
function stemOf(name: string): string {
  return name.length > 5 ? name.slice(0, -2) : name;
}

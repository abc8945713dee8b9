import { STOP_WORDS } from './stopwords.ts';

const SAMPLE = 12_000;
const LATIN = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'no',
  'fi',
  'pl',
  'cs',
  'ro',
  'hu',
  'tr',
  'id',
  'vi',
  'hr',
];
const CYRILLIC = ['ru', 'uk', 'be', 'bg', 'sr'];
const ARABIC = ['ar', 'fa', 'ur'];
// Letters that only some languages of a script write; each occurrence is a vote.
const LETTERS: Readonly<Record<string, RegExp>> = {
  de: /[ßäöü]/g, fr: /[çœèêë]/g, es: /[ñ¿¡]/g, it: /[ìòù]/g, pt: /[ãõ]/g, pl: /[łąęśżźćń]/g, tr: /[ğışİ]/g, cs: /[řůěč]/g,
  ro: /[șțăţ]/g, hu: /[őű]/g, sv: /[åä]/g, da: /[æøå]/g, no: /[æøå]/g, fi: /[äö]{1,2}/g, vi: /[ươđạảấ]/g, hr: /[čćđ]/g,
  ru: /[ыэё]/g, uk: /[іїєґ]/g, be: /[ўі]/g, bg: /[ъ]/g, sr: /[јљњћђџ]/g, ar: /[ةىكي]/g, fa: /[پچژگکی]/g, ur: /[ٹڈڑےںھ]/g,
}; // prettier-ignore

/** A guess at the language: a BCP 47 primary tag and a confidence of 0 to 1. Undefined for text without letters. */
export function guessLanguage(text: string): { language: string; confidence: number } | undefined {
  const sample = text.slice(0, SAMPLE).toLowerCase();
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0;
  const scripts: [string, number][] = [
    ['latin', count(/\p{sc=Latin}/gu)],
    ['cyrillic', count(/\p{sc=Cyrillic}/gu)],
    ['arabic', count(/\p{sc=Arabic}/gu)],
    // An ideograph carries about as much as two letters.
    ['han', 2 * count(/\p{sc=Han}/gu)],
    ['kana', 2 * count(/[\p{sc=Hiragana}\p{sc=Katakana}]/gu)],
    ['ko', 2 * count(/\p{sc=Hangul}/gu)],
    ['he', count(/\p{sc=Hebrew}/gu)],
    ['el', count(/\p{sc=Greek}/gu)],
    ['hi', count(/\p{sc=Devanagari}/gu)],
    ['th', count(/\p{sc=Thai}/gu)],
    ['ka', count(/\p{sc=Georgian}/gu)],
    ['hy', count(/\p{sc=Armenian}/gu)],
  ];
  const kana = scripts[4]?.[1] ?? 0;
  const han = scripts[3]?.[1] ?? 0;
  const total = scripts.reduce((sum, [, n]) => sum + n, 0);
  if (total === 0) return undefined;
  scripts.sort((a, b) => b[1] - a[1]);
  const [script, most] = scripts[0] ?? ['latin', 0];
  const share = Math.round((most / total) * 100) / 100;
  if (script === 'han' || script === 'kana') {
    return { language: kana > (han + kana) * 0.05 ? 'ja' : 'zh', confidence: Math.min(0.98, share + 0.1) };
  }
  if (script === 'latin') return byWords(sample, LATIN);
  if (script === 'cyrillic') return byWords(sample, CYRILLIC);
  if (script === 'arabic') return byWords(sample, ARABIC);
  return { language: script, confidence: Math.min(0.97, share) };
}

function byWords(sample: string, languages: readonly string[]): { language: string; confidence: number } {
  const words = sample.match(/[\p{L}\p{M}]+/gu) ?? [];
  const scores = languages.map((language) => {
    const stop = STOP_WORDS.get(language);
    let hits = 0;
    for (const word of words) if (stop?.has(word) === true) hits += 1;
    const letters = LETTERS[language];
    const votes = letters === undefined ? 0 : (sample.match(letters)?.length ?? 0);
    // A language that writes letters of its own shows them; the votes are capped so that borrowed names do not decide.
    return {
      language,
      score: hits / Math.max(words.length, 1) + Math.min(0.25, (votes / Math.max(sample.length, 1)) * 6),
    };
  });
  scores.sort((a, b) => b.score - a.score);
  const [best, next] = [scores[0] ?? { language: 'en', score: 0 }, scores[1]];
  const lead = best.score === 0 ? 0 : (best.score - (next?.score ?? 0)) / best.score;
  const confidence = Math.min(0.98, 0.4 + lead * 0.6 + Math.min(words.length, 100) / 1000);
  return { language: best.language, confidence: Math.round(confidence * 100) / 100 };
}

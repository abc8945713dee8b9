import { stemmerOf } from '../../../base/stemmers.ts';
import { foldWord, languageOf } from './fold.ts';

/** The stem of a folded word, folded; the word itself where the language has no stemmer. */
export function stemOf(word: string, language: string): string {
  const stemmer = stemmerOf(languageOf(language));
  return stemmer === undefined ? word : foldWord(stemmer(word), language);
}

const JOSA =
  /^(?:들)?(?:은|는|이|가|을|를|의|에|에게|에서|도|로|으로|와|과|랑|이랑|야|아|여|만|까지|부터|처럼|보다|한테|께|이다|다|네|냐|임|인|이야|예요|이에요|입니다)?$/u;

/** Whether a Korean word is the noun, with or without the particles that are written onto it. */
export function isWithParticles(word: string, noun: string): boolean {
  return word.startsWith(noun) && JOSA.test(word.slice(noun.length));
}

const first = (word: string): string =>
  new Intl.Segmenter().segment(word)[Symbol.iterator]().next().value?.segment ?? '';

/**
 * What stands for a person without a picture: the first letters of the first and the last word of a name; one alone where letters have no
 * capitals, for there two would join. A dot for no name.
 */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const one = first(words[0] ?? '');
  const last = words.length > 1 ? first(words.at(-1) ?? '') : '';
  const cased = (letter: string): boolean => letter.toUpperCase() !== letter.toLowerCase();
  return (cased(one) && cased(last) ? one + last : one).toUpperCase() || '·';
}

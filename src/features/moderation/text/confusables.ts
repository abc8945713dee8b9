/**
 * Letters that are written in the place of others so that a word looks the same and is not: what is left of the tables of Unicode UTS #39
 * when one keeps what people use against word lists, and the digits and signs of "leet". Each maps to the Latin letters it can stand for.
 */
const ROWS: readonly [latin: string, lookAlikes: string][] = [
  ['a', 'аαạɑⱥаꓮ4@ª∂λ'],
  ['b', 'ƅьвβɓ8ßᖯ'],
  ['c', 'сϲⅽᴄ¢©'],
  ['d', 'ԁⅾɗđժ'],
  ['e', 'еєҽɛεℯ3€э'],
  ['f', 'ƒſẝϝ'],
  ['g', 'ɡցǵ9ԍ'],
  ['h', 'һհнɦħ#'],
  ['i', 'іιıɩ1!|¡ǀӏ'],
  ['j', 'јϳʝ'],
  ['k', 'кκķƙ'],
  ['l', 'ӏⅼłι1|!ɫ'],
  ['m', 'мⅿʍϻ'],
  ['n', 'ոпηɴηи'],
  ['o', 'оοօσ0øөᴏ°○◯'],
  ['p', 'рρþᴘ'],
  ['q', 'ԛզ9'],
  ['r', 'гᴦɼяᴙ'],
  ['s', 'ѕꜱ5$§ʂ'],
  ['t', 'тτ7+ŧ†'],
  ['u', 'υսцμᴜµ'],
  ['v', 'νѵᴠⅴ'],
  ['w', 'ԝѡωшɯ'],
  ['x', 'хχ×ⅹж'],
  ['y', 'уγүʏ¥ч'],
  ['z', 'ᴢʐ2'],
];

const LATIN = new Map<string, string[]>();
for (const [latin, alike] of ROWS)
  for (const sign of alike) LATIN.set(sign, [...(LATIN.get(sign) ?? []), latin]);

/** Cyrillic letters that a Latin letter or a digit can stand for, for words of Cyrillic that are written with some of those. */
const CYRILLIC: ReadonlyMap<string, string> = new Map(
  'aа eе oо pр cс yу xх kк mм tт hн bв iі jј sѕ rг uи nп 0о 3з 4ч 6б @а'.split(' ').map((pair) => {
    const [from = '', to = ''] = pair.split('');
    return [from, to] as const;
  }),
);

const PLAIN = /^[a-z]+$/;
const MOST_READINGS = 8;
const NONE: ReadonlySet<string> = new Set();

/**
 * What a folded word can be read as in Latin letters: every sign that looks like one replaced by it, the language's `own` letters kept. Empty
 * for a word that is Latin already, for one with a sign that looks like no Latin letter, and for numbers and codes (a year is a year,
 * the A55 a road). At most eight readings.
 */
export function latinReadings(word: string, own: ReadonlySet<string> = NONE): string[] {
  if (PLAIN.test(word) || !/\p{L}/u.test(word)) return [];
  if (/\d/.test(word) && (word.match(/[^\d]/gu) ?? []).length < 2) return [];
  let readings = [''];
  let replaced = false;
  for (const sign of word) {
    const kept = /[a-z]/.test(sign) || own.has(sign);
    const choices = kept ? [sign] : LATIN.get(sign);
    if (choices === undefined) return [];
    replaced ||= !kept;
    readings = readings.flatMap((begun) => choices.map((choice) => begun + choice)).slice(0, MOST_READINGS);
  }
  return replaced ? readings : [];
}

/** What a word of mixed letters can be read as in Cyrillic; undefined for one without a Cyrillic letter, or of Cyrillic alone. */
export function cyrillicReading(word: string): string | undefined {
  if (!/\p{Script=Cyrillic}/u.test(word) || /^\p{Script=Cyrillic}+$/u.test(word)) return undefined;
  let reading = '';
  for (const sign of word) {
    const letter = /\p{Script=Cyrillic}/u.test(sign) ? sign : CYRILLIC.get(sign);
    if (letter === undefined) return undefined;
    reading += letter;
  }
  return reading;
}

/** Signs that are no letters and stand for one inside a word. */
export const LEET_SIGNS = '@$!|€£¢©§#+†×°';

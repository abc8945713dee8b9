import { Problem } from '../../base/problem.ts';
import type { Reader } from '../../storage/db.ts';
import { CONFUSABLES } from './confusables.ts';

const MAX = 40;
/** Two marks on a letter are in every living script; towers of them are not. */
const MAX_MARKS = 2;
/** Names that speak for the house, in the languages of the reader's pages. Compared by what they look like. */
const RESERVED = [
  'admin, administrator, moderator, mod, staff, official, editor, editors, newsroom, support, system, root, team, security, webmaster, dateline, deleted account, guest, anonymous',
  'redaktion, moderation, verwaltung, gelöschtes konto, chefredaktion, gast',
  'редакция, администратор, админ, модератор, поддержка, редактор, удалённая учётная запись',
  'الإدارة, إدارة, المشرف, مشرف, هيئة التحرير, التحرير, المحرر, الدعم, حساب محذوف',
].flatMap((line) => line.split(', '));

let table: Map<string, string> | undefined;

function confusables(): Map<string, string> {
  if (table !== undefined) return table;
  table = new Map();
  for (const group of CONFUSABLES.split(' ')) {
    const [target = '', sources = ''] = group.split('=');
    const text = String.fromCodePoint(...target.split('.').map((code) => Number.parseInt(code, 16)));
    for (const source of sources.split(','))
      table.set(String.fromCodePoint(Number.parseInt(source, 16)), text);
  }
  return table;
}

function mapped(text: string): string {
  const map = confusables();
  return Array.from(text.normalize('NFD'), (char) => map.get(char) ?? char)
    .join('')
    .normalize('NFKD');
}

/** What differs in code and hardly on a screen, after UTS 39: small letters, digits for letters. */
const FOLDS: readonly [RegExp, string][] = [
  [/[i1|!í]/g, 'l'],
  [/0/g, 'o'],
  [/vv/g, 'w'],
  [/rn/g, 'm'],
  [/cl/g, 'd'],
];

/**
 * What a name looks like: two names with the same skeleton pass for one another. Beyond the skeleton of UTS 39 §4 it folds case, marks, white
 * space and punctuation, because people read past them.
 */
export function skeleton(name: string): string {
  let text = mapped(mapped(name.normalize('NFKC')).toLowerCase());
  text = text.toLowerCase().replace(/\p{M}|\p{Cf}/gu, '');
  text = text.replace(/[^\p{L}\p{N}|!]/gu, '');
  for (const [what, to] of FOLDS) text = text.replace(what, to);
  return text.replace(/[|!]/g, '');
}

/**
 * A display name as it is kept: NFKC, single spaces. @throws Problem `invalid` for controls, bidi controls, invisible characters, towers of
 * marks, letters of scripts that do not go together, addresses, and nothing that one can read.
 */
export function cleanName(input: string): string {
  // Not \s: that folds invisible characters away (U+FEFF) which are to be refused.
  const name = input
    .normalize('NFKC')
    .replace(/[\p{Zs}\t\r\n]+/gu, ' ')
    .trim();
  const refuse = (why: string): never => {
    throw new Problem('invalid', `This name cannot be used: it ${why}.`, 'Choose another name.', {
      fields: { '/name': why },
    });
  };
  if (!name.isWellFormed() || !/[\p{L}\p{N}]/u.test(name)) return refuse('has no letter');
  if (Array.from(name).length > MAX) return refuse(`is longer than ${MAX} characters`);
  // ZWNJ and ZWJ are letters' manners in Persian and Indic scripts; between others they only hide.
  if (hasHidden(name)) return refuse('has characters that are not seen');
  if (new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, 'u').test(name.normalize('NFD')))
    return refuse('has too many marks on one letter');
  if (/[\p{So}\p{Sk}\p{Me}\p{Cn}\p{Co}]/u.test(name)) return refuse('has signs that are no letters');
  if (/[@<>/\\:]|https?|www\./iu.test(name)) return refuse('looks like an address');
  if (mixesScripts(name)) return refuse('mixes letters of different scripts');
  return name;
}

const JOINERS =
  /(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Sinhala}]\p{M}*)[\u200c\u200d](?=\p{L})/gu;

function hasHidden(name: string): boolean {
  // Controls, format characters (bidi and zero-width among them), fillers, variation selectors, tags, blanks that look like nothing.
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u3164\uffa0]|\p{Variation_Selector}/u.test(
    name.replace(JOINERS, ''),
  );
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Georgian',
  'Cherokee',
  'Devanagari',
  'Thai',
];
const SCRIPT_TESTS = SCRIPTS.map((script) => new RegExp(`\\p{Script=${script}}`, 'u'));

/** UTS 39 §5.2, "highly restrictive" but for one thing: words of a name may be of different scripts, letters of a word may not. */
function mixesScripts(name: string): boolean {
  return name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .some((word) => SCRIPT_TESTS.filter((test) => test.test(word)).length > 1);
}

export type NameRules = {
  /** The site's names in its languages. */
  readonly site: readonly string[];
  /** Whose name it is to be: their own does not stand in its way. */
  readonly userId?: string | undefined;
};

/** A reader's new name, checked against everybody of the house and what is reserved. @throws Problem `invalid`, `conflict` */
export async function checkedName(
  db: Reader,
  input: string,
  rules: NameRules,
): Promise<{ name: string; skeleton: string }> {
  const name = cleanName(input);
  const looks = skeleton(name);
  const reserved = [...RESERVED, ...rules.site].map(skeleton).filter((text) => text !== '');
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u).map(skeleton);
  const speaks =
    reserved.includes(looks) ||
    // “Courier editor”, “Moderator 2”: a reserved word among others speaks for the house as well.
    words.some((word) => word.length > 3 && reserved.includes(word)) ||
    rules.site.map(skeleton).some((site) => site.length > 3 && looks.includes(site));
  if (looks === '' || speaks) throw taken();
  const staff = await db
    .selectFrom('users')
    .select('id')
    .where('name_skeleton', '=', looks)
    .where('role', '!=', 'reader')
    .where('deleted_at', 'is', null)
    .limit(2)
    .execute();
  if (staff.some((row) => row.id !== rules.userId)) throw taken();
  return { name, skeleton: looks };
}

function taken(): Problem {
  return new Problem(
    'conflict',
    'This name cannot be used: it could be taken for someone of the house.',
    'Choose another name.',
    {
      fields: { '/name': 'could be taken for someone of the house' },
    },
  );
}

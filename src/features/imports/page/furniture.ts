import { OPENINGS, PHRASES } from './furniture-words.ts';
import type { Role } from './furniture-words.ts';
import { isProse, normal, weight } from './shape.ts';
import type { DropReason } from './types.ts';

export type Furniture = { readonly reason: DropReason; readonly role?: Role };

const WHOLE: ReadonlyMap<string, Furniture> = new Map(
  PHRASES.flatMap(({ reason, role, words }) =>
    words
      .split('|')
      .map((phrase): [string, Furniture] => [
        normal(phrase),
        role === undefined ? { reason } : { reason, role },
      ]),
  ),
);

const GLUE = /(?<=\p{Ll})(?=\p{Lu})/u;
const DIVIDERS = /\s*[|•·●▪►▶¦]\s*|\s+[/›»>→-]\s+|\s*[›»>]\s*/;
const BREADCRUMB = /^[^>›»→]{1,40}(?:\s?[>›»→]\s?[^>›»→]{1,60}){1,7}$/u;
const MAX = 400;

/**
 * What kind of page furniture a line is by its words; undefined when its words do not say so.
 * Long lines are furniture only when they speak of cookies, copyright or subscribing.
 */
export function furnitureOf(text: string): Furniture | undefined {
  if (text.length <= 80) {
    const whole = phrase(text);
    if (whole !== undefined) return whole;
  }
  const head = text.length > MAX ? text.slice(0, MAX) : text;
  const prose = isProse(text);
  for (const { reason, role, pattern } of OPENINGS) {
    if (!pattern.test(head)) continue;
    if (prose && !speaksToReader(head, reason)) continue;
    return role === undefined ? { reason } : { reason, role };
  }
  if (text.length > 200) return undefined;
  // The marks of a Russian or French quotation are no arrows.
  const bare = text.includes('«') ? text.replace(/[«»]/g, '') : text;
  if (BREADCRUMB.test(bare)) return { reason: 'breadcrumb' };
  return parts(bare);
}

// A story may be about cookies, or about a newsletter: a notice speaks to the reader or of the site.
const YOU =
  /\b(?:we|our|you|your|this (?:site|website)|click|accept|agree|wir|unsere?|sie|nous|notre|nos|vous|votre|ce site|nosotros|nuestr[oa]s?|usted|este sitio|nós|nosso|você|este site|noi|nostr[oi]|questo sito|sitemiz|strona|serwis)\b|мы |наш|вы |ваш|сайт|ми |موقعنا|هذا الموقع|نستخدم|نحن|ما از|این سایت|我们|本网站|本网|当サイト|当社|お客様/iu;

function speaksToReader(head: string, reason: DropReason): boolean {
  if (reason === 'copyright')
    return /©|\(c\)|ctrl|responsible|version of|amended|published|spotted|report|contact|e-?mail|rights|права|rechte|droits|derechos|direitos|diritti|hakları|prawa|الحقوق|حقوق|版权|版權|転載|著作|저작권|reproduc/i.test(
      head,
    );
  if (reason === 'cookie notice' || reason === 'newsletter') return YOU.test(head);
  if (reason === 'comment prompt') return YOU.test(head) && head.length < 250;
  return reason === 'read more' || reason === 'share'
    ? head.length < 180 && !/[.!?。]["”’]?$/.test(head)
    : reason === 'video' || reason === 'reading time';
}

function phrase(text: string): Furniture | undefined {
  const key = normal(text);
  if (key === '') return /[\p{L}\p{N}]/u.test(text) ? undefined : { reason: 'list number' };
  const direct = WHOLE.get(key) ?? WHOLE.get(key.replace(/^\d+ | \d+$/g, ''));
  return direct ?? WHOLE.get(key.normalize('NFKC').replace(/i̇/g, 'i'));
}

/** A row of menu words, divided by marks or glued together by the crawler: every part is furniture, or nearly all. */
function parts(text: string): Furniture | undefined {
  const divided = text.split(DIVIDERS).filter((part) => part.trim() !== '');
  const pieces = divided.length > 1 ? divided : text.split(GLUE);
  if (pieces.length > 1) {
    const found = pieces.map((piece) => phrase(piece) ?? opening(piece));
    const known = found.filter((item) => item !== undefined);
    if (known.length === pieces.length || (pieces.length >= 4 && known.length >= pieces.length * 0.5)) {
      // Share bars and comment prompts name more than a menu does, so they win over 'menu'.
      return known.find((item) => item.reason !== 'menu') ?? known[0];
    }
    // 'Comentar vía XComentar vía Y': the same words again, glued on.
    const first = new Set(pieces.map((piece) => piece.split(' ')[0]));
    if (divided.length <= 1 && pieces.every((piece) => piece.includes(' ')) && first.size === 1)
      return { reason: 'comment prompt', role: 'comments' };
    if (divided.length >= 4 && divided.every((piece) => weight(piece) <= 28)) return { reason: 'menu' };
  }
  const words = text.split(/[\s,]+/);
  if (words.length >= 3 && words.length <= 40) {
    let hits = 0;
    for (const word of words) if (phrase(word) !== undefined) hits += 1;
    if (hits >= words.length * 0.75) return { reason: 'menu' };
  }
  return undefined;
}

function opening(piece: string): Furniture | undefined {
  for (const { reason, role, pattern } of OPENINGS) {
    if (pattern.test(piece)) return role === undefined ? { reason } : { reason, role };
  }
  return undefined;
}

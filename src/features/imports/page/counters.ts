import { asciiDigits } from './dates.ts';

export type CounterKind = 'comments' | 'views' | 'shares';
export type Counter = { readonly kind: CounterKind; readonly count: number };

const WORDS: Readonly<Record<CounterKind, string>> = {
  comments:
    'comments?|replies|reactions?|комментари[йяеиюв]+|коментар(?:і|ів|я)|kommentare?n?|commentaires?|comentarios?|comentários?|commenti|commento|yorum(?:lar)?|komentarz[eya]?|komentarzy|komentář[ůei]?|تعليق(?:ات|ا)?|التعليقات|نظر(?:ات)?|دیدگاه(?:‌?ها)?|评论|評論|条评论|留言|コメント(?:数)?|댓글|reacties?|kommentarer|réactions?|отзыв(?:ов|а)?',
  views:
    'views?|reads|page ?views?|hits|просмотр(?:ов|а|ы)?|прочтени[йея]|перегляд(?:ів|и|у)?|aufrufe?|mal gelesen|zugriffe|vues?|lectures?|vistas?|visitas|lecturas|visualizações|visualização|visualizaciones|leituras|visualizzazioni|letture|görüntülenme|okunma|kez okundu|wyświetle(?:ń|nia)|odsłon[ay]?|مشاهدة|مشاهدات|المشاهدات|قراءة|قراءات|بازدید(?:ها)?|تعداد بازدید|阅读|閱讀|浏览|瀏覽|点击|點閱|阅读量|閲覧(?:数)?|ビュー|조회(?:수)?|keer bekeken|visningar|zobrazení|viewed',
  shares:
    'shares?|shared|likes?|tweets?|votes?|репост(?:ов|а)?|поделил(?:ись|ось)|лайк(?:ов|а)?|mal geteilt|partages?|compartidos?|compartilhamentos|condivisioni|paylaşım|udostępnie(?:ń|nia)|поширен[ьня]+|مشاركة|مشاركات|分享|赞|シェア',
};
const NUMBER = String.raw`(\d{1,3}(?:[.,  ]\d{3})+|\d+(?:[.,]\d{1,2})?)\s?(k|m|mln|mil|mio|tsd|тыс|млн|тис|bin|tys|万|萬|만|千|ألف|هزار)?\.?`;
const KINDS: readonly CounterKind[] = ['comments', 'views', 'shares'];
const FORMS = KINDS.map((kind) => ({
  kind,
  before: new RegExp(`(?:^|[\\s|·•,(])(?:${WORDS[kind]})\\s?[:：(（\\[–-]?\\s?${NUMBER}(?![\\d.,])`, 'iu'),
  after: new RegExp(
    `(?:^|[^\\d.,])${NUMBER}\\s?(?:条|條|件の?|개의?|x\\s)?\\s?(?:${WORDS[kind]})(?!\\p{L})`,
    'iu',
  ),
  none: new RegExp(`^(?:no|нет|keine|aucun|sin|sem|nessun|0) (?:${WORDS[kind]})(?: yet)?$`, 'iu'),
  label: new RegExp(`^(?:${WORDS[kind]})\\s?:?$`, 'iu'),
}));
const SCALE: Readonly<Record<string, number>> = {
  k: 1e3, tsd: 1e3, тыс: 1e3, тис: 1e3, bin: 1e3, tys: 1e3, mil: 1e3, 千: 1e3, ألف: 1e3, هزار: 1e3,
  m: 1e6, mln: 1e6, mio: 1e6, млн: 1e6, 万: 1e4, 萬: 1e4, 만: 1e4,
}; // prettier-ignore

/** The counts that a short line states with a word for what is counted: `12 comments`, `Просмотров: 1 204`, `1.2k views`. */
export function countersOf(text: string): readonly Counter[] {
  if (text.length > 90) return [];
  const plain = asciiDigits(text);
  const found: Counter[] = [];
  for (const { kind, before, after, none } of FORMS) {
    if (none.test(plain)) {
      found.push({ kind, count: 0 });
      continue;
    }
    if (!/\d/.test(plain)) continue;
    // 'Views: 43 Comments: 0' puts the word first, '43 views 0 comments' the number.
    const wordFirst = /^\P{N}*\p{L}/u.test(plain);
    const match = wordFirst
      ? (before.exec(plain) ?? after.exec(plain))
      : (after.exec(plain) ?? before.exec(plain));
    if (match === null) continue;
    const count = toCount(match[1] ?? '', match[2]);
    if (count !== undefined) found.push({ kind, count });
  }
  if (found.length === 0) return found;
  // A counter line says little else; a sentence that mentions '12 comments' is a sentence.
  const letters = plain.match(/\p{L}+/gu)?.length ?? 0;
  return letters <= 3 + found.length * 3 ? found : [];
}

/** What a line that is only a label counts, so that a bare number beside it has a meaning. */
export function counterLabel(text: string): CounterKind | undefined {
  if (text.length > 30) return undefined;
  return FORMS.find((form) => form.label.test(text))?.kind;
}

/** The numbers of a line that holds nothing else: `0 43`, `1.2k`. At most four. */
export function bareNumbers(text: string): readonly number[] | undefined {
  if (text.length > 40) return undefined;
  const parts = asciiDigits(text).split(/\s*[|·•/]\s*|\s+/);
  if (parts.length > 4) return undefined;
  const numbers: number[] = [];
  for (const part of parts) {
    const match = new RegExp(`^${NUMBER}$`, 'iu').exec(part);
    const count = match === null ? undefined : toCount(match[1] ?? '', match[2]);
    if (count === undefined) return undefined;
    numbers.push(count);
  }
  return numbers;
}

/** `1,204`, `1.204` and `1 204` are 1204; `1.2` with a scale is a decimal. Undefined when the number is no count. */
export function toCount(digits: string, scale: string | undefined): number | undefined {
  const factor = scale === undefined ? 1 : (SCALE[scale.toLowerCase()] ?? 1);
  const value =
    factor === 1 || /[.,\s]\d{3}$/.test(digits)
      ? Number(digits.replace(/[.,\s](?=\d{3})/g, ''))
      : Number(digits.replace(',', '.'));
  const count = Math.round(value * factor);
  return Number.isSafeInteger(count) && (factor !== 1 || Number.isInteger(value)) ? count : undefined;
}

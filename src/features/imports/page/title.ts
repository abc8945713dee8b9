import { normal, wordsOf } from './shape.ts';

const DIVIDER =
  /\s+[|–—·•»:›]+\s+|\s+-{1,2}\s+|\s*\|\s*|\s+::\s+|_|(?<=[\p{sc=Han}\p{sc=Kana}」』])[-–—｜|](?=[\p{L}])|｜|\s*»\s*/u;
const HOUSE =
  /\b(?:news|times|post|herald|tribune|journal|gazette|guardian|telegraph|chronicle|today|daily|online|tv|radio|press|agency|zeitung|nachrichten|anzeiger|tageblatt|rundschau|kurier|spiegel|presse|monde|figaro|libération|journal|diario|periódico|noticias|jornal|folha|gazzetta|corriere|giornale|haber|gazetesi|gazeta|dziennik|wiadomości)\b|\.(?:com|org|net|ru|de|fr|co\.uk|ua|info|news)\b|новости|газета|вести|агентство|новини|أخبار|صحيفة|جريدة|وكالة|خبرگزاری|روزنامه|新闻|新聞|网$|報$|报$|ニュース|新聞/iu;

/** The parts of a window title: `Headline | House`, `House - Section - Headline`. One part when it is no title line. */
export function titleParts(text: string): readonly string[] {
  if (text.length > 300) return [text];
  return text
    .split(text.includes('«') ? /\s+[|–—·•›]\s+|\s+-{1,2}\s+|\s*\|\s*/u : DIVIDER)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The name of a house by its shape: few words, one of which houses are called. */
export function looksLikeHouse(part: string): boolean {
  return wordsOf(part).length <= 6 && part.length <= 50 && HOUSE.test(part);
}

const COPYRIGHT =
  /(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d{2}(?:\s?[-–—]\s?(?:(?:19|20)\d{2}|present))?,?\s*)?(?:by\s|the copyright of\s)?(.{2,60})/iu;

/** The house that a copyright line names: `© 2015 Example News. All rights reserved.` */
export function houseOfCopyright(text: string): string | undefined {
  const match = COPYRIGHT.exec(text.slice(0, 200));
  if (match === null) return undefined;
  const name = (match[1] ?? '')
    .split(
      /[.,;|]\s|[.,;|]$|\s[-–—|]\s|\s(?:19|20)\d{2}\b|\ball rights|\bвсе права|\balle rechte|\btous droits|\btodos (?:los|os)|\btutti i|\btüm hak|\bwszelkie|\bусі |\bвсі |جميع|كافة|版权|all right/iu,
    )[0]
    ?.trim();
  if (name === undefined || name.length < 2 || /^\d+$/.test(name) || wordsOf(name).length > 7)
    return undefined;
  return name.replace(/[.,]$/, '');
}

/** Whether two texts say the same, whatever their marks and capitals. */
export function sameText(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

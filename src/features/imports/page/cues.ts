// Words that place a year before or after the day of writing, in many languages.

export const LAST_YEAR =
  /\blast year\b|\ba year (?:ago|earlier)\b|(?:в )?прошл(?:ом|ого|ый) год|минул(?:ого|ий|ому) р(?:оку|ік|оці)|торік|год назад|(?:im )?(?:vergangenen|letzten|vorigen) jahr|vorjahr|l['’]an(?:née)? (?:dernier|dernière|passée?)|año pasado|pasado año|l['’]anno scorso|lo scorso anno|ano passado|passado ano|vorig jaar|afgelopen jaar|förra året|fjol|ubiegł(?:ego|ym) roku|zeszł(?:ego|ym) roku|minulého roku|loni|vloni|geçen (?:yıl|sene)|geçtiğimiz yıl|العام الماضي|السنة الماضية|العام الفائت|سال گذشته|پارسال|去年|昨年|지난해|작년/iu;
export const THIS_YEAR =
  /\bthis year\b|\bearlier this (?:year|month)\b|в этом году|нынешнего года|текущего года|с начала года|цього року|dieses jahres?|in diesem jahr|heuer|cette année|este año|quest['’]anno|este ano|deste ano|dit jaar|i år\b|tego roku|w tym roku|letos|bu yıl|هذا العام|العام الحالي|العام الجاري|امسال|سال جاری|今年|올해/iu;
export const NEXT_YEAR =
  /\bnext year\b|в следующем году|следующего года|наступного року|nächste[ns]? jahr|kommende[ns]? jahr|l['’]an(?:née)? prochaine?|próximo año|año que viene|prossimo anno|l['’]anno prossimo|próximo ano|ano que vem|volgend jaar|nästa år|przyszł(?:ego|ym) roku|przyszłorocz|příští rok|gelecek yıl|önümüzdeki yıl|العام المقبل|العام القادم|السنة المقبلة|سال آینده|明年|来年|來年|내년/iu;

const AHEAD =
  /(?:\b(?:by|until|till|through|before|next|for|from|since early|starting|beginning|bis|ab|spätestens|hasta|para|antes de|entro|fino al|até|d['’]ici(?: à)?|jusqu['’]en|horizon|tot|voor|do|od)(?: (?:the )?(?:end|start|year|summer|autumn|spring|late|early|mid|mitte|ende|el|le|la|il|del|fin|fine|final|años?|l['’]année|roku))*(?: of| de| del| di| do)?|(?:^|\s)(?:к|до|на|після|по|з)(?: концу| начала| кінця)?|بحلول(?: عام| نهاية)*|حتى(?: عام| نهاية)*|تا(?: سال| پایان)*|到|至|截至)\s?$/iu;
const WILL =
  /\b(?:will|shall|would|plans? to|planned|expected|scheduled|set to|due (?:to|in)|is to|are to|aims?|goal|target|forecast|wird|werden|soll(?:en)?|geplant|sera|seront|devrait|devraient|prévue?s?|será|serán|prevé|previst[oa]s?|está previsto|serão|deve|deverá|sarà|saranno|dovrebbe|zal|zullen|ska|kommer att|będzie|mają|planowan|bude|budou|olacak|edecek|yapılacak|planlanıyor|bekleniyor)\b|будет|будут|планиру|намерен|ожида|буде |будуть|очіку|سوف|\sسي\p{L}{3}|\sست\p{L}{3}|من المقرر|خواهد|قرار است|将|將|计划|計劃|予定|見通し|目標|までに|예정|전망/iu;

/** Whether the words around a year speak of a time to come. */
export function looksAhead(sentence: string, before: string): boolean {
  return (
    WILL.test(sentence) ||
    (AHEAD.test(before) &&
      !/\b(?:since|from|seit|depuis|desde|dal)\s?$/iu.test(before) &&
      /\b(?:by|until|till|bis|hasta|d['’]ici|horizon|entro|até|tot)\b|(?:^|\s)(?:к|до)\s|بحلول|تا سال|到|至/iu.test(
        before,
      ))
  );
}

const NUMBERS: Readonly<Record<string, number>> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, zwei: 2, drei: 3, vier: 4, fünf: 5, zehn: 10, deux: 2, trois: 3,
  quatre: 4, cinq: 5, dix: 10, dos: 2, tres: 3, cuatro: 4, cinco: 5, diez: 10, due: 2, tre: 3, quattro: 4, dois: 2, três: 3, quatro: 4, два: 2, три: 3, четыре: 4,
  пять: 5, dwa: 2, trzy: 3, cztery: 4, iki: 2, üç: 3, dört: 4, beş: 5, 两: 2, 兩: 2, 二: 2, 三: 3, 四: 4, 五: 5,
}; // prettier-ignore
const AGO =
  /(?:^|[\s(])(\d{1,2}|\p{L}{2,6})\s(?:years? (?:ago|earlier)|года? назад|лет назад|роки тому|років тому|lata temu|lat temu|yıl önce|anni fa|anos atrás|años atrás)|(?:vor|il y a|hace|há)\s(\d{1,2}|\p{L}{2,6})\s(?:jahren?|ans|années|años|anos)|(\d{1,2}|[两兩二三四五])\s?年前|قبل\s(\d{1,2})\s(?:أعوام|سنوات|عاما)/iu;

/** How many years back a sentence says it looks: `two years ago`. */
export function yearsAgo(sentence: string): number | undefined {
  const match = AGO.exec(sentence);
  if (match === null) return undefined;
  const word = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').toLowerCase();
  return /^\d+$/.test(word) ? Number(word) : NUMBERS[word];
}

/** Words that make a weekday another week's. */
export const OTHER_WEEK =
  /(?:\b(?:last|next|following|previous|every|each|coming|past|letzten|vergangenen|kommenden|nächsten|jeden|prochain|próximo|pasado|scors[oa]|prossim[oa]|passad[oa]|każd\p{L}+|przyszł\p{L}+|ubiegł\p{L}+|geçen|gelecek|her)\s|прошл\p{L}+\s|следующ\p{L}+\s|минул\p{L}+\s|наступн\p{L}+\s|上|下)$/iu;
export const OTHER_WEEK_AFTER =
  /^\s(?:prochain|dernier|próximo|pasado|scors|prossim|passad|que vem|الماضي|المقبل|القادم|الفائت|گذشته|آینده)/iu;

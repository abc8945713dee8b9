import { isAgency } from './agencies.ts';
import { isKnownPlace } from './places.ts';
import { hasCase } from './shape.ts';
import type { ConceptKind } from './types.ts';

const ORGANISATION =
  /\b(?:bank|ministry|party|union|inc|ltd|plc|corp|corporation|company|co|gmbh|ag|sa|se|university|college|institute|commission|council|committee|parliament|congress|senate|court|agency|association|federation|organi[sz]ation|forum|fund|group|club|fc|party|police|army|navy|forces|department|office|authority|airlines?|airways|motors|energy|oil|united nations|nato|league|alliance|movement|front|state duma|white house|kremlin|pentagon|bundestag|bundesrat|bundesbank|bundeswehr|ministerium|partei|verband|universität|gericht|gewerkschaft|ministère|parti|assemblée|université|syndicat|banque|ministerio|partido|universidad|banco|congreso|sindicato|ministério|universidade|sindicato|ministero|partito|università|banca|bakanlığı|partisi|bankası|üniversitesi|belediyesi|meclisi|ministerstwo|partia|sejm|senat|uniwersytet|komisja|rada)\b|министерство|минист|партия|банк|университет|комисси|совет|дума|парламент|конгресс|сенат|суд$|агентств|организаци|федерация футбол|союз|корпорац|компани|газпром|роснефть|оон$|ес$|нато$|сбу$|міністерств|партія|верховна рада|кабмін|університет|وزارة|حزب|بنك|جامعة|مجلس|اتحاد|الأمم المتحدة|منظمة|حركة|البرلمان|هيئة|شركة|الناتو|وزارت|دانشگاه|سازمان|بانک|مجلس|省$|部$|党$|黨$|银行|銀行|大学|大學|公司|集团|委员会|委員会|委員會|联合国|聯合國|国連|议会|議会|法院|組織|组织|协会|協会/iu;
const NOT_PERSON =
  /\b(?:the|of|and|in|on|for|news|war|crisis|election|elections|sanctions|law|rights|change|policy|politics|economy|trade|world|cup|games|festival|day|street|island|islands|river|sea|ocean|mountain|north|south|east|west|northern|southern|eastern|western|central|new|upper|lower|san|santa|saint|st|middle|black|red|white|olympic|olympics|foreign|international|national|european|american|russian|state|states|city|region|province|county|district|prices|market|oil|gas|energy|climate|health|education|wirtschaft|krise|krieg|politik|wahl|crise|guerre|élections?|crisis|guerra|elecciones|eleições)\b|кризис|санкции|выборы|война|экономик|политик|область|край|республик|отношения|криза|вибори|війна|أزمة|انتخابات|حرب|عقوبات|危机|危機|选举|選挙|制裁|关系|関係|问题|問題|経済|经济/iu;
const PLACE_WORD =
  /\b(?:city|region|province|county|island|islands|district|peninsula|republic|oblast|sea|gulf|river|valley|mountains?|strait|canal|desert|stadt|land|insel|région|département|île|ciudad|provincia|región|isla|cidade|região|ilha|ili|ilçesi|wyspa|województwo)\b|область|край$|район|город|остров|море$|республика|область|область|місто|острів|مدينة|محافظة|جزيرة|خليج|بحر|استان|شهر |省$|市$|县$|縣$|岛$|島$|海$|半島|半岛/iu;
const FIRST_NAMES =
  /^(?:vladimir|dmitry|sergei|sergey|mikhail|ivan|alexander|alexei|angela|barack|donald|joe|john|david|michael|james|robert|william|george|thomas|peter|paul|mark|mary|anna|maria|elena|jane|sarah|emma|hillary|bill|boris|theresa|gordon|tony|nicolas|françois|emmanuel|marine|jean|pierre|marie|olaf|frank|martin|hans|klaus|jens|ursula|annalena|christian|sigmar|pedro|mariano|pablo|josé|jose|juan|carlos|luis|miguel|ana|carmen|cristina|dilma|luiz|lula|jair|fernando|matteo|mario|giuseppe|giorgia|silvio|sergio|recep|ahmet|mehmet|mustafa|ali|abdullah|kemal|andrzej|donald|jarosław|ewa|beata|lech|viktor|petro|volodymyr|yulia|oleksandr|benjamin|bashar|hassan|mohammed|muhammad|mohammad|ahmed|abdel|mahmoud|shinzo|taro|yoshihide|fumio|xi|li|wang|narendra|kim|ban|nelson|jacob|aung|владимир|дмитрий|сергей|михаил|иван|александр|алексей|ангела|барак|дональд|джо|джон|петр|пётр|виктор|юлия|николай|андрей|игорь|олег|павел|мария|анна|елена|наталья|эммануэль|реджеп|башар|си|ким|володимир|петро|віктор|олександр|арсеній|юрій|محمد|أحمد|علي|حسن|حسين|عبد|محمود|فلاديمير|باراك|دونالد|بشار|سيرغي|رجب|حسن|محمدجواد|ابراهیم|احمد)$/iu;

/** What a tag is judged by: the text of headline, lede and body, and the place of the dateline. */
export type StoryContext = { readonly story: string; readonly place?: string | null | undefined };

/** Guesses what a tag names, from its own words and from how the story uses it. */
export function kindOf(name: string, { story, place }: StoryContext): ConceptKind {
  if (place !== undefined && place !== null && place.split(/[,/]\s?/).some((part) => sameName(part, name)))
    return 'place';
  if (isKnownPlace(name)) return 'place';
  if (isAgency(name) && !/^\p{Lu}\p{Ll}+$/u.test(name)) return 'organisation';
  if (ORGANISATION.test(name)) return 'organisation';
  // A register prints the last name first: 'Иванов, Иван Петрович'.
  if (/^\p{Lu}[\p{L}-]+, \p{Lu}[\p{L}.-]+(?: \p{Lu}[\p{L}.-]+)?$/u.test(name)) return 'person';
  const words = name.split(/[\s·・]+/);
  if (words.length === 1 && /^[\p{Lu}.&-]{2,7}$/u.test(name) && hasCase(name)) return 'organisation';
  if (looksPersonal(name, words, story)) return 'person';
  return PLACE_WORD.test(name) || usedAsPlace(name, story) ? 'place' : 'topic';
}

function sameName(a: string, b: string): boolean {
  return a.trim().localeCompare(b.trim(), undefined, { sensitivity: 'accent' }) === 0;
}

function looksPersonal(name: string, words: readonly string[], story: string): boolean {
  if (words.length > 5 || /\d/.test(name) || NOT_PERSON.test(name)) return false;
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (/^[\p{sc=Han}]{2,4}$/u.test(name)) return eastAsianPerson(name, story);
  if (/[·・]/.test(name)) return true;
  if (words.length < 2) return false;
  const particle = /^(?:de|del|della|di|da|dos|von|van|der|den|la|le|al|el|bin|ibn|ben|zu|ter)$/i;
  if (hasCase(name) && !words.every((word) => /^['’]?\p{Lu}/u.test(word) || particle.test(word)))
    return false;
  if (
    FIRST_NAMES.test(first) ||
    FIRST_NAMES.test(first.normalize('NFD').replace(/[\u0300-\u036f]/g, '')) ||
    words.some((word) => word === 'عبد')
  )
    return true;
  // A person is named in full once and by the last name after that. Case endings hang on names, so the stem has to do.
  const stem = last.length > 5 ? last.slice(0, -1) : last;
  const full = story.split(words.slice(0, -1).join(' ') + ' ' + stem).length - 1;
  const alone = story.split(stem).length - 1;
  if (stem.length >= 3 && alone > full && full > 0) return true;
  if (full === 0 || words.length > 4) return false;
  return titled(name, story) || speaks(name, story);
}

const TITLES =
  /(?:president|minister|chancellor|secretary|premier|leader|spokes(?:man|woman|person)|chief|king|queen|prince|pope|mr|mrs|ms|dr|professor|senator|governor|mayor|director|ceo|coach|president[ei]|presidente|ministr[oae]|kanzler(?:in)?|präsident(?:in)?|cumhurbaşkanı|başbakan|bakanı|prezydent|premier|президент[а-я]*|министр[а-я]*|глава|премьер[а-я]*|directeur|directrice|maire|chef|bürgermeister(?:in)?|alcalde|alcaldesa|sindaco|prefeito|мэр|директор|губернатор|канцлер|الرئيس|الوزير|رئيس|وزير|المهندس|الدكتور)(?:\s\p{L}+){0,3},?\s$/iu;

const SAY_BEFORE =
  /(?:\b(?:said|says|told|according to|added|asked|sagte|erklärte|laut|so|a dit|selon|a déclaré|déclare|dijo|según|afirmó|disse|segundo|afirmou|secondo|ha detto|dice|powiedział|powiedziała|mówi|sa|aldus|zei)|сказал|сказала|заявил|заявила|сообщил|сообщила|отметил|отметила|розповіла|розповів|сказав|повідомив|قال|قالت|وأضاف|أضاف|أكد|گفت|به گفته)[\s,]+(?:\p{L}+\s){0,3}$/iu;
const SAY_AFTER =
  /^[\s,]+(?:[^.!?]{0,60},\s)?(?:said|says|told|added|sagte|erklärte|a dit|a déclaré|dijo|afirmó|disse|afirmou|ha detto|powiedział|dedi|söyledi|belirtti|сказал|заявил|сообщил|отметил|рассказал|сказав|розпові|повідоми|إن |گفت|who |wer |der |die |qui |que |который|которая|який|яка)/iu;

function speaks(name: string, story: string): boolean {
  let at = story.indexOf(name);
  for (let n = 0; at >= 0 && n < 10; n += 1) {
    if (
      SAY_BEFORE.test(story.slice(Math.max(0, at - 50), at)) ||
      SAY_AFTER.test(story.slice(at + name.length, at + name.length + 90))
    )
      return true;
    at = story.indexOf(name, at + name.length);
  }
  return false;
}

function titled(name: string, story: string): boolean {
  const at = story.indexOf(name);
  return at > 0 && TITLES.test(story.slice(Math.max(0, at - 60), at));
}

function eastAsianPerson(name: string, story: string): boolean {
  const titles =
    '(?:首相|大統領|大臣|外相|長官|氏|さん|議員|知事|会長|社長|总统|主席|总理|部长|先生|女士|總統|總理|部長|市長|市长|表示|说|說|指出|強調|强调)';
  return new RegExp(`${name}${titles}|${titles}${name}`, 'u').test(story);
}

const IN =
  /\b(?:in|from|near|to|at|outside|across|aus|nach|à|en|dans|em|no|na|a|din|w|do|из|до|у|в|во|под)\s$/iu;

function usedAsPlace(name: string, story: string): boolean {
  if (!hasCase(name) || !/^\p{Lu}/u.test(name))
    return new RegExp(`(?:في|إلى|من|در|به)\\s${name.replace(/[^\p{L}\s]/gu, '.')}`, 'u').test(story);
  if (name.split(' ').length > 3 || /^(?:the|a)\s/i.test(name)) return false;
  let at = story.indexOf(name);
  for (let n = 0; at >= 0 && n < 20; n += 1) {
    if (IN.test(story.slice(Math.max(0, at - 12), at))) return true;
    at = story.indexOf(name, at + name.length);
  }
  return false;
}

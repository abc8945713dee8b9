import { fold } from './months.ts';

// Cities that datelines name most, in the spellings of several languages; countries come from the runtime's own tables.
const CITIES =
  'Abuja|Accra|Addis Ababa|Algiers|Amman|Amsterdam|Ankara|Astana|Athens|Atlanta|Auckland|Baghdad|Baku|Bamako|Bangkok|Barcelona|Basel|Beijing|Beirut|Belfast|Belgrade|Berlin|Bern|' +
  'Bishkek|Bogota|Bogotá|Bonn|Boston|Brasilia|Brasília|Bratislava|Brussels|Bruxelles|Brüssel|Bruselas|Bruxelas|Brisbane|Bucharest|Budapest|Buenos Aires|Cairo|Canberra|Cape Town|Caracas|Casablanca|' +
  'Chicago|Chisinau|Cologne|Köln|Copenhagen|Kopenhagen|Damascus|Dallas|Davos|Delhi|Detroit|Dhaka|Doha|Donetsk|Dortmund|Dresden|Dubai|Dublin|Dushanbe|Düsseldorf|Edinburgh|Essen|' +
  'Florence|Frankfurt|Frankfurt am Main|Geneva|Genf|Genève|Ginebra|Genebra|Ginevra|Glasgow|Guangzhou|The Hague|La Haye|Den Haag|Hamburg|Hannover|Hanoi|Harare|Havana|La Habana|Helsinki|Hong Kong|' +
  'Houston|Islamabad|Istanbul|İstanbul|İzmir|Izmir|Bursa|Antalya|Adana|Diyarbakır|Jakarta|Jerusalem|Jérusalem|Johannesburg|Kabul|Karachi|Kathmandu|Kiev|Kyiv|Kiew|Kinshasa|Kolkata|Kuala Lumpur|Lagos|' +
  'Lahore|La Paz|Leipzig|Lima|Lisbon|Lisboa|Lissabon|Ljubljana|London|Londres|Londra|Los Angeles|Luxembourg|Lyon|Madrid|Manchester|Manila|Marseille|Melbourne|Mexico City|Ciudad de México|' +
  'Miami|Milan|Milano|Minsk|Mogadishu|Montevideo|Montreal|Montréal|Moscow|Moskau|Moscou|Moscú|Mosca|Moskova|Moskwa|Moscovo|Mumbai|Munich|München|Nairobi|Napoli|Naples|New Delhi|New York|Nicosia|Lefkoşa|Oslo|' +
  'Ottawa|Paris|París|Parigi|Perth|Philadelphia|Phnom Penh|Podgorica|Port-au-Prince|Porto|Porto Alegre|Prague|Prag|Praha|Pretoria|Pristina|Pyongyang|Quito|Ramallah|Recife|Reykjavik|Riga|Rio de Janeiro|Riyadh|Rome|Roma|' +
  'Rom|Salvador|San Francisco|San José|Sanaa|Santiago|São Paulo|Sao Paulo|Sarajevo|Seattle|Seoul|Sevilla|Shanghai|Singapore|Skopje|Sofia|St. Petersburg|St. Louis|Stockholm|Straßburg|Strasbourg|Stuttgart|' +
  'Sydney|Taipei|Tallinn|Tashkent|Tbilisi|Tegucigalpa|Tehran|Tel Aviv|Tirana|Tokyo|Tokio|Tóquio|Toronto|Toulouse|Tripoli|Tunis|Turin|Torino|Ulaanbaatar|United Nations|Valencia|Valletta|Vancouver|Vatican City|Venice|Vienna|Wien|' +
  'Vilnius|Warsaw|Warschau|Warszawa|Varsovie|Kraków|Washington|Wellington|Yangon|Yerevan|Zagreb|Zurich|Zürich|Crimea|Gaza|Kashmir|Siberia|Kosovo|Europe|Asia|Africa|Middle East|Luhansk|Donbass|Kharkiv|Odessa|Lviv|' +
  'Москва|Санкт-Петербург|Петербург|Киев|Київ|Минск|Мінск|Лондон|Париж|Берлин|Вашингтон|Нью-Йорк|Пекин|Токио|Варшава|Рим|Мадрид|Брюссель|Женева|Вена|Прага|Стамбул|Анкара|Тегеран|Дамаск|Каир|Астана|Ташкент|Баку|Ереван|Тбилиси|Кишинев|Рига|Вильнюс|Таллин|' +
  'Севастополь|Симферополь|Донецк|Луганск|Харьков|Харків|Одесса|Одеса|Львов|Львів|Дніпро|Казань|Екатеринбург|Новосибирск|Владивосток|Сочи|Ростов-на-Дону|Крым|Крим|Европа|Азия|Африка|Ближний Восток|Сибирь|Софія|София|Београд|Сеул|' +
  'القاهرة|بيروت|دمشق|بغداد|عمان|عمّان|الرياض|جدة|دبي|أبوظبي|أبو ظبي|الدوحة|المنامة|الكويت|مسقط|صنعاء|عدن|طرابلس|تونس|الجزائر|الرباط|الدار البيضاء|الخرطوم|القدس|غزة|رام الله|موسكو|واشنطن|نيويورك|لندن|باريس|برلين|روما|' +
  'مدريد|بروكسل|جنيف|أنقرة|اسطنبول|إسطنبول|طهران|كابول|بكين|طوكيو|نيودلهي|الأمم المتحدة|فيينا|كييف|تهران|مشهد|اصفهان|شیراز|تبریز|لندن|پاریس|برلین|واشنگتن|مسکو|پکن|توکیو|دمشق|بغداد|کابل|آنکارا|' +
  '東京|大阪|京都|名古屋|札幌|福岡|北京|上海|香港|台北|ワシントン|ニューヨーク|ロンドン|パリ|モスクワ|ベルリン|ソウル|ブリュッセル|ジュネーブ|ローマ|カイロ|天津|重庆|广州|深圳|武汉|南京|莫斯科|华盛顿|華盛頓|纽约|伦敦|巴黎|柏林|东京|首尔|日内瓦|布鲁塞尔|联合国|欧洲|亚洲|非洲';

const PLACES: Set<string> = new Set(CITIES.split('|').map(fold));
let countriesAdded = false;

const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'pl',
  'cs',
  'tr',
  'ru',
  'uk',
  'ar',
  'fa',
  'zh',
  'zh-Hant',
  'ja',
  'ko',
  'he',
  'el',
];
const SHORT = [
  'UK',
  'US',
  'USA',
  'U.S.',
  'U.K.',
  'UAE',
  'США',
  'Britain',
  'England',
  'Scotland',
  'Wales',
  'Palestine',
  'EU',
  'Burma',
  'Holland',
  'Syrien',
  'Sírie',
  'ABD',
  'EE.UU.',
  'EEUU',
  'EUA',
];

/** Country names in many languages, from the runtime's own tables; made once, when first asked for. */
function addCountries(): void {
  countriesAdded = true;
  const codes: string[] = [];
  for (let a = 65; a <= 90; a += 1) for (let b = 65; b <= 90; b += 1) codes.push(String.fromCharCode(a, b));
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = names.of(code);
      if (name !== undefined) PLACES.add(fold(name));
    }
  }
  for (const name of SHORT) PLACES.add(fold(name));
}

/** Whether this is the name of a country or of a well-known city, in one of many languages. */
export function isKnownPlace(name: string): boolean {
  if (!countriesAdded) addCountries();
  const key = fold(name.trim());
  return PLACES.has(key) || PLACES.has(key.replace(/^the /, '')) || PLACES.has(key.replaceAll('i', 'ı'));
}

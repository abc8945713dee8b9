// Agencies as datelines and credits name them; '|' divides. A name that is not here still counts when the form around it is clear.
const NAMES =
  'Reuters|Thomson Reuters|AFP|Agence France-Presse|AP|Associated Press|The Associated Press|UPI|dpa|dpa-AFX|APA|SDA|ATS|Keystone-SDA|awp|EFE|Europa Press|' +
  'ANSA|Adnkronos|AGI|LaPresse|Lusa|Agência Brasil|Agência Estado|Estadão Conteúdo|Folhapress|Télam|ANP|Belga|TT|NTB|Ritzau|STT|PAP|ČTK|CTK|TASR|SITA|MTI|' +
  'Agerpres|Mediafax|BTA|BGNES|Tanjug|Beta|FoNet|Hina|STA|ANA-MPA|TASS|ITAR-TASS|RIA Novosti|Sputnik|Interfax|Rosbalt|Regnum|Prime|Lenta|AA|Anadolu|' +
  'Anadolu Agency|Anadolu Ajansı|DHA|İHA|IHA|ANKA|Cihan|Xinhua|CNS|Kyodo|Jiji|Yonhap|KCNA|Bernama|Antara|PTI|ANI|IANS|UNI|APP|BSS|CNA|WAM|SPA|KUNA|QNA|' +
  'Petra|MENA|MAP|APS|TAP|IRNA|ISNA|Fars|Mehr|Tasnim|Azertac|Trend|Kazinform|Belta|Ukrinform|UNIAN|Bloomberg|CNN|BBC|VOA|RFE/RL|Getty|Getty Images|EPA|' +
  'Shutterstock|Alamy|iStock|Imago|Zuma|Corbis|Rex|PA|Press Association|PA Wire|Agencia EFE|Notimex|Prensa Latina|ABr|Sapa|AAP|CP|The Canadian Press|' +
  'La Presse Canadienne|picture alliance|picture-alliance|ddp|KNA|epd|SID|TNS|NurPhoto|Anadolu Images|POOL|Handout|Wikimedia Commons|Flickr|Pixabay|Unsplash|' +
  'РИА Новости|РИА|ТАСС|ИТАР-ТАСС|Интерфакс|INTERFAX.RU|Спутник|Росбалт|Прайм|РБК|Лента.ру|УНИАН|УНІАН|Укринформ|Укрінформ|Интерфакс-Украина|Інтерфакс-Україна|' +
  'БЕЛТА|Казинформ|Коммерсантъ|Рейтер|Рейтерс|ИА REGNUM|Регнум|Танјуг|Бета|БТА|رويترز|أ ف ب|ا ف ب|أف ب|فرانس برس|د ب أ|د.ب.أ|سبوتنيك|وام|واس|كونا|قنا|بترا|وكالة الأناضول|الأناضول|أ ب|' +
  'ا ب|شينخوا|أ ش أ|وات|ایرنا|ایسنا|فارس|مهر|تسنیم|ایلنا|خبرآنلاین|新华社|新華社|中新社|中新网|中央社|法新社|路透社|路透|美联社|美聯社|彭博社|央视|人民网|塔斯社|韩联社|共同|共同通信|時事|時事通信|' +
  'ロイター|聯合|AP通信|タス通信|朝日新聞|読売新聞|毎日新聞|연합뉴스|뉴시스|רויטרס|רויטרס';

const AGENCIES: ReadonlySet<string> = new Set(NAMES.split('|').map(key));

function key(name: string): string {
  return name.toLowerCase().replace(/[\s.«»"„“”'-]+/g, '');
}

/** Whether this is, or is made of, names of news or picture agencies: `Reuters`, `dpa/AFP`, `AP Photo`. */
export function isAgency(name: string): boolean {
  const whole = key(name.replace(/\s*(?:photos?|images|wire|via)\s*$/i, ''));
  if (whole === '') return false;
  if (AGENCIES.has(whole) || AGENCIES.has(key(name))) return true;
  const parts = name.split(/[/,&+]|\s-\s/).filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every((part) => AGENCIES.has(key(part)));
}

/** The agency that a text opens with, for datelines without brackets: the longest of its first words that is one. */
export function agencyAtStart(text: string): string | undefined {
  const words = text.split(' ', 4);
  for (let n = Math.min(3, words.length); n > 0; n -= 1) {
    const name = words
      .slice(0, n)
      .join(' ')
      .replace(/[.:,–—-]+$/, '');
    if (AGENCIES.has(key(name))) return name;
  }
  return undefined;
}

type Words = {
  name: string;
  tagline: string;
  about: string;
  programme: string;
  place: string;
  author: string;
  speaker: string;
  fact: string;
  alt: string;
  caption: string;
  long: string;
  sections: readonly string[];
  storylines: readonly string[];
  tags: readonly string[];
  headlines: readonly string[];
  ledes: readonly string[];
  body: readonly string[];
};

/** Invented stories of an invented coast; enough words of each script to see how it is set. */
export const words: Readonly<Record<'en' | 'de' | 'ar' | 'ru', Words>> = {
  en: {
    name: 'The Harbour Courier',
    tagline: 'News from the northern coast, on the record since 1887',
    about: 'About this paper',
    programme: 'Midday with Ines Kallas',
    place: 'VISBORG',
    author: 'Ines Kallas',
    speaker: 'Marta Lindqvist, harbour master',
    fact: 'on 31 December 2014',
    alt: 'Wooden boats drawn up along a harbour wall',
    caption:
      'Boats wait out the gale in the inner harbour of Visborg on Monday. The quota takes effect in March.',
    long: 'Unprecedented interparliamentary counterproposals overshadow Westermarsch–Nordküste reconciliation',
    sections: ['World', 'Coast', 'Economy', 'Science', 'Culture'],
    storylines: ['The Herring Dispute', 'Rebuilding the Sund Bridge', 'A Winter Without Ice'],
    tags: ['Marta Lindqvist', 'Visborg', 'Coastal Commission', 'Fisheries'],
    headlines: [
      'Eleven coastal states agree to share the herring, and leave the hard part for March',
      'Bridge reopens to one lane of traffic after fourteen months',
      'Why the night ferry stopped taking cars',
      'A village counts its last winter of ice',
      'Central bank holds its rate and says little',
      '‘We were told it would be weeks’: the families of Pier Nine',
      'Ministers return to Visborg with a shorter list',
      'Cable between the islands cut for the third time this year',
      'The lighthouse keeper who wrote down every ship',
      'Shipyard orders rise for the first time since 2019',
      'Court orders the port to publish its contracts',
      'What the seabed survey found under the old minefield',
    ],
    ledes: [
      'The quotas are settled for three years. Who may land fish in whose harbour is not, and the ministers who must decide it were already on the ferry home.',
      'Lorries over twelve tonnes will still take the long way round, the road authority said.',
      'A rule about batteries, a hull built in 1988, and an insurer that would not answer the telephone.',
      'The school kept a ledger of the days on which children could walk across the bay. This year the page is blank.',
      'Borrowers hoped for a signal. They got two sentences.',
    ],
    body: [
      'Eleven coastal states agreed on Monday to share the herring catch of the northern grounds for the next three years, ending a dispute that had kept half of the fleet in harbour since the summer.',
      '“It is an agreement about numbers, and numbers were never the quarrel,” said Marta Lindqvist, the harbour master of Visborg, as the last of the delegations left the customs house.',
      'The text gives the smaller states a fixed share for the first time. It leaves open who may land fish in whose harbour, which several delegates called the harder question.',
      'Under the terms, quotas fall by a fifth in the first year and may rise again only if the spring survey finds more young fish than it did in 2024.',
      'Fishing associations were divided. The largest of them welcomed the end of the standstill; two others said that they would ask a court to look at the shares.',
      'Talks on landing rights are to begin on 3 March. Until then, each state keeps the rules it had, and the boats that were turned away this autumn will be turned away again.',
    ],
  },
  de: {
    name: 'Der Hafenkurier',
    tagline: 'Nachrichten von der Nordküste, seit 1887',
    about: 'Über diese Zeitung',
    programme: 'Mittagsmagazin mit Ines Kallas',
    place: 'VISBORG',
    author: 'Ines Kallas',
    speaker: 'Marta Lindqvist, Hafenmeisterin',
    fact: 'am 31. Dezember 2014',
    alt: 'Holzboote an einer Hafenmauer',
    caption: 'Boote warten im Innenhafen von Visborg das Ende des Sturms ab.',
    long: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft vor Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz',
    sections: ['Welt', 'Küste', 'Wirtschaft', 'Wissenschaft', 'Kultur'],
    storylines: ['Der Heringsstreit', 'Wiederaufbau der Sundbrücke', 'Ein Winter ohne Eis'],
    tags: ['Marta Lindqvist', 'Visborg', 'Küstenkommission', 'Fischerei'],
    headlines: [
      'Elf Küstenstaaten teilen den Hering und verschieben das Schwierige auf den März',
      'Sundbrücke nach vierzehn Monaten einspurig wieder offen',
      'Warum die Nachtfähre keine Autos mehr mitnimmt',
      'Ein Dorf zählt seinen letzten Winter mit Eis',
      'Zentralbank lässt den Leitzins stehen und sagt wenig',
      'Küstenschutzverordnung: Landwirtschaftsministerkonferenz ringt um Übergangsfristen',
      'Minister kehren mit kürzerer Liste nach Visborg zurück',
      'Seekabel zum dritten Mal in diesem Jahr durchtrennt',
    ],
    ledes: [
      'Die Quoten stehen für drei Jahre. Wer in wessen Hafen anlanden darf, bleibt offen, und die Minister saßen schon auf der Fähre.',
      'Lastwagen über zwölf Tonnen müssen weiter den Umweg nehmen, teilte die Straßenverkehrsbehörde mit.',
      'Eine Vorschrift über Batterien, ein Rumpf von 1988 und ein Versicherer, der nicht ans Telefon ging.',
      'Die Schule führte Buch über die Tage, an denen Kinder über die Bucht gehen konnten. Die Seite dieses Jahres ist leer.',
      'Kreditnehmer hofften auf ein Signal. Sie bekamen zwei Sätze.',
    ],
    body: [
      'Elf Küstenstaaten haben sich am Montag darauf geeinigt, den Heringsfang der nördlichen Gründe für drei Jahre zu teilen. Damit endet ein Streit, der seit dem Sommer die halbe Flotte im Hafen hielt.',
      '„Es ist eine Einigung über Zahlen, und um Zahlen ging der Streit nie“, sagte die Hafenmeisterin von Visborg, Marta Lindqvist, als die letzten Delegationen das Zollhaus verließen.',
      'Der Text gibt den kleineren Staaten erstmals einen festen Anteil. Offen bleibt, wer in wessen Hafen anlanden darf.',
      'Die Quoten sinken im ersten Jahr um ein Fünftel und dürfen nur steigen, wenn die Frühjahrserhebung mehr Jungfische findet als 2024.',
      'Die Fischereiverbände waren geteilter Meinung. Der größte begrüßte das Ende des Stillstands, zwei andere wollen die Anteile gerichtlich prüfen lassen.',
      'Gespräche über Anlanderechte sollen am 3. März beginnen. Bis dahin gelten in jedem Staat die bisherigen Regeln.',
    ],
  },
  ar: {
    name: 'بريد الميناء',
    tagline: 'أخبار الساحل الشمالي منذ عام 1887',
    about: 'عن الصحيفة',
    programme: 'الظهيرة مع إيناس كلّاس',
    place: 'فيسبورغ',
    author: 'إيناس كلّاس',
    speaker: 'مارتا ليندكفيست، مديرة الميناء',
    fact: 'في 31 ديسمبر 2014',
    alt: 'قوارب خشبية بجوار رصيف الميناء',
    caption: 'قوارب تنتظر انتهاء العاصفة في الميناء الداخلي لفيسبورغ يوم الاثنين.',
    long: 'مقترحات برلمانية مضادة غير مسبوقة تلقي بظلالها على المصالحة بين سواحل الشمال والجنوب في اجتماع استثنائي',
    sections: ['العالم', 'الساحل', 'الاقتصاد', 'العلوم', 'الثقافة'],
    storylines: ['نزاع الرنجة', 'إعادة بناء جسر المضيق', 'شتاء بلا جليد'],
    tags: ['مارتا ليندكفيست', 'فيسبورغ', 'لجنة الساحل', 'مصايد الأسماك'],
    headlines: [
      'إحدى عشرة دولة ساحلية تتفق على تقاسم الرنجة وتؤجل الأصعب إلى مارس',
      'إعادة فتح الجسر أمام حركة السير بعد أربعة عشر شهرًا',
      'لماذا توقفت العبّارة الليلية عن نقل السيارات',
      'قرية تعدّ شتاءها الأخير مع الجليد',
      'البنك المركزي يبقي الفائدة على حالها ويقول القليل',
      'الوزراء يعودون إلى فيسبورغ بقائمة أقصر',
      'انقطاع الكابل بين الجزر للمرة الثالثة هذا العام',
      'حارس المنارة الذي دوّن اسم كل سفينة',
    ],
    ledes: [
      'حُسمت الحصص لثلاث سنوات، أما من يحق له إنزال السمك في أي ميناء فلم يُحسم بعد.',
      'ستظل الشاحنات التي تزيد على اثني عشر طنًا تسلك الطريق الطويل، بحسب هيئة الطرق.',
      'قاعدة عن البطاريات، وهيكل بُني عام 1988، وشركة تأمين لم تردّ على الهاتف.',
      'احتفظت المدرسة بسجل للأيام التي كان الأطفال يعبرون فيها الخليج سيرًا. صفحة هذا العام بيضاء.',
      'كان المقترضون يأملون في إشارة، فجاءتهم جملتان.',
    ],
    body: [
      'اتفقت إحدى عشرة دولة ساحلية يوم الاثنين على تقاسم صيد الرنجة في المياه الشمالية للسنوات الثلاث المقبلة، منهيةً نزاعًا أبقى نصف الأسطول في الميناء منذ الصيف.',
      '«هذا اتفاق على الأرقام، ولم تكن الأرقام يومًا موضع الخلاف»، قالت مارتا ليندكفيست مديرة ميناء فيسبورغ بينما كانت الوفود تغادر دار الجمارك.',
      'يمنح النص الدول الأصغر حصة ثابتة للمرة الأولى، ويترك مفتوحًا سؤال من يحق له إنزال السمك في أي ميناء.',
      'وبموجب الشروط تنخفض الحصص بمقدار الخمس في السنة الأولى ولا ترتفع إلا إذا وجد مسح الربيع أسماكًا صغيرة أكثر مما وجد في 2024.',
      'وانقسمت جمعيات الصيادين، فرحبت كبراها بانتهاء التوقف وقالت اثنتان إنهما ستلجآن إلى المحكمة.',
      'ومن المقرر أن تبدأ المحادثات بشأن حقوق الإنزال في 3 مارس.',
    ],
  },
  ru: {
    name: 'Портовый курьер',
    tagline: 'Новости северного побережья с 1887 года',
    about: 'Об издании',
    programme: 'Полдень с Инес Каллас',
    place: 'ВИСБОРГ',
    author: 'Инес Каллас',
    speaker: 'Марта Линдквист, начальник порта',
    fact: '31 декабря 2014 года',
    alt: 'Деревянные лодки у стены гавани',
    caption: 'Лодки пережидают шторм во внутренней гавани Висборга.',
    long: 'Беспрецедентные межпарламентские контрпредложения затмили примирение рыбопромышленников побережья',
    sections: ['Мир', 'Побережье', 'Экономика', 'Наука', 'Культура'],
    storylines: ['Спор о сельди', 'Восстановление моста через Зунд', 'Зима без льда'],
    tags: ['Марта Линдквист', 'Висборг', 'Прибрежная комиссия', 'Рыболовство'],
    headlines: [
      'Одиннадцать прибрежных государств поделили сельдь и отложили главное до марта',
      'Мост через Зунд открыли для одной полосы движения',
      'Почему ночной паром перестал брать автомобили',
      'Деревня считает свою последнюю ледовую зиму',
      'Центральный банк сохранил ставку и мало что сказал',
      'Министры возвращаются в Висборг с более коротким списком',
      'Кабель между островами перерезан в третий раз за год',
      'Смотритель маяка, который записывал каждый корабль',
    ],
    ledes: [
      'Квоты согласованы на три года. Кто может выгружать рыбу и в чьей гавани, пока не решено.',
      'Грузовики тяжелее двенадцати тонн по-прежнему поедут в объезд, сообщило дорожное управление.',
      'Правило об аккумуляторах, корпус 1988 года постройки и страховщик, который не брал трубку.',
      'Школа вела журнал дней, когда дети могли перейти залив. В этом году страница пуста.',
      'Заёмщики ждали сигнала. Они получили две фразы.',
    ],
    body: [
      'Одиннадцать прибрежных государств договорились в понедельник делить улов сельди в северных водах в ближайшие три года, завершив спор, который с лета держал половину флота в гавани.',
      '«Это соглашение о числах, а спор никогда не был о числах», — сказала начальник порта Висборга Марта Линдквист, когда последние делегации покидали здание таможни.',
      'Документ впервые даёт небольшим государствам постоянную долю. Он оставляет открытым вопрос, кто и в чьей гавани может выгружать рыбу.',
      'По условиям соглашения, в первый год квоты снизятся на пятую часть и вырастут, только если весеннее обследование найдёт больше молоди, чем в 2024 году.',
      'Объединения рыбаков разошлись во мнениях. Крупнейшее приветствовало конец простоя; два других намерены обратиться в суд.',
      'Переговоры о правах на выгрузку начнутся 3 марта. До тех пор каждое государство сохраняет прежние правила.',
    ],
  },
};

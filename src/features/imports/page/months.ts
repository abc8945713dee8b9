// Month and weekday names as news pages print them: nominative, genitive, and the usual abbreviations.
// One row a language; inside a row the twelve months (or seven days from Sunday) are separated by spaces, the forms of one by '/'.
const MONTH_ROWS = [
  // English
  'january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec',
  // Russian
  'января/январь/январе/янв февраля/февраль/феврале/фев/февр марта/март/марте/мар апреля/апрель/апреле/апр мая/май/мае июня/июнь/июне/июн июля/июль/июле/июл августа/август/августе/авг сентября/сентябрь/сентябре/сен/сент октября/октябрь/октябре/окт ноября/ноябрь/ноябре/ноя/нояб декабря/декабрь/декабре/дек',
  // Ukrainian
  'січня/січень/січні/січ лютого/лютий/лютому/лют березня/березень/березні/бер квітня/квітень/квітні/квіт травня/травень/травні/трав червня/червень/червні/черв липня/липень/липні/лип серпня/серпень/серпні/серп вересня/вересень/вересні/вер жовтня/жовтень/жовтні/жовт листопада/листопад/листопаді/лист грудня/грудень/грудні/груд',
  // Belarusian, Bulgarian, Serbian
  'студзеня/януари/јануар/јануара лютага/февруари/фебруар/фебруара сакавіка/мартa красавіка/април/априла траўня/мај/маја чэрвеня/юни/јун/јуна ліпеня/юли/јул/јула жніўня/авг верасня/септември/септембар/септембра кастрычніка/октомври/октобар/октобра лістапада/ноември/новембар/новембра снежня/декември/децембар/децембра',
  // German
  'januar/jänner/jan/jän februar/feber/feb märz/mär/mrz april/apr mai juni/jun juli/jul august/aug september/sep/sept oktober/okt november/nov dezember/dez',
  // French
  'janvier/janv/jan février/fevrier/févr/fév/fev mars/mar avril/avr mai juin juillet/juil/juill août/aout septembre/sept/sep octobre/oct novembre/nov décembre/decembre/déc/dec',
  // Spanish, Catalan
  'enero/ene/gener febrero/feb/febrer marzo/mar/març abril/abr mayo/may/maig junio/jun/juny julio/jul/juliol agosto/ago/agost septiembre/setiembre/sep/sept/set/setembre octubre/oct noviembre/nov/novembre diciembre/dic/desembre',
  // Italian
  'gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set/sett ottobre/ott novembre/nov dicembre/dic',
  // Portuguese
  'janeiro/jan fevereiro/fev março/marco/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set outubro/out novembro/nov dezembro/dez',
  // Dutch
  'januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep/sept oktober/okt november/nov december/dec',
  // Scandinavian, Finnish
  'januari/januar/tammikuuta/tammikuu februari/februar/helmikuuta/helmikuu mars/marts/maaliskuuta/maaliskuu april/huhtikuuta/huhtikuu maj/mai/toukokuuta/toukokuu juni/kesäkuuta/kesäkuu juli/heinäkuuta/heinäkuu augusti/august/elokuuta/elokuu september/syyskuuta/syyskuu oktober/lokakuuta/lokakuu november/marraskuuta/marraskuu december/desember/joulukuuta/joulukuu',
  // Polish
  'stycznia/styczeń/styczniu/sty lutego/luty/lutym/lut marca/marzec/marcu/mar kwietnia/kwiecień/kwietniu/kwi maja/maj/maju czerwca/czerwiec/czerwcu/cze lipca/lipiec/lipcu/lip sierpnia/sierpień/sierpniu/sie września/wrzesień/wrześniu/wrz października/październik/październiku/paź listopada/listopad/listopadzie/lis grudnia/grudzień/grudniu/gru',
  // Czech, Slovak
  'ledna/leden/lednu/januára/január února/únor/únoru/februára/február března/březen/březnu/marca/marec dubna/duben/dubnu/apríla/apríl května/květen/květnu/mája/máj června/červen/červnu/júna/jún července/červenec/červenci/júla/júl srpna/srpen/srpnu/augusta/august září/septembra/september října/říjen/říjnu/októbra/október listopadu/listopad/novembra/november prosince/prosinec/prosinci/decembra/december',
  // Croatian, Romanian, Hungarian
  'siječnja/siječanj/ianuarie/ian/január veljače/veljača/februarie/február ožujka/ožujak/martie/március travnja/travanj/aprilie/április svibnja/svibanj/mai/május lipnja/lipanj/iunie/iun/június srpnja/srpanj/iulie/iul/július kolovoza/kolovoz/august/augusztus rujna/rujan/septembrie/szeptember listopada/octombrie/október studenoga/studenog/studeni/noiembrie/noi/november prosinca/prosinac/decembrie/december',
  // Turkish
  'ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara',
  // Greek
  'ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ απριλίου/απρίλιος/απρ μαΐου/μάιος/μαϊ ιουνίου/ιούνιος/ιουν ιουλίου/ιούλιος/ιουλ αυγούστου/αύγουστος/αυγ σεπτεμβρίου/σεπτέμβριος/σεπ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε δεκεμβρίου/δεκέμβριος/δεκ',
  // Arabic, in the Gulf and Egypt, the Levant ('_' is a space), and the Maghreb
  'يناير/كانون_الثاني/جانفي فبراير/شباط/فيفري مارس/آذار/اذار أبريل/ابريل/إبريل/نيسان/أفريل مايو/أيار/ايار/ماي يونيو/حزيران/جوان/يونيه يوليو/تموز/جويلية/يوليه/يوليوز أغسطس/اغسطس/آب/أوت/غشت سبتمبر/أيلول/ايلول/شتنبر أكتوبر/اكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني/نونبر ديسمبر/كانون_الأول/دجنبر',
  // Persian and Urdu names of the Gregorian months
  'ژانویه/جنوری فوریه/فروری مارس/مارچ آوریل/اپریل مه/مئی ژوئن/جون ژوئیه/جولای/جولائی اوت/آگوست/اگست سپتامبر/ستمبر اکتبر/اکتوبر نوامبر/نومبر دسامبر/دسمبر',
  // Hebrew, Hindi, Indonesian
  'ינואר/בינואר/जनवरी/januari פברואר/בפברואר/फरवरी/februari מרץ/במרץ/मार्च/maret אפריל/באפריל/अप्रैल/april מאי/במאי/मई/mei יוני/ביוני/जून/juni יולי/ביולי/जुलाई/juli אוגוסט/באוגוסט/अगस्त/agustus ספטמבר/בספטמבר/सितंबर/september אוקטובר/באוקטובר/अक्टूबर/oktober נובמבר/בנובמבר/नवंबर/november דצמבר/בדצמבר/दिसंबर/desember',
];

const JALALI_ROW = 'فروردین اردیبهشت خرداد تیر مرداد/امرداد شهریور مهر آبان آذر دی بهمن اسفند';

const WEEKDAY_ROWS = [
  'sunday/sun monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thur/thurs friday/fri saturday/sat',
  'воскресенье/воскресенья/вс понедельник/понедельника/понедельнику/пн вторник/вторника/вт среда/среду/среды/ср четверг/четверга/чт пятница/пятницу/пятницы/пт суббота/субботу/субботы/сб',
  "неділя/неділю/неділі понеділок/понеділка вівторок/вівторка середа/середу/середи четвер/четверга п’ятниця/п’ятницю/пʼятницю/п'ятницю/п'ятниця/пʼятниця субота/суботу/суботи",
  'sonntag/sonntags montag/montags dienstag/dienstags mittwoch/mittwochs donnerstag/donnerstags freitag/freitags samstag/sonnabend/samstags',
  'dimanche lundi mardi mercredi jeudi vendredi samedi',
  'domingo lunes martes miércoles/miercoles jueves viernes sábado/sabado',
  'domenica lunedì/lunedi martedì/martedi mercoledì/mercoledi giovedì/giovedi venerdì/venerdi sabato',
  'domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado',
  'zondag maandag dinsdag woensdag donderdag vrijdag zaterdag',
  'söndag/söndagen/søndag måndag/måndagen/mandag tisdag/tisdagen/tirsdag onsdag/onsdagen torsdag/torsdagen fredag/fredagen lördag/lördagen/lørdag',
  'sunnuntai/sunnuntaina maanantai/maanantaina tiistai/tiistaina keskiviikko/keskiviikkona torstai/torstaina perjantai/perjantaina lauantai/lauantaina',
  'niedziela/niedzielę/niedzieli poniedziałek/poniedziałku wtorek/wtorku środa/środę/środy czwartek/czwartku piątek/piątku sobota/sobotę/soboty',
  'neděle/neděli pondělí úterý středa/středu čtvrtek pátek sobota/sobotu',
  'pazar pazartesi salı çarşamba perşembe cuma cumartesi',
  'duminică/duminica luni marți/marţi/marti miercuri joi vineri sâmbătă/sambata',
  'الأحد/الاحد الاثنين/الإثنين/الأثنين الثلاثاء/الثلثاء الأربعاء/الاربعاء الخميس الجمعة السبت',
  'یکشنبه/یک‌شنبه دوشنبه سه‌شنبه/سهشنبه چهارشنبه پنجشنبه/پنج‌شنبه جمعه شنبه',
  'κυριακή δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο',
  'ראשון שני שלישי רביעי חמישי שישי שבת',
  'minggu senin selasa rabu kamis jumat sabtu',
];

function tableOf(rows: readonly string[], first: number): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  for (const row of rows) {
    row.split(' ').forEach((forms, place) => {
      for (const form of forms.split('/')) {
        const name = form.replaceAll('_', ' ');
        // The first language to claim a form keeps it; the few that differ ('listopad', 'mar') are asked by language below.
        if (!table.has(name)) table.set(name, place + first);
      }
    });
  }
  return table;
}

const MONTHS = tableOf(MONTH_ROWS, 1);
const JALALI = tableOf([JALALI_ROW], 1);
const WEEKDAYS = tableOf(WEEKDAY_ROWS, 0);
/** Forms that mean another month in another language. */
const OTHERWISE: Readonly<Record<string, ReadonlyMap<string, number>>> = {
  pl: tableOf([MONTH_ROWS[11] ?? ''], 1),
  cs: tableOf([MONTH_ROWS[12] ?? ''], 1),
  hr: tableOf([MONTH_ROWS[13] ?? ''], 1),
};

/** Lower case that also folds the Turkish dotted İ, whose plain lower case carries a stray combining dot. */
export function fold(word: string): string {
  return word.toLowerCase().replaceAll('i̇', 'i').replace(/\.$/, '');
}

/** The month (1 to 12) that a word names in any language we know; `language` settles the few words that differ. */
export function monthOf(word: string, language?: string): number | undefined {
  const key = fold(word);
  return OTHERWISE[language ?? '']?.get(key) ?? MONTHS.get(key) ?? turkish(key, MONTHS);
}

/** The month of the Persian calendar that a word names. */
export function jalaliMonthOf(word: string): number | undefined {
  return JALALI.get(fold(word));
}

const SHORT_DAY = /^(?:sun|mon|sat|wed|вс|пн|вт|ср|чт|пт|сб|luni|ראשון|שני|שלישי|רביעי|חמישי|שישי)$/;

/** The weekday (0 is Sunday) that a word names; in running text short forms, which are words too, do not count. */
export function weekdayOf(word: string, where: 'text' | 'line' = 'text'): number | undefined {
  const key = fold(word);
  if (where === 'text' && SHORT_DAY.test(key)) return undefined;
  return WEEKDAYS.get(key) ?? turkish(key, WEEKDAYS);
}

// Capital I of Turkish 'ARALIK' and 'SALI' lowers to i; the table has the dotless letter.
function turkish(key: string, table: ReadonlyMap<string, number>): number | undefined {
  return key.includes('i') ? table.get(key.replaceAll('i', 'ı')) : undefined;
}

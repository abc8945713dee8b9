import type { Finding } from './moderation.ts';

/** Sentences that say why a rule fired: the same for commenters, moderators and mails. `{name}` is a fact of the finding. */
type Sentences = Readonly<Record<string, string>>;

const en: Sentences = {
  'standing.ban': 'The account is banned from commenting.',
  'standing.suspension': 'The account is suspended from commenting until {until}.',
  'length.short': 'The text has {count} characters; {least} are the least.',
  'length.long': 'The text has {count} characters; {most} are the most.',
  'length.capitals': '{percent} % of the letters are capitals; up to {most} % is usual.',
  'links.domain': 'It links to {domain}, which the site has ruled on.',
  'links.shortener': 'It links through {domain}, which hides where the link leads.',
  'links.too-many': 'It holds {count} links; {most} are allowed.',
  'repeats.own': 'The same person has posted the same text already.',
  'repeats.others': '{count} other people have posted the same text.',
  'repeats.near': 'It is to {percent} % the same as another recent comment.',
  words: 'It holds a word or phrase of the list: {phrase}.',
  'rate.minute': 'It is comment {count} of the person within a minute; {most} are usual.',
  'rate.hour': 'It is comment {count} of the person within an hour; {most} are usual.',
  'slow-mode': 'The discussion is in slow mode: one comment every {seconds} seconds.',
  'newcomer.guest': 'Comments of guests are read before they appear.',
  'newcomer.first': 'First comments are read before they appear ({have} of {need} approved so far).',
  'age.account': 'The account is {minutes} minutes old; from {least} on comments appear at once.',
  premoderation: 'All comments here are read before they appear.',
  'learned.trouble': 'It resembles comments that were removed on this site (probability {percent} %).',
  'service.asked': 'An automatic check outside the site has been asked.',
  'service.said': 'An automatic check outside the site found it at fault.',
  'service.unanswered': 'The automatic check outside the site did not answer in time.',
  'reports.many': '{count} readers have reported it.',
  guest: 'Comments of guests are read before they appear.',
  hand: 'A moderator decided it.',
  none: 'No rule applied.',
};

const de: Sentences = {
  'standing.ban': 'Das Konto ist vom Kommentieren ausgeschlossen.',
  'standing.suspension': 'Das Konto ist bis {until} vom Kommentieren ausgesetzt.',
  'length.short': 'Der Text hat {count} Zeichen; mindestens {least} sind nötig.',
  'length.long': 'Der Text hat {count} Zeichen; höchstens {most} sind möglich.',
  'length.capitals': '{percent} % der Buchstaben sind groß; bis {most} % ist üblich.',
  'links.domain': 'Er verweist auf {domain}, worüber die Seite entschieden hat.',
  'links.shortener': 'Er verweist über {domain}, das verbirgt, wohin der Link führt.',
  'links.too-many': 'Er enthält {count} Links; {most} sind erlaubt.',
  'repeats.own': 'Dieselbe Person hat denselben Text schon veröffentlicht.',
  'repeats.others': '{count} andere haben denselben Text veröffentlicht.',
  'repeats.near': 'Er gleicht zu {percent} % einem anderen neuen Kommentar.',
  words: 'Er enthält ein Wort oder eine Wendung der Liste: {phrase}.',
  'rate.minute': 'Es ist der {count}. Kommentar der Person in einer Minute; {most} sind üblich.',
  'rate.hour': 'Es ist der {count}. Kommentar der Person in einer Stunde; {most} sind üblich.',
  'slow-mode': 'Die Diskussion ist verlangsamt: ein Kommentar alle {seconds} Sekunden.',
  'newcomer.guest': 'Kommentare von Gästen werden vor dem Erscheinen gelesen.',
  'newcomer.first':
    'Erste Kommentare werden vor dem Erscheinen gelesen (bisher {have} von {need} freigegeben).',
  'age.account': 'Das Konto ist {minutes} Minuten alt; ab {least} erscheinen Kommentare sofort.',
  premoderation: 'Alle Kommentare werden hier vor dem Erscheinen gelesen.',
  'learned.trouble': 'Er ähnelt Kommentaren, die hier entfernt wurden (Wahrscheinlichkeit {percent} %).',
  'service.asked': 'Eine automatische Prüfung außerhalb der Seite ist angefragt.',
  'service.said': 'Eine automatische Prüfung außerhalb der Seite hat ihn beanstandet.',
  'service.unanswered': 'Die automatische Prüfung außerhalb der Seite hat nicht rechtzeitig geantwortet.',
  'reports.many': '{count} Leser haben ihn gemeldet.',
  guest: 'Kommentare von Gästen werden vor dem Erscheinen gelesen.',
  hand: 'Ein Moderator hat entschieden.',
  none: 'Keine Regel traf zu.',
};

const ar: Sentences = {
  'standing.ban': 'الحساب ممنوع من التعليق.',
  'standing.suspension': 'الحساب موقوف عن التعليق حتى {until}.',
  'length.short': 'في النص {count} حرفًا، والأدنى {least}.',
  'length.long': 'في النص {count} حرفًا، والأقصى {most}.',
  'length.capitals': '{percent}٪ من الأحرف كبيرة، والمعتاد حتى {most}٪.',
  'links.domain': 'يحيل إلى {domain} وقد بتّ الموقع في شأنه.',
  'links.shortener': 'يحيل عبر {domain} الذي يخفي وجهة الرابط.',
  'links.too-many': 'فيه {count} روابط، والمسموح {most}.',
  'repeats.own': 'نشر الشخص نفسه النص ذاته من قبل.',
  'repeats.others': 'نشر {count} آخرون النص نفسه.',
  'repeats.near': 'يطابق بنسبة {percent}٪ تعليقًا آخر حديثًا.',
  words: 'فيه كلمة أو عبارة من القائمة: {phrase}.',
  'rate.minute': 'هذا التعليق رقم {count} للشخص خلال دقيقة، والمعتاد {most}.',
  'rate.hour': 'هذا التعليق رقم {count} للشخص خلال ساعة، والمعتاد {most}.',
  'slow-mode': 'النقاش في الوضع البطيء: تعليق واحد كل {seconds} ثانية.',
  'newcomer.guest': 'تُقرأ تعليقات الضيوف قبل ظهورها.',
  'newcomer.first': 'تُقرأ التعليقات الأولى قبل ظهورها (قُبل {have} من {need}).',
  'age.account': 'عمر الحساب {minutes} دقيقة، ومن {least} تظهر التعليقات فورًا.',
  premoderation: 'تُقرأ كل التعليقات هنا قبل ظهورها.',
  'learned.trouble': 'يشبه تعليقات حُذفت في هذا الموقع (احتمال {percent}٪).',
  'service.asked': 'طُلب فحص آلي من خارج الموقع.',
  'service.said': 'وجد فحص آلي من خارج الموقع مخالفة فيه.',
  'service.unanswered': 'لم يجب الفحص الآلي من خارج الموقع في الوقت المحدد.',
  'reports.many': 'أبلغ عنه {count} قراء.',
  guest: 'تُقرأ تعليقات الضيوف قبل ظهورها.',
  hand: 'قرره مشرف.',
  none: 'لم تنطبق أي قاعدة.',
};

const byLanguage: Readonly<Record<string, Sentences>> = { en, de, ar };

/** The sentence of a finding in a language; in English where it is not one of ours. */
export function whyOf(
  finding: Pick<Finding, 'rule' | 'facts'> & { readonly phase: string },
  language: string,
): string {
  const sentences = byLanguage[language.split('-')[0] ?? ''] ?? en;
  const key = finding.rule.split(':')[0] ?? '';
  const sentence = sentences[key] ?? sentences[finding.phase] ?? sentences['none'] ?? '';
  return sentence.replace(/\{(\w+)\}/g, (_all, name: string) => String(finding.facts[name] ?? '…'));
}

export type StatementWords = {
  readonly title: string;
  readonly decision: string;
  readonly date: string;
  readonly scope: string;
  readonly everywhere: string;
  readonly duration: string;
  readonly noEnd: string;
  readonly until: string;
  readonly factsLabel: string;
  readonly matched: string;
  readonly detection: string;
  readonly machines: string;
  readonly automated: string;
  readonly foundByMachine: string;
  readonly notAutomated: string;
  readonly ground: string;
  readonly law: string;
  readonly standard: string;
  readonly noGround: string;
  readonly messageLabel: string;
  readonly appeal: string;
  readonly outOfCourt: string;
  readonly court: string;
  readonly yourComment: string;
  readonly seeAll: string;
  readonly actions: Readonly<Record<string, string>>;
  readonly detections: Readonly<Record<string, string>>;
  readonly subjects: Readonly<
    Record<
      | 'decision'
      | 'appealUpheld'
      | 'appealOverturned'
      | 'sanction'
      | 'lifted'
      | 'noticeReceived'
      | 'noticeDecided',
      string
    >
  >;
  readonly appealUpheld: string;
  readonly appealOverturned: string;
  readonly answer: string;
  readonly noticeReceived: string;
  readonly noticeActed: string;
  readonly noticeDismissed: string;
  readonly noticeRedress: string;
};

const en: StatementWords = {
  title: 'Statement of reasons',
  decision: 'Decision',
  date: 'Date',
  scope: 'Where it holds',
  everywhere: 'Everywhere on this site, in all countries.',
  duration: 'How long',
  noEnd: 'Without an end, unless it is changed on appeal.',
  until: 'Until {until}.',
  factsLabel: 'What happened',
  matched: 'What was found in it: {words}.',
  detection: 'How it came to notice',
  machines: 'Automated means',
  automated: 'The decision was made automatically by a rule of this site.',
  foundByMachine: 'The comment was found by an automatic rule; a person decided.',
  notAutomated: 'None: a person found it and decided.',
  ground: 'Ground',
  law: 'Incompatible with the law: {law}',
  standard: 'Community standards, paragraph {number}, “{title}” (version {version}): {body}',
  noGround: 'No breach of a paragraph was found; the comment is only looked at before it appears.',
  messageLabel: 'The moderator adds',
  appeal: 'You can appeal free of charge until {until}; a person who had no part in the decision decides.',
  outOfCourt:
    'In the European Union you can also turn to a certified out-of-court dispute settlement body (Art. 21 of Regulation (EU) 2022/2065).',
  court: 'The way to a court is open.',
  yourComment: 'Your comment:',
  seeAll: 'The decision, and the way to appeal: {link}',
  actions: {
    reject: 'The comment is not shown.',
    remove: 'The comment was removed from the page.',
    hold: 'The comment is held until a moderator has looked at it.',
    publish: 'The comment is shown.',
    restore: 'The comment is shown again.',
    ban: 'The account may not comment any more.',
    suspend: 'The account may not comment for a time.',
    lift: 'The account may comment again.',
  },
  detections: {
    rule: 'By an automatic rule of this site.',
    report: 'By reports of readers.',
    notice: 'By a notice under Art. 16 of Regulation (EU) 2022/2065.',
    own: 'By a moderator’s own look.',
    appeal: 'By an appeal.',
  },
  subjects: {
    decision: 'A decision on your comment',
    appealUpheld: 'Your appeal: the decision stands',
    appealOverturned: 'Your appeal: your comment is shown again',
    sanction: 'A decision on your account',
    lifted: 'You may comment again',
    noticeReceived: 'We have received your notice {code}',
    noticeDecided: 'The decision on your notice {code}',
  },
  appealUpheld: 'Another moderator has looked at your appeal. The decision stands.',
  appealOverturned: 'Another moderator has looked at your appeal and overturned the decision.',
  answer: 'The answer: {answer}',
  noticeReceived:
    'Your notice about {url} has been received under the number {code}. A person will decide it, and you will be told.',
  noticeActed: 'Your notice about {url} was found right. The content was removed.',
  noticeDismissed: 'Your notice about {url} was looked at. The content stays.',
  noticeRedress:
    'If you do not agree you can answer to this mail, turn to a certified out-of-court dispute settlement body (Art. 21 of Regulation (EU) 2022/2065), or go to a court.',
};

const de: StatementWords = {
  title: 'Begründung der Entscheidung',
  decision: 'Entscheidung',
  date: 'Datum',
  scope: 'Wo sie gilt',
  everywhere: 'Überall auf dieser Seite, in allen Ländern.',
  duration: 'Wie lange',
  noEnd: 'Ohne Ende, wenn sie nicht auf Widerspruch geändert wird.',
  until: 'Bis {until}.',
  factsLabel: 'Was geschah',
  matched: 'Gefunden wurde darin: {words}.',
  detection: 'Wie sie zur Kenntnis kam',
  machines: 'Automatische Mittel',
  automated: 'Die Entscheidung traf automatisch eine Regel dieser Seite.',
  foundByMachine: 'Eine automatische Regel fand den Kommentar; ein Mensch hat entschieden.',
  notAutomated: 'Keine: ein Mensch hat ihn gefunden und entschieden.',
  ground: 'Grundlage',
  law: 'Unvereinbar mit dem Gesetz: {law}',
  standard: 'Regeln der Gemeinschaft, Absatz {number}, „{title}“ (Fassung {version}): {body}',
  noGround: 'Kein Absatz wurde verletzt; der Kommentar wird nur vor dem Erscheinen gelesen.',
  messageLabel: 'Der Moderator fügt hinzu',
  appeal:
    'Sie können bis {until} kostenlos widersprechen; es entscheidet, wer an der Entscheidung nicht beteiligt war.',
  outOfCourt:
    'In der Europäischen Union können Sie sich auch an eine zugelassene außergerichtliche Streitbeilegungsstelle wenden (Art. 21 der Verordnung (EU) 2022/2065).',
  court: 'Der Weg zu einem Gericht steht offen.',
  yourComment: 'Ihr Kommentar:',
  seeAll: 'Die Entscheidung und der Weg zum Widerspruch: {link}',
  actions: {
    reject: 'Der Kommentar wird nicht gezeigt.',
    remove: 'Der Kommentar wurde von der Seite entfernt.',
    hold: 'Der Kommentar wartet, bis ein Moderator ihn gelesen hat.',
    publish: 'Der Kommentar wird gezeigt.',
    restore: 'Der Kommentar wird wieder gezeigt.',
    ban: 'Das Konto darf nicht mehr kommentieren.',
    suspend: 'Das Konto darf eine Zeit lang nicht kommentieren.',
    lift: 'Das Konto darf wieder kommentieren.',
  },
  detections: {
    rule: 'Durch eine automatische Regel dieser Seite.',
    report: 'Durch Meldungen von Lesern.',
    notice: 'Durch eine Meldung nach Art. 16 der Verordnung (EU) 2022/2065.',
    own: 'Durch eigene Durchsicht eines Moderators.',
    appeal: 'Durch einen Widerspruch.',
  },
  subjects: {
    decision: 'Eine Entscheidung über Ihren Kommentar',
    appealUpheld: 'Ihr Widerspruch: die Entscheidung bleibt',
    appealOverturned: 'Ihr Widerspruch: Ihr Kommentar wird wieder gezeigt',
    sanction: 'Eine Entscheidung über Ihr Konto',
    lifted: 'Sie dürfen wieder kommentieren',
    noticeReceived: 'Wir haben Ihre Meldung {code} erhalten',
    noticeDecided: 'Die Entscheidung über Ihre Meldung {code}',
  },
  appealUpheld: 'Ein anderer Moderator hat Ihren Widerspruch geprüft. Die Entscheidung bleibt.',
  appealOverturned: 'Ein anderer Moderator hat Ihren Widerspruch geprüft und die Entscheidung aufgehoben.',
  answer: 'Die Antwort: {answer}',
  noticeReceived:
    'Ihre Meldung zu {url} ist unter der Nummer {code} eingegangen. Ein Mensch entscheidet darüber, und Sie erfahren es.',
  noticeActed: 'Ihre Meldung zu {url} war begründet. Der Inhalt wurde entfernt.',
  noticeDismissed: 'Ihre Meldung zu {url} wurde geprüft. Der Inhalt bleibt.',
  noticeRedress:
    'Wenn Sie nicht einverstanden sind, können Sie auf diese Nachricht antworten, sich an eine zugelassene außergerichtliche Streitbeilegungsstelle wenden (Art. 21 der Verordnung (EU) 2022/2065) oder ein Gericht anrufen.',
};

const ar: StatementWords = {
  title: 'بيان الأسباب',
  decision: 'القرار',
  date: 'التاريخ',
  scope: 'أين يسري',
  everywhere: 'في كل هذا الموقع وفي جميع البلدان.',
  duration: 'المدة',
  noEnd: 'بلا نهاية ما لم يتغير بعد تظلم.',
  until: 'حتى {until}.',
  factsLabel: 'ما حدث',
  matched: 'ما وُجد فيه: {words}.',
  detection: 'كيف عُلم به',
  machines: 'الوسائل الآلية',
  automated: 'اتخذت القرار آليًا إحدى قواعد هذا الموقع.',
  foundByMachine: 'وجدت التعليق قاعدة آلية، وقرر إنسان.',
  notAutomated: 'لا شيء: وجده إنسان وقرر.',
  ground: 'الأساس',
  law: 'لا يتفق مع القانون: {law}',
  standard: 'معايير المجتمع، الفقرة {number}، «{title}» (النسخة {version}): {body}',
  noGround: 'لم تُخالف أي فقرة؛ يُقرأ التعليق قبل ظهوره فحسب.',
  messageLabel: 'يضيف المشرف',
  appeal: 'يمكنك التظلم مجانًا حتى {until}، ويقرر من لم يشارك في القرار.',
  outOfCourt:
    'في الاتحاد الأوروبي يمكنك أيضًا اللجوء إلى هيئة معتمدة لتسوية النزاعات خارج المحاكم (المادة 21 من اللائحة 2022/2065).',
  court: 'طريق القضاء مفتوح.',
  yourComment: 'تعليقك:',
  seeAll: 'القرار وطريق التظلم: {link}',
  actions: {
    reject: 'لا يظهر التعليق.',
    remove: 'حُذف التعليق من الصفحة.',
    hold: 'يُحجز التعليق حتى يقرأه مشرف.',
    publish: 'يظهر التعليق.',
    restore: 'يظهر التعليق من جديد.',
    ban: 'لا يجوز للحساب التعليق بعد الآن.',
    suspend: 'لا يجوز للحساب التعليق لمدة.',
    lift: 'يجوز للحساب التعليق من جديد.',
  },
  detections: {
    rule: 'بقاعدة آلية في هذا الموقع.',
    report: 'ببلاغات القراء.',
    notice: 'ببلاغ وفق المادة 16 من اللائحة 2022/2065.',
    own: 'بنظر مشرف من تلقاء نفسه.',
    appeal: 'بتظلم.',
  },
  subjects: {
    decision: 'قرار بشأن تعليقك',
    appealUpheld: 'تظلمك: القرار باقٍ',
    appealOverturned: 'تظلمك: تعليقك يظهر من جديد',
    sanction: 'قرار بشأن حسابك',
    lifted: 'يمكنك التعليق من جديد',
    noticeReceived: 'تلقينا بلاغك {code}',
    noticeDecided: 'القرار في بلاغك {code}',
  },
  appealUpheld: 'نظر مشرف آخر في تظلمك. القرار باقٍ.',
  appealOverturned: 'نظر مشرف آخر في تظلمك وألغى القرار.',
  answer: 'الجواب: {answer}',
  noticeReceived: 'وصل بلاغك عن {url} برقم {code}. سيبتّ فيه إنسان ونخبرك.',
  noticeActed: 'ثبت بلاغك عن {url} وحُذف المحتوى.',
  noticeDismissed: 'نُظر في بلاغك عن {url}. المحتوى باقٍ.',
  noticeRedress:
    'إن لم توافق يمكنك الرد على هذه الرسالة أو اللجوء إلى هيئة معتمدة لتسوية النزاعات خارج المحاكم (المادة 21 من اللائحة 2022/2065) أو إلى محكمة.',
};

const byLanguage: Readonly<Record<string, StatementWords>> = { en, de, ar };

export function wordsIn(language: string): StatementWords {
  return byLanguage[language.split('-')[0] ?? ''] ?? en;
}

import type { StandardsParagraph } from './moderation.ts';

/** What a house that has not written its own standards holds its discussion to: version 0. */
export const houseStandards: Readonly<Record<string, readonly StandardsParagraph[]>> = {
  en: [
    {
      id: 'person',
      title: 'Argue with what was said',
      body: 'Argue with what was said, not with who said it. Insults, threats and contempt for people because of what they are will be removed.',
    },
    {
      id: 'truth',
      title: 'Write what you know',
      body: 'Write what you know to be true, and say where you know it from. What harms a person’s name needs evidence.',
    },
    {
      id: 'subject',
      title: 'Keep to the subject',
      body: 'Keep to the subject of the story. Advertising, repeated postings and copies of other people’s texts do not belong here.',
    },
    {
      id: 'privacy',
      title: 'Respect private life',
      body: 'Respect private life: no addresses, telephone numbers or pictures of people who have not agreed to it.',
    },
    {
      id: 'law',
      title: 'Stay within the law',
      body: 'What the law forbids is forbidden here: incitement, threats, defamation, breaches of copyright, and whatever helps to commit a crime.',
    },
    {
      id: 'appeal',
      title: 'You are told why, and may appeal',
      body: 'A moderator who removes a comment tells its author which of these standards it broke. The author may appeal, and another moderator decides.',
    },
  ],
  de: [
    {
      id: 'person',
      title: 'Streiten Sie mit dem Gesagten',
      body: 'Streiten Sie mit dem, was gesagt wurde, nicht mit dem, der es gesagt hat. Beleidigungen, Drohungen und die Verachtung von Menschen für das, was sie sind, werden entfernt.',
    },
    {
      id: 'truth',
      title: 'Schreiben Sie, was Sie wissen',
      body: 'Schreiben Sie, was Sie als wahr kennen, und woher Sie es wissen. Was dem Ruf eines Menschen schadet, braucht Belege.',
    },
    {
      id: 'subject',
      title: 'Bleiben Sie beim Thema',
      body: 'Bleiben Sie beim Thema des Artikels. Werbung, wiederholte Beiträge und Abschriften fremder Texte gehören nicht hierher.',
    },
    {
      id: 'privacy',
      title: 'Achten Sie das Private',
      body: 'Achten Sie das Privatleben: keine Adressen, Telefonnummern oder Bilder von Menschen, die dem nicht zugestimmt haben.',
    },
    {
      id: 'law',
      title: 'Halten Sie sich an das Gesetz',
      body: 'Was das Gesetz verbietet, ist auch hier verboten: Aufhetzung, Drohung, Verleumdung, Verletzung von Urheberrechten und was einer Straftat hilft.',
    },
    {
      id: 'appeal',
      title: 'Sie erfahren den Grund und können widersprechen',
      body: 'Wer einen Kommentar entfernt, nennt dessen Verfasser den verletzten Absatz. Der Verfasser kann widersprechen; dann entscheidet jemand anderes.',
    },
  ],
  ar: [
    {
      id: 'person',
      title: 'ناقش ما قيل',
      body: 'ناقش ما قيل لا من قاله. تُحذف الإهانات والتهديدات وازدراء الناس بسبب ما هم عليه.',
    },
    {
      id: 'truth',
      title: 'اكتب ما تعرفه',
      body: 'اكتب ما تعلم أنه صحيح واذكر مصدره. وما يمس سمعة شخص يحتاج إلى دليل.',
    },
    {
      id: 'subject',
      title: 'التزم بالموضوع',
      body: 'التزم بموضوع الخبر. لا مكان هنا للإعلانات والمشاركات المكررة ونصوص الآخرين المنسوخة.',
    },
    {
      id: 'privacy',
      title: 'احترم الخصوصية',
      body: 'احترم الحياة الخاصة: لا عناوين ولا أرقام هواتف ولا صور لأشخاص لم يوافقوا.',
    },
    {
      id: 'law',
      title: 'التزم بالقانون',
      body: 'ما يمنعه القانون ممنوع هنا: التحريض والتهديد والتشهير وانتهاك حقوق النشر وكل ما يعين على جريمة.',
    },
    {
      id: 'appeal',
      title: 'تُبلَّغ بالسبب ولك أن تتظلم',
      body: 'من يحذف تعليقًا يُبلغ صاحبه بالفقرة التي خالفها. ولصاحبه أن يتظلم، فيبتّ في ذلك مشرف آخر.',
    },
  ],
};

/** The player's words: they come with the player, so that pages need not carry them. */
const words = {
  en: {
    player: 'Radio',
    play: 'Play',
    pause: 'Pause',
    back: 'Back 30 seconds',
    live: 'Live',
    toLive: 'Go back to what is on now',
    next: 'Next:',
    close: 'Close the player',
    connecting: 'Connecting …',
    behind: '{n} min behind',
    seek: 'Place in the broadcast',
    press: 'Press Play to go on listening',
    off: 'Nothing is on the air now',
  },
  de: {
    player: 'Radio',
    play: 'Abspielen',
    pause: 'Anhalten',
    back: '30 Sekunden zurück',
    live: 'Live',
    toLive: 'Zurück zur laufenden Sendung',
    next: 'Danach:',
    close: 'Player schließen',
    connecting: 'Verbindung wird aufgebaut …',
    behind: '{n} Min. zurück',
    seek: 'Stelle in der Sendung',
    press: 'Zum Weiterhören auf Abspielen drücken',
    off: 'Zurzeit wird nichts gesendet',
  },
  ar: {
    player: 'الراديو',
    play: 'تشغيل',
    pause: 'إيقاف مؤقت',
    back: 'رجوع 30 ثانية',
    live: 'مباشر',
    toLive: 'العودة إلى البث الحالي',
    next: 'التالي:',
    close: 'إغلاق المشغّل',
    connecting: 'جارٍ الاتصال …',
    behind: 'متأخر {n} دقيقة',
    seek: 'الموضع في البث',
    press: 'اضغط تشغيل لمتابعة الاستماع',
    off: 'لا شيء على الهواء الآن',
  },
  ru: {
    player: 'Радио',
    play: 'Слушать',
    pause: 'Пауза',
    back: 'Назад на 30 секунд',
    live: 'Эфир',
    toLive: 'Вернуться в прямой эфир',
    next: 'Далее:',
    close: 'Закрыть плеер',
    connecting: 'Соединение …',
    behind: 'отставание {n} мин',
    seek: 'Место в эфире',
    press: 'Нажмите «Слушать», чтобы продолжить',
    off: 'Сейчас эфира нет',
  },
} as const;

export type Words = Readonly<Record<keyof (typeof words)['en'], string>>;

export function wordsOf(lang: string): Words {
  const primary = lang.split('-')[0] ?? '';
  return primary in words ? words[primary as keyof typeof words] : words.en;
}

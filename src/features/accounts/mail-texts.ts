import type { LinkPurpose } from './links.ts';

type Text = { readonly subject: string; readonly body: string };
export type MailedPurpose = Exclude<LinkPurpose, 'set-up' | 'demo'> | 'known-address' | 'security';

const LANGUAGES = ['en', 'de', 'ar', 'ru'] as const;
export type MailLanguage = (typeof LANGUAGES)[number];

export function mailLanguage(language: string | null | undefined): MailLanguage {
  const primary = language?.split('-')[0];
  return LANGUAGES.find((known) => known === primary) ?? 'en';
}

const en: Record<MailedPurpose, Text> = {
  invite: {
    subject: 'Your account at {site}',
    body: 'Hello {name},\n\nyou have been invited to the newsroom of {site}. Set up your account here:\n\n{{link}}\n\nThe link works once and for ten minutes. When it has expired, ask for a new one.',
  },
  reset: {
    subject: 'Your way back into {site}',
    body: 'Hello {name},\n\nsomebody, hopefully you, asked to set a new password for your account in the newsroom of {site}:\n\n{{link}}\n\nThe link works once and for ten minutes. If it was not you, there is nothing to do: nothing has changed.',
  },
  register: {
    subject: 'Your account at {site}',
    body: 'Welcome.\n\nConfirm your address and choose the name that stands beside your comments:\n\n{{link}}\n\nThe link works once and for ten minutes. If it was not you, there is nothing to do: no account has been made.',
  },
  'sign-in': {
    subject: 'Sign in to {site}',
    body: 'Hello {name},\n\nhere is your way in:\n\n{{link}}\n\nThe link works once and for ten minutes. If it was not you, there is nothing to do.',
  },
  'reset-reader': {
    subject: 'A new password for {site}',
    body: 'Hello {name},\n\nset a new password here:\n\n{{link}}\n\nThe link works once and for ten minutes. If it was not you, there is nothing to do: nothing has changed.',
  },
  confirm: {
    subject: 'Confirm your address for {site}',
    body: 'Hello {name},\n\nconfirm that this is your address from now on:\n\n{{link}}\n\nThe link works once and for ten minutes. If it was not you, there is nothing to do.',
  },
  'known-address': {
    subject: 'You have an account at {site}',
    body: 'Hello {name},\n\nsomebody, hopefully you, wanted to make an account at {site} with this address, which has one already. Sign in here:\n\n{{link}}\n\nThe link works once and for ten minutes.',
  },
  security: {
    subject: 'Your account at {site} was changed',
    body: 'Hello {name},\n\nthe ways into your account at {site} were changed: a password, a passkey or a second factor. If it was not you, tell an administrator at once.',
  },
};

const de: Record<MailedPurpose, Text> = {
  invite: {
    subject: 'Ihr Konto bei {site}',
    body: 'Guten Tag, {name},\n\nSie sind in die Redaktion von {site} eingeladen. Hier richten Sie Ihr Konto ein:\n\n{{link}}\n\nDer Link gilt einmal und zehn Minuten lang. Ist er abgelaufen, bitten Sie um einen neuen.',
  },
  reset: {
    subject: 'Ihr Weg zurück zu {site}',
    body: 'Guten Tag, {name},\n\njemand, hoffentlich Sie, möchte ein neues Passwort für Ihr Konto in der Redaktion von {site} setzen:\n\n{{link}}\n\nDer Link gilt einmal und zehn Minuten lang. Waren Sie es nicht, ist nichts zu tun: Es hat sich nichts geändert.',
  },
  register: {
    subject: 'Ihr Konto bei {site}',
    body: 'Willkommen.\n\nBestätigen Sie Ihre Adresse und wählen Sie den Namen, der neben Ihren Kommentaren steht:\n\n{{link}}\n\nDer Link gilt einmal und zehn Minuten lang. Waren Sie es nicht, ist nichts zu tun: Es gibt noch kein Konto.',
  },
  'sign-in': {
    subject: 'Anmelden bei {site}',
    body: 'Guten Tag, {name},\n\nhier kommen Sie hinein:\n\n{{link}}\n\nDer Link gilt einmal und zehn Minuten lang. Waren Sie es nicht, ist nichts zu tun.',
  },
  'reset-reader': {
    subject: 'Ein neues Passwort für {site}',
    body: 'Guten Tag, {name},\n\nhier setzen Sie ein neues Passwort:\n\n{{link}}\n\nDer Link gilt einmal und zehn Minuten lang. Waren Sie es nicht, ist nichts zu tun: Es hat sich nichts geändert.',
  },
  confirm: {
    subject: 'Bestätigen Sie Ihre Adresse für {site}',
    body: 'Guten Tag, {name},\n\nbestätigen Sie, dass dies von nun an Ihre Adresse ist:\n\n{{link}}\n\nDer Link gilt einmal und zehn Minuten lang. Waren Sie es nicht, ist nichts zu tun.',
  },
  'known-address': {
    subject: 'Sie haben ein Konto bei {site}',
    body: 'Guten Tag, {name},\n\njemand, hoffentlich Sie, wollte mit dieser Adresse ein Konto bei {site} anlegen. Es gibt schon eines. Hier melden Sie sich an:\n\n{{link}}\n\nDer Link gilt einmal und zehn Minuten lang.',
  },
  security: {
    subject: 'Ihr Konto bei {site} wurde geändert',
    body: 'Guten Tag, {name},\n\ndie Wege in Ihr Konto bei {site} wurden geändert: ein Passwort, ein Passkey oder ein zweiter Faktor. Waren Sie es nicht, sagen Sie es sofort der Verwaltung.',
  },
};

const ar: Record<MailedPurpose, Text> = {
  invite: {
    subject: 'حسابك في {site}',
    body: 'مرحبًا {name}،\n\nدُعيت إلى غرفة أخبار {site}. أعدّ حسابك من هنا:\n\n{{link}}\n\nيعمل الرابط مرة واحدة ولمدة عشر دقائق. إذا انتهت مدته فاطلب رابطًا جديدًا.',
  },
  reset: {
    subject: 'العودة إلى {site}',
    body: 'مرحبًا {name}،\n\nطُلب تعيين كلمة مرور جديدة لحسابك في غرفة أخبار {site}:\n\n{{link}}\n\nيعمل الرابط مرة واحدة ولمدة عشر دقائق. إذا لم تكن أنت من طلب ذلك فلا يلزمك شيء: لم يتغير شيء.',
  },
  register: {
    subject: 'حسابك في {site}',
    body: 'أهلًا بك.\n\nأكّد عنوانك واختر الاسم الذي يظهر بجانب تعليقاتك:\n\n{{link}}\n\nيعمل الرابط مرة واحدة ولمدة عشر دقائق. إذا لم تكن أنت من طلب ذلك فلا يلزمك شيء: لم يُنشأ أي حساب.',
  },
  'sign-in': {
    subject: 'تسجيل الدخول إلى {site}',
    body: 'مرحبًا {name}،\n\nادخل من هنا:\n\n{{link}}\n\nيعمل الرابط مرة واحدة ولمدة عشر دقائق. إذا لم تكن أنت من طلب ذلك فلا يلزمك شيء.',
  },
  'reset-reader': {
    subject: 'كلمة مرور جديدة في {site}',
    body: 'مرحبًا {name}،\n\nعيّن كلمة مرور جديدة من هنا:\n\n{{link}}\n\nيعمل الرابط مرة واحدة ولمدة عشر دقائق. إذا لم تكن أنت من طلب ذلك فلا يلزمك شيء: لم يتغير شيء.',
  },
  confirm: {
    subject: 'أكّد عنوانك في {site}',
    body: 'مرحبًا {name}،\n\nأكّد أن هذا عنوانك من الآن:\n\n{{link}}\n\nيعمل الرابط مرة واحدة ولمدة عشر دقائق. إذا لم تكن أنت من طلب ذلك فلا يلزمك شيء.',
  },
  'known-address': {
    subject: 'لديك حساب في {site}',
    body: 'مرحبًا {name}،\n\nطُلب إنشاء حساب في {site} بهذا العنوان، ولديه حساب بالفعل. سجّل الدخول من هنا:\n\n{{link}}\n\nيعمل الرابط مرة واحدة ولمدة عشر دقائق.',
  },
  security: {
    subject: 'تغيّر حسابك في {site}',
    body: 'مرحبًا {name}،\n\nتغيّرت طرق الدخول إلى حسابك في {site}: كلمة مرور أو مفتاح مرور أو عامل ثانٍ. إذا لم تكن أنت من فعل ذلك فأخبر الإدارة فورًا.',
  },
};

const ru: Record<MailedPurpose, Text> = {
  invite: {
    subject: 'Ваша учётная запись в «{site}»',
    body: 'Здравствуйте, {name}!\n\nВас пригласили в редакцию «{site}». Настройте учётную запись здесь:\n\n{{link}}\n\nСсылка действует один раз и десять минут. Если срок истёк, попросите новую.',
  },
  reset: {
    subject: 'Восстановление входа в «{site}»',
    body: 'Здравствуйте, {name}!\n\nКто-то, надеемся, вы, попросил задать новый пароль для вашей учётной записи в редакции «{site}»:\n\n{{link}}\n\nСсылка действует один раз и десять минут. Если это были не вы, ничего делать не нужно: ничего не изменилось.',
  },
  register: {
    subject: 'Ваша учётная запись в «{site}»',
    body: 'Добро пожаловать!\n\nПодтвердите адрес и выберите имя, которое будет стоять рядом с вашими комментариями:\n\n{{link}}\n\nСсылка действует один раз и десять минут. Если это были не вы, ничего делать не нужно: учётная запись не создана.',
  },
  'sign-in': {
    subject: 'Вход в «{site}»',
    body: 'Здравствуйте, {name}!\n\nВойдите здесь:\n\n{{link}}\n\nСсылка действует один раз и десять минут. Если это были не вы, ничего делать не нужно.',
  },
  'reset-reader': {
    subject: 'Новый пароль для «{site}»',
    body: 'Здравствуйте, {name}!\n\nЗадайте новый пароль здесь:\n\n{{link}}\n\nСсылка действует один раз и десять минут. Если это были не вы, ничего делать не нужно: ничего не изменилось.',
  },
  confirm: {
    subject: 'Подтвердите адрес для «{site}»',
    body: 'Здравствуйте, {name}!\n\nПодтвердите, что теперь это ваш адрес:\n\n{{link}}\n\nСсылка действует один раз и десять минут. Если это были не вы, ничего делать не нужно.',
  },
  'known-address': {
    subject: 'У вас есть учётная запись в «{site}»',
    body: 'Здравствуйте, {name}!\n\nКто-то, надеемся, вы, хотел создать учётную запись в «{site}» с этим адресом, но она уже есть. Войдите здесь:\n\n{{link}}\n\nСсылка действует один раз и десять минут.',
  },
  security: {
    subject: 'Ваша учётная запись в «{site}» изменена',
    body: 'Здравствуйте, {name}!\n\nСпособы входа в вашу учётную запись в «{site}» изменены: пароль, ключ доступа или второй фактор. Если это были не вы, сразу сообщите администратору.',
  },
};

const texts: Readonly<Record<MailLanguage, Record<MailedPurpose, Text>>> = { en, de, ar, ru };

/** Subject and text of a mail. `{{link}}` stays: it is filled as the mail goes out. */
export function mailText(
  purpose: MailedPurpose,
  input: { readonly language: MailLanguage; readonly site: string; readonly name: string },
): Text {
  const { subject, body } = texts[input.language][purpose];
  // A name cannot bring a link of its own, nor take the place of ours.
  const plain = (text: string): string => text.replace(/[{}\u0000-\u001f\u007f]/g, ' ');
  const put = (text: string): string =>
    text.replaceAll('{site}', () => plain(input.site)).replaceAll('{name}', () => plain(input.name));
  return { subject: put(subject), body: put(body) };
}

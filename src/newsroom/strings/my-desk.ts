import { defineStrings } from '../i18n.ts';

export const deskText = defineStrings({
  en: { title: 'My desk', greeting: (name: string) => `The desk of ${name}` },
  de: { title: 'Mein Tisch', greeting: (name: string) => `Der Tisch von ${name}` },
  ar: { title: 'مكتبي', greeting: (name: string) => `مكتب ${name}` },
});

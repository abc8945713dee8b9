import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const mediaTitles = defineStrings({
  en: {
    title: 'Pictures and files',
    asset: 'Picture or file',
    upload: 'Upload files',
  },
  de: {
    title: 'Bilder und Dateien',
    asset: 'Bild oder Datei',
    upload: 'Dateien hochladen',
  },
  ar: {
    title: 'الصور والملفات',
    asset: 'صورة أو ملف',
    upload: 'رفع ملفات',
  },
});

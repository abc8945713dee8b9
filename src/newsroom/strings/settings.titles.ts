import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const settingsTitles = defineStrings({
  en: {
    site: 'Settings of the site',
    sections: 'Sections',
    authors: 'Authors',
    sources: 'Sources',
    goSettings: 'Go to the settings of the site',
  },
  de: {
    site: 'Einstellungen der Seite',
    sections: 'Ressorts',
    authors: 'Autorinnen und Autoren',
    sources: 'Quellen',
    goSettings: 'Zu den Einstellungen der Seite',
  },
  ar: {
    site: 'إعدادات الموقع',
    sections: 'الأقسام',
    authors: 'الكتّاب',
    sources: 'المصادر',
    goSettings: 'إلى إعدادات الموقع',
  },
});

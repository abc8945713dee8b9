import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const articlesTitles = defineStrings({
  en: {
    title: 'Articles',
    newArticle: 'New article',
    goArticles: 'Go to the articles',
    goDrafts: 'All drafts',
    articles: 'Articles',
    storylines: 'Storylines',
    concepts: 'Tags and concepts',
    people: 'People',
  },
  de: {
    title: 'Artikel',
    newArticle: 'Neuer Artikel',
    goArticles: 'Zu den Artikeln',
    goDrafts: 'Alle Entwürfe',
    articles: 'Artikel',
    storylines: 'Dossiers',
    concepts: 'Schlagwörter und Begriffe',
    people: 'Personen',
  },
  ar: {
    title: 'المقالات',
    newArticle: 'مقال جديد',
    goArticles: 'إلى المقالات',
    goDrafts: 'كل المسودات',
    articles: 'المقالات',
    storylines: 'الملفات',
    concepts: 'الوسوم والمفاهيم',
    people: 'الأشخاص',
  },
});

import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const desksTitles = defineStrings({
  en: {
    desks: 'Desks',
    editDesk: 'Set up the desk',
    calendar: 'Schedules',
    publishing: 'Publishing',
    goDesks: 'Go to the desks',
    goCalendar: 'Go to the schedules',
    newDesk: 'New desk',
    checks: 'Checks',
  },
  de: {
    desks: 'Ressorts',
    editDesk: 'Ressort einrichten',
    calendar: 'Planung',
    publishing: 'Veröffentlichen',
    goDesks: 'Zu den Ressorts',
    goCalendar: 'Zur Planung',
    newDesk: 'Neues Ressort',
    checks: 'Prüfungen',
  },
  ar: {
    desks: 'الأقسام',
    editDesk: 'إعداد القسم',
    calendar: 'الجدولة',
    publishing: 'النشر',
    goDesks: 'إلى الأقسام',
    goCalendar: 'إلى الجدولة',
    newDesk: 'قسم جديد',
    checks: 'الفحوص',
  },
});

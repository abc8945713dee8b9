import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const moderationRulesTitles = defineStrings({
  en: {
    rules: 'Moderation rules',
    classifier: 'What was learned',
    tryIt: 'Test this text',
  },
  de: {
    rules: 'Moderationsregeln',
    classifier: 'Gelerntes',
    tryIt: 'Diesen Text prüfen',
  },
  ar: {
    rules: 'قواعد الإشراف',
    classifier: 'ما تُعلِّم',
    tryIt: 'اختبر هذا النص',
  },
});

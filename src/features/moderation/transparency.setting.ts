/** The setting that makes the page of figures public. */
export const TRANSPARENCY_PAGE = 'moderation.transparency-page';

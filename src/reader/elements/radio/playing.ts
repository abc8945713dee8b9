/**
 * Where a tab says that the radio plays: it goes on with the next page. Its value is when what is heard was on the air, in ms since 1970, or
 * `live`.
 */
export const PLAYING = 'dateline.radio';

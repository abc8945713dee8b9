/** Where the page says that the radio plays: it goes on with the next page of this tab. */
export const PLAYING = 'dateline.radio';

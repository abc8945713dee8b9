/** Addresses that a document or a feed brought along are checked again at the moment they are written into a page. */

const SAFE = /^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#|\?)/i;

/** The address when a page may carry it as a link, else undefined: `javascript:`, `data:` and `//host` never pass. */
export function safeHref(href: string | undefined): string | undefined {
  if (href === undefined) return undefined;
  // Browsers drop tabs and line ends inside an address and white space before it, so these are dropped before looking.
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  const plain = href.replace(/[\u0000-\u001f\u007f]/g, '').trim();
  return SAFE.test(plain) ? plain : undefined;
}

/** Whether an address leads away from the site. */
export function isElsewhere(href: string, origin: string): boolean {
  return /^https?:\/\//i.test(href) && href !== origin && !href.startsWith(`${origin}/`);
}

/** JSON for a script element: nothing in it can end the element or be read as markup. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

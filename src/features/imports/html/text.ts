/**
 * Text as our storage can hold it: no NUL or other control characters (PostgreSQL refuses NUL), no lone surrogates (canonical JSON
 * refuses them). Tab, line feed and carriage return stay.
 */
export function cleanText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '').toWellFormed();
}

/** Cuts to at most `max` UTF-16 units without splitting a character. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}

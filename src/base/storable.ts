/**
 * The place (a JSON Pointer, RFC 6901) of the first text in a value that no database and no XML can hold: one with a NUL, or with half of a
 * surrogate pair. Undefined where every text is sound.
 */
export function unsoundText(value: unknown, at = ''): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = unsoundText(part, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

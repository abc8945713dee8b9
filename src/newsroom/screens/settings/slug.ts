/** A slug that is left empty is made by the server. */
export function slugField(slug: string): { slug: string | undefined } {
  return { slug: slug === '' ? undefined : slug };
}

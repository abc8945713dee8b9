/** A name as it is looked up: compatibility forms, case and runs of space do not matter. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

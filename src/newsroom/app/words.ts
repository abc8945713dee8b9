/** Whether every word that was typed begins a word of the label; without regard to case and accents. */
export function beginsWords(label: string, typed: string): boolean {
  const fold = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = fold(label).split(/[\s·–:,-]+/);
  return fold(typed)
    .trim()
    .split(/[\s·–:,-]+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

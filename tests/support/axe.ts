import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it is (WCAG 2.2 A and AA, and its own good practice): a line for each place, begun with `name`. */
export async function axe(
  page: Page,
  name: string,
  { without }: { readonly without?: string } = {},
): Promise<string[]> {
  // In one go: our pages have no frames, for whose sake axe would open another page each time.
  const builder = new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true);
  if (without !== undefined) builder.exclude(without);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${name}: ${id}: ${node.html.slice(0, 160)}`),
  );
}

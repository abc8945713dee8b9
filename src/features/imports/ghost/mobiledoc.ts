import type { Conversion } from '../html/html.ts';
import { placeCard } from './cards.ts';

type Marker = readonly [type: number, opened: readonly number[], closed: number, value: string | number];

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Feeds a mobiledoc (0.3, Ghost 1 to 4) into a conversion. @returns whether it was one. */
export function feedMobiledoc(json: string, conversion: Conversion): boolean {
  const doc = parse(json);
  if (doc === undefined || !Array.isArray(doc['sections'])) return false;
  const { converter } = conversion;
  const cards = list(doc['cards']);
  for (const section of list(doc['sections'])) {
    const [kind, first, second] = list(section);
    if (kind === 1) {
      const tag = first === 'aside' ? 'blockquote' : String(first);
      converter.start(tag, first === 'aside' ? { class: 'kg-blockquote-alt' } : {});
      writeMarkers(conversion, list(second), doc);
      converter.end(tag);
    } else if (kind === 2) converter.start('img', { src: String(first) });
    else if (kind === 3) {
      const tag = String(first);
      converter.start(tag, {});
      for (const item of list(second)) {
        converter.start('li', {});
        writeMarkers(conversion, list(item), doc);
        converter.end('li');
      }
      converter.end(tag);
    } else if (kind === 10) {
      const [name, payload] = list(cards[Number(first)]);
      if (typeof name === 'string')
        placeCard(
          conversion,
          name,
          typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {},
        );
    }
  }
  return true;
}

function parse(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // The caller falls back on the rendered HTML, and says so.
    return undefined;
  }
}

function writeMarkers(
  { converter }: Conversion,
  markers: readonly unknown[],
  doc: Readonly<Record<string, unknown>>,
): void {
  const markups = list(doc['markups']);
  const open: string[] = [];
  for (const raw of markers) {
    const [type, opened, closed, value] = list(raw) as unknown as Marker;
    for (const index of list(opened)) {
      const [tag, pairs] = list(markups[Number(index)]);
      const flat = list(pairs);
      const attrs: Record<string, string> = {};
      for (let i = 0; i + 1 < flat.length; i += 2) attrs[String(flat[i])] = String(flat[i + 1]);
      open.push(String(tag));
      converter.start(String(tag), attrs);
    }
    if (type === 1) {
      const [name, words] = list(list(doc['atoms'])[Number(value)]);
      if (name === 'soft-return') converter.start('br', {});
      else converter.text(typeof words === 'string' ? words : '');
    } else if (typeof value === 'string') converter.text(value);
    for (let i = 0; i < Number(closed); i += 1) {
      const tag = open.pop();
      if (tag !== undefined) converter.end(tag);
    }
  }
  for (const tag of open.toReversed()) converter.end(tag);
}

import type { Picture, StoryCard, StorylineRef } from '../contract/pages.ts';
import { words } from './fixtures.words.ts';

export type FixtureLanguage = 'en' | 'de' | 'ar' | 'ru';

/** The instant at which fixtures are rendered. */
export const NOW = '2026-11-24T11:42:00.000Z';
export const at = (minutesAgo: number): string =>
  new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString();

export const PICTURES = [
  'nagasaki-boats',
  'french-alpine-landscape',
  'dust-bowl-home',
  'airplane-from-above',
  'black-canyon',
  'locomotion-house-cat',
  'allium-oreophilum',
  'acanthus-mollis',
] as const;

/** Pixel sizes of the package photographs. */
const SIZES: Readonly<Record<(typeof PICTURES)[number], readonly [number, number]>> = {
  'nagasaki-boats': [1024, 819],
  'french-alpine-landscape': [1024, 484],
  'dust-bowl-home': [1024, 788],
  'airplane-from-above': [1024, 717],
  'black-canyon': [1024, 750],
  'locomotion-house-cat': [1024, 510],
  'allium-oreophilum': [807, 1024],
  'acanthus-mollis': [790, 1024],
};

export function picture(index: number, lang: FixtureLanguage): Picture {
  const name = PICTURES[index % PICTURES.length] ?? 'nagasaki-boats';
  const [width, height] = SIZES[name];
  const src = `/pictures/${name}.jpg`;
  return {
    sources: [{ type: 'image/jpeg', srcset: [{ url: src, width }] }],
    src,
    width,
    height,
    alt: words[lang].alt,
    focal: { x: 0.5, y: 0.4 },
    caption: words[lang].caption,
    credit: '© Dateline / A. Brandt',
  };
}

/** The story of a number in a language; `extra` goes over its parts. */
export function story(
  index: number,
  { lang, ...extra }: { lang: FixtureLanguage } & Partial<StoryCard>,
): StoryCard {
  const w = words[lang];
  const pick = (list: readonly string[]): string => list[index % list.length] ?? '';
  return {
    id: `story-${index}`,
    href: `/world/2026/11/24/story-${index}`,
    headline: pick(w.headlines),
    lede: pick(w.ledes),
    publishedAt: at(4 + index * 23),
    ...(index % 3 === 0 ? { picture: picture(index, lang) } : {}),
    ...(index % 4 === 1 ? { storyline: storyline(lang, index) } : {}),
    ...extra,
  };
}

export function stories(
  { from, count }: { from: number; count: number },
  lang: FixtureLanguage,
): StoryCard[] {
  return Array.from({ length: count }, (_, index) => story(from + index, { lang }));
}

export function storyline(lang: FixtureLanguage, index = 0): StorylineRef {
  const names = words[lang].storylines;
  const name = names[index % names.length] ?? '';
  return {
    id: `line-${index % names.length}`,
    name,
    href: `/storyline/line-${index % names.length}`,
    count: [737, 48, 12][index % 3] ?? 1,
  };
}

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import { dayIn, systemClock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { slugify } from '../../base/text.ts';
import type { Doc } from '../../contract/document.ts';
import { docFromParagraphs } from '../../contract/document.ts';
import type { Bulletin } from './bulletins.ts';
import { bridgeBulletins } from './bulletins.ts';
import type { SampleTime } from './sample-dates.ts';
import { fillDates, sampleInstant } from './sample-dates.ts';
import type {
  SampleAuthor,
  SampleConcept,
  SampleLanguage,
  SamplePicture,
  SampleSection,
  SampleSite,
  SampleSource,
  SampleStoryline,
} from './sample-schema.ts';
import {
  ArticleHead,
  Author,
  Concept,
  PageHead,
  Picture,
  Section,
  Site,
  Source,
  Storyline,
} from './sample-schema.ts';
import { parseSampleText } from './sample-text.ts';

export type SampleVersion = {
  reason: 'initial' | 'correction' | 'update' | 'clarification' | 'kill';
  publishedAt: Instant;
  /** What the readers are told about this version: the correction's text, the kill's notice. */
  note?: string;
  headline: string;
  lede: string;
  body: Doc;
};

export type SampleArticle = {
  key: string;
  form: 'story' | 'bulletin';
  slug: string;
  language: SampleLanguage;
  section: string;
  urgency: number;
  /** The place is as printed; the date is the local day of publication; the source is a key. */
  dateline: { place?: string; date: string; source: string };
  source: string;
  authors: string[];
  storylines: string[];
  concepts: string[];
  /** The lead picture, and a caption where it is not the picture's own. */
  picture?: { picture: string; caption?: string };
  translationKey?: string;
  publishedAt: Instant;
  /** Oldest first; the first one is `initial`. `image` and `relatedBox` name pictures and articles by their keys. */
  versions: SampleVersion[];
};

export type SamplePage = {
  key: string;
  slug: string;
  language: SampleLanguage;
  title: string;
  translationKey?: string;
  body: Doc;
};

export type Sample = {
  site: SampleSite;
  sections: SampleSection[];
  authors: SampleAuthor[];
  sources: SampleSource[];
  storylines: SampleStoryline[];
  concepts: SampleConcept[];
  pictures: SamplePicture[];
  /** Oldest first. */
  articles: SampleArticle[];
  pages: SamplePage[];
};

/** Vowel signs and the stretching stroke: they help the reader of a headline, and burden an address. */
const ARABIC_VOWELS = /[\u0640\u064B-\u0652]/g;

export type SampleOptions = {
  /** The moment that all offsets count back from; the system's clock unless given. */
  now?: Instant;
  /** The folder that holds site.json; found beside the program unless given. */
  root?: string;
};

/**
 * Reads the sample newsroom and resolves its offsets into instants. The same `now` gives the same sample; keys, headlines and slugs
 * do not depend on it. @throws Problem `invalid` naming the file and the fault.
 */
export async function loadSample(options: SampleOptions = {}): Promise<Sample> {
  const root = options.root ?? findRoot();
  const list = async <T>(file: string, item: z.ZodType<T>): Promise<T[]> =>
    readJson(root, file, z.array(item).min(1));
  const site = await readJson(root, 'site.json', Site);
  const time: SampleTime = { now: options.now ?? systemClock.now(), timeZone: site.timeZone };
  const stories: SampleArticle[] = [];
  for (const [name, text] of await readFolder(join(root, 'articles')))
    stories.push(readArticle(name, text, time));
  const bulletins = bridgeBulletins(time).map((bulletin) => bulletinArticle(bulletin, time));
  const articles = [...stories, ...bulletins].sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1));
  const pages = (await readFolder(join(root, 'pages'))).map(([name, text]) => readPage(name, text));
  return {
    site,
    sections: await list('sections.json', Section),
    authors: await list('authors.json', Author),
    sources: await list('sources.json', Source),
    storylines: await list('storylines.json', Storyline),
    concepts: await list('concepts.json', Concept),
    pictures: await list('pictures.json', Picture),
    articles,
    pages,
  };
}

/** Where a picture's file lies. @throws Problem `not-found` when the package that carries it is not installed. */
export function picturePath(picture: SamplePicture): string {
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve(`${picture.package}/package.json`)), picture.file);
  } catch (cause) {
    const help = 'Run npm ci without --omit=dev.';
    throw new Problem(
      'not-found',
      `The photograph ${picture.key} is not installed (${picture.package}).`,
      help,
      { cause },
    );
  }
}

/** A copy of a document in which the keys of articles and pictures are replaced by the ids that a database gave them. */
export function withIds(
  doc: Doc,
  ids: { article: (key: string) => string; asset: (key: string) => string },
): Doc {
  const text = JSON.stringify(doc, (name, value: unknown) => {
    if (name === 'asset' && typeof value === 'string') return ids.asset(value);
    if (name === 'articles' && Array.isArray(value)) return value.map((key) => ids.article(String(key)));
    return value;
  });
  return JSON.parse(text) as Doc;
}

/** The nearest sample/ above this module: the same in a checkout's src/ and in the bundle. */
export function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'sample');
    if (existsSync(join(candidate, 'site.json'))) return candidate;
    const parent = dirname(folder);
    if (parent === folder)
      throw new Problem('not-found', 'The folder sample/ of the sample newsroom is missing.');
    folder = parent;
  }
}

async function readFolder(folder: string): Promise<[name: string, text: string][]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [
      name.slice(0, -3),
      await readFile(join(folder, name), 'utf8'),
    ]),
  );
}

async function readJson<T>(root: string, file: string, schema: z.ZodType<T>): Promise<T> {
  return check(await readFile(join(root, file), 'utf8'), schema, file);
}

function check<T>(json: string, schema: z.ZodType<T>, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new Problem('invalid', `${where} is not JSON.`, undefined, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Problem('invalid', `${where}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`);
}

function splitHead(text: string, where: string): [head: string, body: string] {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  if (match === null) throw new Problem('invalid', `${where} has no head between --- lines.`);
  return [match[1] ?? '', match[2] ?? ''];
}

function readPage(name: string, text: string): SamplePage {
  const [head, body] = splitHead(text, `pages/${name}.md`);
  const { lang, ...rest } = check(head, PageHead, `pages/${name}.md`);
  return { key: name, language: lang, ...rest, body: parseSampleText(body, `pages/${name}.md`) };
}

function readArticle(key: string, text: string, time: SampleTime): SampleArticle {
  const where = `articles/${key}.md`;
  const [headText, bodyText] = splitHead(text, where);
  const head = check(headText, ArticleHead, where);
  const publishedAt = sampleInstant(head.hoursAgo, time);
  const fill = (value: string) =>
    fillDates(value, { from: publishedAt, language: head.lang, timeZone: time.timeZone, where });
  let source = bodyText;
  let { headline, lede } = head;
  const versions: SampleVersion[] = [
    {
      reason: 'initial',
      publishedAt,
      headline,
      lede: fill(lede),
      body: parseSampleText(fill(source), where),
    },
  ];
  for (const version of head.versions) {
    for (const [before, after] of version.replace) {
      if (!source.includes(before))
        throw new Problem('invalid', `${where}: "${before}" to be replaced is not in the text.`);
      source = source.replace(before, () => after);
    }
    headline = version.headline ?? headline;
    lede = version.lede ?? lede;
    const at = sampleInstant(version.hoursAgo, time);
    const body = parseSampleText(fill(source), where);
    versions.push({
      reason: version.reason,
      publishedAt: at,
      note: fill(version.note),
      headline,
      lede: fill(lede),
      body,
    });
  }
  return {
    key,
    form: 'story',
    slug: head.slug ?? slugify(head.headline.replace(ARABIC_VOWELS, ''), head.lang),
    language: head.lang,
    section: head.section,
    urgency: head.urgency,
    dateline: {
      ...(head.place === undefined ? {} : { place: head.place }),
      date: dayIn(publishedAt, time.timeZone),
      source: head.source,
    },
    source: head.source,
    authors: head.authors,
    storylines: head.storylines,
    concepts: head.concepts,
    ...(head.picture === undefined
      ? {}
      : {
          picture: {
            picture: head.picture,
            ...(head.caption === undefined ? {} : { caption: head.caption }),
          },
        }),
    ...(head.translationKey === undefined ? {} : { translationKey: head.translationKey }),
    publishedAt,
    versions,
  };
}

function bulletinArticle(bulletin: Bulletin, time: SampleTime): SampleArticle {
  const { key, slug, headline, lede, paragraphs, publishedAt } = bulletin;
  return {
    key,
    form: 'bulletin',
    slug,
    language: 'en',
    section: 'city',
    urgency: bulletin.urgency,
    dateline: { place: bulletin.place, date: dayIn(publishedAt, time.timeZone), source: 'courier' },
    source: 'courier',
    authors: ['bridge-desk'],
    storylines: ['kingsferry-bridge'],
    concepts: [...bulletin.concepts],
    publishedAt,
    versions: [{ reason: 'initial', publishedAt, headline, lede, body: docFromParagraphs(paragraphs) }],
  };
}

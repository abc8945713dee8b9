import { createReadStream } from 'node:fs';
import type { House } from '../../app.ts';
import { newId } from '../../base/ids.ts';
import type { ArticleInput } from '../../contract/article.ts';
import { defaultSite, SiteSettings } from '../../contract/site.ts';
import { paths } from '../../contract/routes.ts';
import {
  createToken,
  createUser,
  givePassword,
  hashPassword,
  makeLink,
} from '../../features/accounts/accounts.ts';
import {
  createArticles,
  createAuthor,
  createSection,
  createSource,
  publish,
  reviseArticle,
  withdraw,
} from '../../features/articles/articles.ts';
import { createConcept } from '../../features/concepts/concepts.ts';
import { createAsset, receiveBytes } from '../../features/media/media.ts';
import { changeStoryline, createStoryline } from '../../features/storylines/storylines.ts';
import type { Tx } from '../../storage/db.ts';
import { fillViews } from './views.ts';
import { writeSetting } from '../../storage/settings.store.ts';
import { fillDesks } from './desks.ts';
import { fillDiscussions } from './discuss.ts';
import { fillModeration } from './moderation.ts';
import { loadSample, picturePath, type Sample, type SampleArticle, withIds } from './sample.ts';

export type DemoLogin = {
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly token: string;
  /** Signs in at once, as often as somebody clicks it today. */
  readonly link: string;
};

/** Keys of the sample to ids of the database. */
type Ids = Record<
  'section' | 'author' | 'source' | 'storyline' | 'concept' | 'picture' | 'article',
  Map<string, string>
>;

const STAFF = [
  { role: 'admin', name: 'Ines Aldermann', email: 'admin@courier.example' },
  { role: 'editor', name: 'Tomas Rieck', email: 'editor@courier.example' },
  { role: 'reporter', name: 'Salma Nadir', email: 'reporter@courier.example' },
  { role: 'reader', name: 'Lena Brandt', email: 'reader@courier.example' },
  { role: 'moderator', name: 'Mira Okonkwo', email: 'moderator@courier.example' },
] as const;

/** Puts the sample newsroom into an empty house: people, nouns, pictures, then every story in the order of its publication. */
export async function fillHouse(house: House, progress: (line: string) => void): Promise<void> {
  const sample = await loadSample({ now: house.clock.now() });
  const ids: Ids = {
    section: new Map(),
    author: new Map(),
    source: new Map(),
    storyline: new Map(),
    concept: new Map(),
    picture: new Map(),
    article: new Map(sample.articles.map((article) => [article.key, newId()])),
  };
  await house.db.write((tx) => writeNouns(tx, house, { sample, ids }));
  progress(`${sample.pictures.length} photographs`);
  for (const picture of sample.pictures) {
    const id = await house.db.write((tx) =>
      createAsset(tx, house.clock, {
        kind: 'picture',
        fileName: `${picture.key}.jpg`,
        caption: picture.captions.en,
        credit: `© ${picture.credit}`.replace('© ', ''),
        alt: picture.alt.en,
        language: 'en',
        focal: picture.focal,
        rightsHolder: 'Public domain',
        rightsTerms: `${picture.licence}: ${picture.provenance}`,
        sourceUrl: picture.provenanceUrl,
      }),
    );
    ids.picture.set(picture.key, id);
    await receiveBytes(house.media, {
      id,
      bytes: createReadStream(picturePath(picture)),
      mime: 'image/jpeg',
    });
  }
  progress(`${sample.articles.length} stories`);
  for (let start = 0; start < sample.articles.length; start += 50) {
    const batch = sample.articles.slice(start, start + 50);
    await house.db.write((tx) => publishStories(tx, house, { sample, ids, batch }));
  }
  await house.db.write((tx) => publishPages(tx, house, sample));
  await house.db.write(async (tx) => {
    for (const line of sample.storylines.filter((storyline) => storyline.closed))
      await closeStoryline(tx, house, { line, ids });
  });
  await fillViews(house);
  await fillDesks(house);
  await fillDiscussions(house);
  const mira = STAFF.find(({ role }) => role === 'moderator') ?? STAFF[0];
  await fillModeration(house, await house.db.write((tx) => createUser(tx, house.clock, mira)));
}

/** The password of everybody in the sample. It is printed, and the sample is nobody's newsroom. */
export const DEMO_PASSWORD = 'courier sample edition';
const DEMO_LINK_MS = 24 * 3600_000;

/** Makes fresh tokens and links for the sample's people: their secrets are printed and kept nowhere. */
export async function demoLogins(house: House): Promise<DemoLogin[]> {
  const hash = await hashPassword(DEMO_PASSWORD);
  return house.db.write(async (tx) => {
    const logins: DemoLogin[] = [];
    for (const person of STAFF) {
      const known = await tx
        .selectFrom('users')
        .select('id')
        .where('email', '=', person.email)
        .executeTakeFirst();
      const userId = known?.id ?? (await createUser(tx, house.clock, person));
      if (known === undefined) await givePassword(tx, house.clock, { userId, hash });
      const { secret } = await createToken(tx, house.clock, { userId, name: 'dateline demo' });
      const to = person.role === 'reader' ? paths.account() : paths.newsroom();
      const link = { purpose: 'demo', userId, details: { to }, lifeMs: DEMO_LINK_MS } as const;
      const way = await makeLink(tx, house.clock, link);
      logins.push({ ...person, token: secret, link: paths.accountLink(way.secret) });
    }
    return logins;
  });
}

async function writeNouns(
  tx: Tx,
  house: House,
  { sample, ids }: { sample: Sample; ids: Ids },
): Promise<void> {
  const context = { db: house.db, clock: house.clock };
  await writeSetting(
    tx,
    'site',
    SiteSettings.parse({
      ...defaultSite,
      name: sample.site.name,
      tagline: sample.site.tagline.en,
      names: sample.site.names,
      taglines: sample.site.tagline,
      timeZone: sample.site.timeZone,
      languages: sample.site.languages,
      contactEmail: sample.site.contact.corrections,
    }),
  );
  for (const [position, section] of sample.sections.entries()) {
    const { names, descriptions, slug, key } = section;
    ids.section.set(
      key,
      await createSection(tx, context, {
        slug,
        name: names.en,
        names,
        description: descriptions.en,
        position,
      }),
    );
  }
  for (const author of sample.authors) {
    const input = {
      slug: author.slug,
      name: author.name,
      names: author.names ?? {},
      bio: author.bio.en,
      roleTitle: author.role.en,
      guest: author.guest,
    };
    ids.author.set(author.key, await createAuthor(tx, context, input));
  }
  for (const source of sample.sources)
    ids.source.set(source.key, await createSource(tx, context, { code: source.key, name: source.name }));
  for (const [position, line] of sample.storylines.entries()) {
    const input = {
      slug: line.slug,
      title: line.titles.en,
      titles: line.titles,
      description: line.descriptions.en,
      language: 'en',
      position,
    };
    ids.storyline.set(line.key, await createStoryline(tx, context, input));
  }
  for (const concept of sample.concepts) {
    const { slug, kind, names } = concept;
    const input = {
      slug,
      kind,
      name: names.en,
      names,
      description: concept.description ?? '',
      mediaTopic: concept.code ?? null,
    };
    ids.concept.set(concept.key, await createConcept(tx, context, input));
  }
}

type Batch = { sample: Sample; ids: Ids; batch: readonly SampleArticle[] };

async function publishStories(tx: Tx, house: House, { sample, ids, batch }: Batch): Promise<void> {
  const groups = translationGroups(sample);
  for (const article of batch) {
    const id = ids.article.get(article.key) ?? '';
    const [first] = article.versions;
    if (first === undefined) continue;
    const original = groups.get(article.translationKey ?? '');
    const originalId =
      original === undefined || original === article.key ? undefined : ids.article.get(original);
    await createArticles(tx, { clock: house.clock, by: null }, [
      {
        id,
        content: contentOf(article, { sample, ids, version: first }),
        createdAt: article.publishedAt,
        ...(originalId === undefined ? {} : { translationOf: originalId }),
      },
    ]);
    await publish(tx, house.press, [{ articleId: id, publishedAt: article.publishedAt }]);
    for (const version of article.versions.slice(1)) {
      const note = version.note ?? '';
      if (version.reason === 'kill') {
        await withdraw(tx, house.press, { articleId: id, kind: 'kill', note, by: null });
        continue;
      }
      await reviseArticle(
        tx,
        { clock: house.clock, by: null },
        { articleId: id, content: contentOf(article, { sample, ids, version }) },
      );
      await publish(tx, house.press, [
        {
          articleId: id,
          reason: version.reason === 'initial' ? 'update' : version.reason,
          note,
          publishedAt: version.publishedAt,
        },
      ]);
    }
  }
}

/** The article that stands first for each set of translations: the oldest. */
function translationGroups(sample: Sample): Map<string, string> {
  const groups = new Map<string, string>();
  for (const article of sample.articles) {
    if (article.translationKey !== undefined && !groups.has(article.translationKey))
      groups.set(article.translationKey, article.key);
  }
  return groups;
}

type ContentInput = { sample: Sample; ids: Ids; version: SampleArticle['versions'][number] };

function contentOf(article: SampleArticle, { sample, ids, version }: ContentInput): ArticleInput {
  const source = sample.sources.find((known) => known.key === article.source);
  const picture = sample.pictures.find((known) => known.key === article.picture?.picture);
  const idOf = (kind: keyof Ids) => (key: string) => ids[kind].get(key) ?? '';
  return {
    language: article.language,
    headline: version.headline,
    lede: version.lede,
    slug: article.slug,
    section: idOf('section')(article.section),
    ...(article.dateline.place === undefined
      ? {}
      : {
          dateline: {
            place: article.dateline.place,
            date: article.dateline.date,
            source: source?.short[article.language] ?? sample.site.name,
          },
        }),
    bylines: article.authors.map((key) => ({ author: idOf('author')(key) })),
    body: withIds(version.body, { article: idOf('article'), asset: idOf('picture') }),
    ...(picture === undefined
      ? {}
      : {
          leadPicture: {
            asset: idOf('picture')(picture.key),
            caption: article.picture?.caption ?? picture.captions[article.language],
            alt: picture.alt[article.language],
          },
        }),
    storylines: article.storylines.map(idOf('storyline')),
    concepts: article.concepts.map(idOf('concept')),
    source: idOf('source')(article.source),
    urgency: article.urgency,
  };
}

async function publishPages(tx: Tx, house: House, sample: Sample): Promise<void> {
  const originals = new Map<string, string>();
  for (const page of [...sample.pages].sort((a, b) => order(a.language) - order(b.language))) {
    const original = originals.get(page.translationKey ?? '');
    const [row] = await createArticles(tx, { clock: house.clock, by: null }, [
      {
        content: {
          kind: 'page',
          language: page.language,
          headline: page.title,
          slug: page.slug,
          body: page.body,
        },
        ...(original === undefined ? {} : { translationOf: original }),
      },
    ]);
    if (row === undefined) continue;
    if (page.translationKey !== undefined && original === undefined)
      originals.set(page.translationKey, row.id);
    await publish(tx, house.press, [{ articleId: row.id }]);
  }
}

const order = (language: string): number => ['en', 'de', 'ar'].indexOf(language);

async function closeStoryline(
  tx: Tx,
  house: House,
  { line, ids }: { line: Sample['storylines'][number]; ids: Ids },
): Promise<void> {
  await changeStoryline(
    tx,
    { db: house.db, clock: house.clock },
    {
      id: ids.storyline.get(line.key) ?? '',
      input: {
        slug: line.slug,
        title: line.titles.en,
        titles: line.titles,
        description: line.descriptions.en,
        language: 'en',
        state: 'closed',
      },
    },
  );
}

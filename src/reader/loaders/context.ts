import { createHash } from 'node:crypto';
import { directionOf, truncate } from '../../base/text.ts';
import { tag } from '../../contract/cache-tags.ts';
import { discussionWords } from '../../contract/discussion-words/index.ts';
import { topic } from '../../contract/live.ts';
import type {
  AssetManifest,
  FeedLink,
  JsonLd,
  Link,
  PageBase,
  PageLive,
  PageModel,
  Picture,
} from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import { linkIn, type MenuLink, siteIn, type SiteSettings } from '../../contract/site.ts';
import { themeSheet } from '../../contract/theme.ts';
import { allSections, type SectionView } from '../../features/articles/nouns.views.ts';
import { livePages } from '../../features/articles/articles.views.ts';
import { picturesOf } from '../../features/media/media.views.ts';
import type { PageAnswer, PageContext } from '../../http/route.ts';
import type { DatabaseKind } from '../../storage/db.ts';
import { siteOf } from '../../features/articles/site.views.ts';
import { renderPage } from '../render-page.tsx';

/** What the reader's pages need beside the database. */
export type ReaderServices = {
  readonly kind: DatabaseKind;
  /** The site's public address, without a slash at its end. */
  readonly origin: string;
  readonly assets: AssetManifest;
  /** Whether people can sign in by Facebook. */
  readonly facebook?: boolean;
};
export type ReaderContext = PageContext<ReaderServices>;

/** The furniture that every page shows, read once a rendering. */
export type House = {
  readonly settings: SiteSettings;
  readonly sections: readonly SectionView[];
  readonly pages: readonly { path: string; headline: string; edition: string }[];
  readonly logo: Picture | undefined;
};

export async function readHouse(ctx: ReaderContext): Promise<House> {
  const settings = await siteOf(ctx.read);
  const { logo } = settings;
  return {
    settings,
    sections: await allSections(ctx.read),
    pages: await livePages(ctx.read),
    logo: logo === undefined ? undefined : (await picturesOf(ctx.read, [logo], { now: ctx.now })).get(logo),
  };
}

export type PageHead = {
  /** What a view of it is counted as: `article:ID`, `storyline:ID`, `section:ID`; `page` when absent. False: not at all. */
  readonly subject?: string;
  readonly counted?: false;
  /** Of a story: the version that is shown, and its main storyline. */
  readonly version?: number;
  readonly storyline?: string | undefined;
  readonly path: string;
  /** The page's language; the site's own when absent. */
  readonly lang?: string;
  readonly title: string;
  readonly description?: string;
  readonly canonicalPath?: string;
  readonly canonicalUrl?: string;
  readonly alternates?: readonly { lang: string; path: string }[];
  /** The path of a list whose feeds belong to this page; the site's feeds are always there. */
  readonly feedsOf?: { title: string; path: `/${string}` };
  /** The article whose comments the page shows: their style sheet and their feed. */
  readonly commentsOf?: string;
  readonly jsonLd?: readonly JsonLd[];
  readonly og?: PageBase['og'];
  readonly robots?: PageBase['robots'];
  readonly oembed?: boolean;
};

/** The site's language that a page language belongs to. */
export function editionFor(lang: string, languages: readonly string[]): string {
  const primary = lang.split('-')[0];
  return (
    languages.find((own) => own === lang) ??
    languages.find((own) => own.split('-')[0] === primary) ??
    languages[0] ??
    'en'
  );
}

/** The `lang` part of an address of a list: absent for the site's own language. */
export function langKey(edition: string, settings: SiteSettings): string | undefined {
  return edition === settings.languages[0] ? undefined : edition;
}

export function sectionLink(
  section: Pick<SectionView, 'slug' | 'name' | 'names'>,
  edition: string,
  settings: SiteSettings,
): Link {
  return {
    label: section.names[edition] ?? section.name,
    href: paths.section(section.slug, { lang: langKey(edition, settings) }),
  };
}

/** The parts of a page model that all pages share. */
export function pageBase(ctx: ReaderContext, house: House, head: PageHead): PageBase {
  const { origin } = ctx.services;
  const lang = head.lang ?? house.settings.languages[0] ?? 'en';
  const edition = editionFor(lang, house.settings.languages);
  const settings = siteIn(house.settings, edition);
  const absolute = (path: string): string => origin + path;
  const ownPages = house.pages.filter((page) => page.edition === edition);
  const own = (links: readonly MenuLink[] = []): Link[] => links.map((link) => linkIn(link, edition));
  const pages = (ownPages.length > 0 ? ownPages : house.pages)
    .filter((page) => page.path !== paths.standards())
    .map((page) => ({ label: page.headline, href: page.path }));
  // Settings that an older version stored have none of these.
  const { menus, colours, social, contactEmail, contactPhone, contactAddress } =
    settings as Partial<SiteSettings>;
  const chosen = own(menus?.footer);
  const theme = themeSheet(colours ?? {});
  const contact = {
    ...(contactEmail === undefined ? {} : { email: contactEmail }),
    ...(contactPhone === undefined ? {} : { phone: contactPhone }),
    ...(contactAddress === undefined ? {} : { address: contactAddress }),
  };
  return {
    ...(head.counted === false ? {} : { live: liveOf(head, edition) }),
    site: {
      name: settings.name,
      ...(settings.tagline === '' ? {} : { tagline: settings.tagline }),
      origin,
      path: head.path,
      timeZone: settings.timeZone,
      now: ctx.now,
      languages: settings.languages.map((own) => ({
        lang: own,
        label: languageName(own),
        href: paths.front(langKey(own, settings)),
      })),
      sections: house.sections
        .filter((section) => section.listed)
        .map((section) => ({
          id: section.id,
          name: sectionLink(section, edition, settings).label,
          href: sectionLink(section, edition, settings).href,
        })),
      listenLive: { href: paths.radioStream('live') },
      homeHref: paths.front(langKey(edition, settings)),
      searchHref: paths.search(),
      standardsHref: paths.standards(),
      archiveHref: paths.archiveToday(),
      liveNumbersHref: paths.liveNumbers(),
      footer: chosen.length > 0 ? chosen : pages,
      menu: own(menus?.masthead),
      social: own(social),
      ...(Object.keys(contact).length === 0 ? {} : { contact }),
      ...(house.logo === undefined ? {} : { logo: logoOf(house.logo, settings.name) }),
      ...(theme === '' ? {} : { themeHref: paths.theme(themeDigest(theme)) }),
    },
    assets: ctx.services.assets,
    lang,
    dir: directionOf(lang),
    title: head.title,
    ...(head.description === undefined || head.description === ''
      ? {}
      : { description: truncate(head.description, 300) }),
    canonical: head.canonicalUrl ?? absolute(head.canonicalPath ?? head.path),
    alternates: (head.alternates ?? []).map((other) => ({ lang: other.lang, href: absolute(other.path) })),
    ...(head.commentsOf === undefined ? {} : { comments: true as const }),
    feeds: [
      ...(head.commentsOf === undefined
        ? []
        : [
            {
              type: 'rss' as const,
              title: `${discussionWords(lang).feed}: ${head.title}`,
              href: paths.commentsFeed(head.commentsOf),
            },
          ]),
      ...(head.feedsOf === undefined ? [] : feedLinks(head.feedsOf.title, head.feedsOf.path)),
      ...feedLinks(settings.name, 'site'),
    ],
    jsonLd: head.jsonLd ?? [],
    ...(head.og === undefined ? {} : { og: head.og }),
    ...(head.robots === undefined ? {} : { robots: head.robots }),
    ...(head.oembed === true ? { oembedHref: absolute(paths.oembed(absolute(head.path))) } : {}),
  };
}

/** How a page is counted and what it listens to: what breaks in its edition, what is on the air, and what it is about. */
function liveOf(head: PageHead, edition: string): PageLive {
  const subject = head.subject ?? 'page';
  const [kind, id = ''] = subject.split(':');
  return {
    seenHref: paths.seen(subject),
    seenPictureHref: paths.seenPicture(subject),
    topics: [
      topic.site,
      topic.edition(edition),
      topic.radio,
      ...(kind === 'article' || kind === 'storyline' ? [subject] : []),
      ...(head.storyline === undefined ? [] : [topic.storyline(head.storyline)]),
    ],
    ...(head.version === undefined
      ? {}
      : { story: { id, version: head.version, changesHref: paths.articleChanges(id, '{from}') } }),
  };
}

function feedLinks(title: string, of: 'site' | `/${string}`): FeedLink[] {
  return (['rss', 'atom', 'json'] as const).map((type) => ({ type, title, href: paths.feed(type, of) }));
}

/** The smallest rendition that is sharp at the height of a masthead. */
function logoOf(picture: Picture, name: string): { src: string; width: number; height: number; alt: string } {
  const least = (160 * picture.width) / picture.height;
  const files = picture.sources.find(({ type }) => type === 'image/webp')?.srcset ?? [];
  const file = files.find(({ width }) => width >= least) ?? files.at(-1);
  return {
    src: file?.url ?? picture.src,
    width: picture.width,
    height: picture.height,
    alt: picture.alt === '' ? name : picture.alt,
  };
}

/** Names a style sheet of colours by what is in it. */
export function themeDigest(sheet: string): string {
  return createHash('sha256').update(sheet).digest('hex').slice(0, 10);
}

const names = new Map<string, string>();

/** A language's name in itself: `Deutsch`, `العربية`. */
export function languageName(lang: string): string {
  let name = names.get(lang);
  if (name === undefined) {
    name = new Intl.DisplayNames([lang], { type: 'language' }).of(lang) ?? lang;
    names.set(lang, name);
  }
  return name;
}

export type AnswerOptions = {
  readonly tags: readonly string[];
  readonly status?: PageAnswer['status'];
  readonly modifiedAt?: string;
  readonly maxAgeSeconds?: number;
  readonly cache?: PageAnswer['cache'];
  /** What a request for it is counted as; `page` when absent. */
  readonly subject?: string;
};

/** Draws a page model into the answer that the page cache keeps. */
export function htmlAnswer(model: PageModel, options: AnswerOptions): PageAnswer {
  return {
    status: options.status ?? 200,
    contentType: 'text/html; charset=utf-8',
    body: renderPage(model),
    tags: [...new Set([tag.site, tag.pages, ...options.tags])],
    headers: {
      'content-language': model.lang,
      ...(options.modifiedAt === undefined
        ? {}
        : { 'last-modified': new Date(options.modifiedAt).toUTCString() }),
      link: [model.assets.css, ...(model.site.themeHref === undefined ? [] : [model.site.themeHref])]
        .map((href) => `<${href}>; rel=preload; as=style`)
        .join(', '),
    },
    cache: options.cache ?? 'page',
    subject: options.subject ?? 'page',
    ...(options.maxAgeSeconds === undefined ? {} : { maxAgeSeconds: options.maxAgeSeconds }),
  };
}

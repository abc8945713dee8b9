import type { Instant } from '../../base/clock.ts';
import type { Reader } from '../../storage/db.ts';
import type { LimitName } from '../limits.ts';

/**
 * What a public page may know: what is committed, the time, its feature's services. There is no request in it, so that an answer
 * cannot depend on a cookie, a header or an address.
 */
export type PageContext<S = unknown> = {
  readonly read: Reader;
  readonly services: S;
  readonly now: Instant;
};

/** An answer that is made whole, kept in the page cache and sent compressed. */
export type PageAnswer = {
  readonly status: 200 | 301 | 302 | 307 | 308 | 400 | 404 | 405 | 410 | 414 | 429 | 451 | 500 | 503 | 507;
  /** `text/html; charset=utf-8` */
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** The body in Brotli where it was packed beforehand; else it is packed when it is first asked for. */
  readonly packed?: Uint8Array | undefined;
  /** What the answer depends on: `article:ID`, `storyline:ID`, `site`. A bump of one throws the answer away. */
  readonly tags: readonly string[];
  /** Last-Modified, Link, Content-Language and the like; never Set-Cookie. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `page`: kept until a tag is bumped. `immutable`: the address names the bytes. `none`: made for every request, `no-store`. */
  readonly cache: 'page' | 'immutable' | 'none';
  /** Kept no longer than this, although no tag was bumped (the news sitemap's 48 hours). */
  readonly maxAgeSeconds?: number;
  /** What a request for it is counted as: `article:ID`, `storyline:ID`, `section:ID`, `link:CODE`, or `page`. */
  readonly subject?: string;
  /** Where a redirect goes: a path of this site, or a full address. */
  readonly location?: string;
};

/** A stored file (a rendition, an audio file): streamed, with ranges; never in the page cache. */
export type FileAnswer = {
  readonly file: {
    readonly contentType: string;
    readonly size: number;
    /** SHA-256 of the bytes, hex: the strong ETag. */
    readonly digest: string;
    /** Milliseconds for which browsers and caches may keep it: rights that end take it back from them, too. For good where absent. */
    readonly freshMs?: number;
    /** Reads bytes `start` to `end`, both inclusive; everything without a range. */
    open(range?: {
      readonly start: number;
      readonly end: number;
    }): Promise<AsyncIterable<Uint8Array>> | AsyncIterable<Uint8Array>;
  };
  readonly headers?: Readonly<Record<string, string>>;
};

type Clean<N extends string> = N extends `${infer A}.${string}` ? A : N;
type SegmentParam<T extends string> = T extends `${string}:${infer N}`
  ? Clean<N>
  : T extends '*'
    ? 'rest'
    : never;
/** The names in a pattern: `/:section/:slug.json` has `section` and `slug`; a last `*` is `rest`. */
export type ParamNames<P extends string> = P extends `${infer A}/${infer B}`
  ? SegmentParam<A> | ParamNames<B>
  : SegmentParam<P>;

export type PageInput<P extends string, Q extends string> = {
  /** Percent-decoded; a decoded value never holds `/`, except in `rest`. */
  readonly params: { readonly [K in ParamNames<P>]: string };
  /** First value of each known key; absent and empty are the same. */
  readonly query: { readonly [K in Q]?: string };
  /** The canonical path, percent-encoded, without query. */
  readonly path: string;
};

export type PageDefinition<S, P extends string, Q extends string> = {
  /** Segments are text, `:name`, `:name.ext` or a last `*`: `/storyline/:slug`, `/og/:card.png`, `/record/*`. Text wins over names. */
  readonly pattern: P & `/${string}`;
  /** Query keys that change the page. All others are ignored: they give the same bytes from the same entry. */
  readonly query?: readonly Q[];
  /** Limits how often an address may have it rendered; pages from the cache are free. */
  readonly limit?: LimitName;
  /** `undefined`: there is no such page; the site's own not-found page is sent (and kept until something gets this address). */
  load(ctx: PageContext<S>, input: PageInput<P, Q>): Promise<PageAnswer | FileAnswer | undefined>;
};

/** A page route as the front door sees it. */
export type PageRoute<S = unknown> = {
  readonly pattern: string;
  readonly query: readonly string[];
  readonly limit: LimitName | undefined;
  load(
    ctx: PageContext<S>,
    input: {
      params: Readonly<Record<string, string>>;
      query: Readonly<Record<string, string>>;
      path: string;
    },
  ): Promise<PageAnswer | FileAnswer | undefined>;
};

/** Defines a public page, feed or file; the types of its parameters come from the pattern. */
export function pageRoute<P extends string, Q extends string = never, S = unknown>(
  definition: PageDefinition<S, P, Q>,
): PageRoute<S> {
  return {
    pattern: definition.pattern,
    query: definition.query ?? [],
    limit: definition.limit,
    load: (ctx, input) =>
      definition.load(ctx, {
        // The matcher fills exactly the names of the pattern, which the type cannot see.
        params: input.params as PageInput<P, Q>['params'],
        query: input.query as PageInput<P, Q>['query'],
        path: input.path,
      }),
  };
}

/** The tag every entry carries by itself: bump it when an address starts, stops or changes to answer. */
export function pathTag(path: string): string {
  return `path:${path}`;
}

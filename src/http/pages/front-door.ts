import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../../base/problem.ts';
import { statusOf } from '../problem-status.ts';
import { cacheKey, readAddress, readQuery } from './address.ts';
import { encodingOf } from './conditional.ts';
import { type Entry, type EntryOptions, makeEntry } from './entry.ts';
import { makeMatcher, type Match } from './match.ts';
import type { PageCache } from './page-cache.ts';
import { type FileAnswer, type PageAnswer, type PageContext, type PageRoute, pathTag } from './page-route.ts';
import { movedAnswer, sendEntry, sendVariant } from './send-entry.ts';
import { sendFile } from './send-file.ts';

/** What a page route gave: an entry to send, or a file to stream. */
export type Outcome = { readonly entry?: Entry; readonly file?: FileAnswer; readonly keep: boolean };

/** The pages of the site that stand for no content of their own. */
export type SitePages<S> = {
  notFound(ctx: PageContext<S>, path: string): Promise<PageAnswer>;
  /** Shown for a status of 400 and above. `problem` is undefined when the fault is ours. */
  failed(ctx: PageContext<S>, failure: { status: number; problem: Problem | undefined }): Promise<PageAnswer>;
};

export type FrontDoorOptions<S> = {
  readonly routes: readonly PageRoute<S>[];
  readonly sitePages: SitePages<S>;
  readonly cache: PageCache<Outcome>;
  readonly context: () => PageContext<S>;
  readonly https: boolean;
  /** Seconds that a shared cache may keep a page. Default 10. */
  readonly sharedSeconds?: number;
  readonly surrogateKeys?: boolean;
  /** First parts of paths that the framework answers: `/api/`, `/healthz`. */
  readonly passes: readonly string[];
  /** Whether an address is answered by a raw route, whatever the method: `next` gets it too. */
  readonly isRaw?: (url: string) => boolean;
  /** Asked before a page with a limit is rendered. @throws Problem `rate-limited` */
  readonly limit?: (req: IncomingMessage, route: PageRoute<S>) => void;
  /** Told of every answer that is counted, before it is sent; it takes no time worth the name. */
  readonly served?: (subject: string, req: IncomingMessage) => void;
  /** Told of faults of ours. */
  readonly onFault: (cause: unknown, path: string) => void;
};

export type FrontDoor = ((req: IncomingMessage, res: ServerResponse, next: () => void) => void) & {
  /** Sends the site's page of an error, for those who answer beside the pages. */
  failed(req: IncomingMessage, res: ServerResponse, cause: unknown): Promise<void>;
};

/**
 * The door of the site: answers public pages, from memory where it can, and calls `next` for what the framework answers. A page that is kept
 * costs one look-up by the request target and one by its Accept-Encoding.
 */
export function makeFrontDoor<S>(options: FrontDoorOptions<S>): FrontDoor {
  const { cache } = options;
  const match = makeMatcher(options.routes);
  const entryOptions = (): EntryOptions => ({
    https: options.https,
    sharedSeconds: options.sharedSeconds ?? 10,
    surrogateKeys: options.surrogateKeys ?? true,
    now: Date.now(),
    grown: (entry, bytes) => cache.grown(entry, bytes),
  });

  function told(entry: Entry, req: IncomingMessage): void {
    if (entry.subject !== undefined && req.method === 'GET') options.served?.(entry.subject, req);
  }

  function once(answer: PageAnswer, key: string): Entry {
    return makeEntry({ key, answer: { ...answer, cache: 'none' } }, entryOptions());
  }

  async function render(
    found: Match<PageRoute<S>> | undefined,
    page: { key: string; path: string; query: Record<string, string> },
  ): Promise<Outcome> {
    const ctx = options.context();
    const input = { params: found?.params ?? {}, query: page.query, path: page.path };
    const answer =
      (await found?.route.load(ctx, input)) ?? (await options.sitePages.notFound(ctx, page.path));
    if ('file' in answer) return { file: answer, keep: false };
    const tags = [...new Set([...answer.tags, pathTag(page.path)])];
    return {
      entry: makeEntry({ key: page.key, answer: { ...answer, tags } }, entryOptions()),
      keep: answer.cache !== 'none',
    };
  }

  async function answer(req: IncomingMessage, res: ServerResponse, target: string): Promise<void> {
    const address = readAddress(target);
    if (address.kind === 'bad')
      return fail(
        req,
        res,
        new Problem(address.status === 414 ? 'too-large' : 'invalid', address.reason),
        address.status,
      );
    if (address.kind === 'moved') return sendEntry(req, res, once(movedAnswer(address.location), target));
    const { path } = address;
    const found = match(address.segments);
    const query = readQuery(address.search, found?.route.query ?? []);
    if (query === undefined)
      return fail(req, res, new Problem('invalid', 'A value in the address is too long.'), 400);
    const key = cacheKey(path, query);
    const kept = cache.get(key);
    if (kept !== undefined) {
      told(kept, req);
      return sendEntry(req, res, kept);
    }
    if (found?.route.limit !== undefined) options.limit?.(req, found.route);
    const outcome = await cache.obtain(key, () => render(found, { key, path, query }));
    if (outcome.entry !== undefined) {
      told(outcome.entry, req);
      await sendEntry(req, res, outcome.entry);
    }
    if (outcome.file !== undefined) await sendFile(req, res, { answer: outcome.file, https: options.https });
  }

  async function fail(
    req: IncomingMessage,
    res: ServerResponse,
    cause: unknown,
    status: number,
  ): Promise<void> {
    const problem = cause instanceof Problem ? cause : undefined;
    const page = await options.sitePages.failed(options.context(), { status, problem });
    const headers = { ...page.headers };
    if (problem?.retryAfter !== undefined) headers['Retry-After'] = String(problem.retryAfter);
    if (status === 405) headers['Allow'] = 'GET, HEAD';
    const shown = { ...page, status: status as PageAnswer['status'], headers };
    await sendEntry(req, res, once(shown, ''));
  }

  async function recover(req: IncomingMessage, res: ServerResponse, cause: unknown): Promise<void> {
    const status = statusOf(cause);
    if (status >= 500) options.onFault(cause, req.url ?? '');
    if (res.headersSent) return void res.destroy();
    try {
      await fail(req, res, cause, status);
    } catch (second) {
      options.onFault(second, req.url ?? '');
      if (res.headersSent) res.destroy();
      else
        res
          .writeHead(status, ['Content-Type', 'text/plain; charset=utf-8', 'Cache-Control', 'no-store'])
          .end('Something went wrong here.\n');
    }
  }

  const door = (req: IncomingMessage, res: ServerResponse, next: () => void): void => {
    const { method, url = '/' } = req;
    if (method === 'GET' || method === 'HEAD') {
      const entry = cache.get(url);
      if (entry !== undefined) {
        const variant = entry.variants[encodingOf(req.headers['accept-encoding'])];
        if (variant !== undefined) {
          told(entry, req);
          return sendVariant(req, res, { entry, variant });
        }
      }
    }
    if (options.passes.some((prefix) => url.startsWith(prefix)) || options.isRaw?.(url) === true)
      return next();
    const answering =
      method === 'GET' || method === 'HEAD'
        ? answer(req, res, url)
        : fail(req, res, new Problem('unsupported', `Pages are read with GET, not with ${method}.`), 405);
    answering.catch((cause: unknown) => recover(req, res, cause)).catch(() => res.destroy());
  };
  return Object.assign(door, {
    failed: (req: IncomingMessage, res: ServerResponse, cause: unknown) =>
      fail(req, res, cause, statusOf(cause)),
  });
}

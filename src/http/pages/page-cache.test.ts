import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeEntry } from './entry.ts';
import { makePageCache, type PageCache, type Rendered } from './page-cache.ts';

const options = { https: false, sharedSeconds: 10, surrogateKeys: false, now: 0 };

function rendered(
  key: string,
  body: string,
  more: { tags?: string[]; status?: 200 | 404; seconds?: number } = {},
): Rendered & { body: string } {
  const { tags = [], status = 200, seconds } = more;
  const entry = makeEntry(
    {
      key,
      answer: {
        status,
        contentType: 'text/plain',
        body,
        tags,
        cache: 'page',
        ...(seconds === undefined ? {} : { maxAgeSeconds: seconds }),
      },
    },
    options,
  );
  return { entry, keep: true, body };
}

test('interleaved renderings and changes: nobody who asks after a change gets what was there before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(
        fc.oneof(
          fc.record({ kind: fc.constant('ask' as const), page: fc.integer({ min: 0, max: 2 }) }),
          fc.record({ kind: fc.constant('change' as const), tag: fc.integer({ min: 0, max: 2 }) }),
          fc.record({ kind: fc.constant('clear' as const) }),
        ),
        { minLength: 3, maxLength: 30 },
      ),
      async (scheduler, steps) => {
        const cache: PageCache<Rendered & { body: string }> = makePageCache({ maxBytes: 1_000_000 });
        const truth = [0, 0, 0];
        // Page n depends on tags n and n+1; a rendering reads them at its start and is done some time later.
        const versions = (page: number): [number, number] => [truth[page] ?? 0, truth[(page + 1) % 3] ?? 0];
        const render = (page: number) => async () => {
          const body = JSON.stringify(versions(page));
          await scheduler.schedule(Promise.resolve(), `render ${page}`);
          return rendered(`/${page}`, body, { tags: [`t${page}`, `t${(page + 1) % 3}`] });
        };
        const asks: Promise<void>[] = [];
        const run = scheduler.scheduleSequence(
          steps.map((step) => async () => {
            if (step.kind === 'change') {
              truth[step.tag] = (truth[step.tag] ?? 0) + 1;
              cache.bump([`t${step.tag}`]);
            } else if (step.kind === 'clear') {
              for (const tag of truth.keys()) truth[tag] = (truth[tag] ?? 0) + 1;
              cache.clear();
            } else {
              const least = versions(step.page);
              const check = (body: string): void => {
                const got = JSON.parse(body) as [number, number];
                if (got[0] < least[0] || got[1] < least[1])
                  throw new Error(`stale: ${body} after ${least.join()}`);
              };
              const kept = cache.get(`/${step.page}`);
              if (kept !== undefined) check(kept.variants.identity.body.toString());
              else asks.push(cache.obtain(`/${step.page}`, render(step.page)).then((got) => check(got.body)));
            }
          }),
        );
        expect((await scheduler.waitFor(run.task)).faulty).toBe(false);
        await scheduler.waitFor(Promise.all(asks));
      },
    ),
    { numRuns: 300 },
  );
});

test('many who ask at once make one rendering', async () => {
  const cache = makePageCache({ maxBytes: 1_000_000 });
  let count = 0;
  const ask = () =>
    cache.obtain('/a', async () => {
      count += 1;
      return rendered('/a', 'x');
    });
  await Promise.all(Array.from({ length: 50 }, ask));
  expect(count).toBe(1);
  expect(cache.stats()).toMatchObject({ entries: 1, misses: 1, joined: 49 });
});

test('a rendering that fails is told to all who wait and tried again by the next', async () => {
  const cache = makePageCache({ maxBytes: 1_000_000 });
  const fail = async (): Promise<Rendered> => {
    throw new Error('no');
  };
  const results = await Promise.allSettled([cache.obtain('/a', fail), cache.obtain('/a', fail)]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  expect((await cache.obtain('/a', async () => rendered('/a', 'x'))).entry?.key).toBe('/a');
});

test('memory stays in its bound, pages in use outlive others, and made-up addresses push no page out', async () => {
  const cache = makePageCache({ maxBytes: 100_000, maxNegativeBytes: 30_000 });
  const put = (key: string, status: 200 | 404) =>
    cache.obtain(key, async () => rendered(key, 'x'.repeat(3000), { status }));
  await put('/popular', 200);
  for (let index = 0; index < 200; index += 1) {
    await put(`/page/${index}`, 200);
    expect(cache.get('/popular')).toBeDefined();
  }
  const pages = cache.stats().entries;
  for (let index = 0; index < 200; index += 1) await put(`/none/${index}`, 404);
  const stats = cache.stats();
  expect(stats.entries).toBe(pages);
  expect(stats.bytes).toBeLessThanOrEqual(100_000);
  expect(stats.negativeBytes).toBeLessThanOrEqual(30_000);
  expect(stats.negativeEntries).toBeGreaterThan(2);
});

test('a page that is larger than a quarter of the memory is not kept', async () => {
  const cache = makePageCache({ maxBytes: 10_000 });
  await cache.obtain('/big', async () => rendered('/big', 'x'.repeat(5000)));
  expect(cache.get('/big')).toBeUndefined();
});

test('a page that turns from nothing to something is one entry', async () => {
  const cache = makePageCache({ maxBytes: 1_000_000 });
  await cache.obtain('/a', async () => rendered('/a', 'none', { status: 404, tags: ['path:/a'] }));
  expect(cache.get('/a')?.status).toBe(404);
  cache.bump(['path:/a']);
  await cache.obtain('/a', async () => rendered('/a', 'some'));
  expect(cache.get('/a')?.status).toBe(200);
  expect(cache.stats()).toMatchObject({ entries: 1, negativeEntries: 0, negativeBytes: 0 });
});

test('an entry with an age is gone when it is over', async () => {
  let now = 0;
  const cache = makePageCache({ maxBytes: 1_000_000, now: () => now });
  await cache.obtain('/a', async () => rendered('/a', 'x', { seconds: 60 }));
  now = 59_999;
  expect(cache.get('/a')).toBeDefined();
  now = 60_000;
  expect(cache.get('/a')).toBeUndefined();
});

test('compressed forms count as memory', async () => {
  const cache = makePageCache({ maxBytes: 1_000_000 });
  const body = 'a page of text '.repeat(1000);
  await cache.obtain('/a', async () => ({
    keep: true,
    entry: makeEntry(
      {
        key: '/a',
        answer: { status: 200, contentType: 'text/plain', body, tags: [], cache: 'page' },
      },
      { ...options, grown: (entry, bytes) => cache.grown(entry, bytes) },
    ),
  }));
  const before = cache.stats().bytes;
  await cache.get('/a')?.encode('br');
  expect(cache.stats().bytes).toBeGreaterThan(before);
  cache.clear();
  expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
});

import { tag } from '../../contract/cache-tags.ts';
import type { VersionView } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import { differences } from '../../features/articles/differences.ts';
import { publishedAt, type VersionRow, versionsOf } from '../../features/articles/articles.views.ts';
import { inclusionProof, readVersions } from '../../features/record/record.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { htmlAnswer, pageBase, type ReaderContext, readHouse } from './context.ts';

/** Differences are worked out for the newest versions; older ones still show their reason and proof. */
const COMPARED = 50;

/** Every published version of a story: when, why, what changed, and the proof that it is on the record. */
export async function loadHistory(ctx: ReaderContext, articlePath: string): Promise<PageAnswer | undefined> {
  const article = await publishedAt(ctx.read, articlePath);
  if (article === undefined) return undefined;
  const house = await readHouse(ctx);
  const rows = await versionsOf(ctx.read, article.id);
  const contents = await readVersions(ctx.read, article.id);
  const versions: VersionView[] = [];
  for (const [i, row] of rows.entries()) {
    versions.push(await versionView(ctx, { row, current: i === 0, contents, previous: rows[i + 1]?.number, compared: i < COMPARED }));
  }
  const headline = article.version.headline === '' ? article.version.path : article.version.headline;
  return htmlAnswer(
    {
      kind: 'history',
      article: { label: headline, href: article.version.path, publishedAt: article.publishedAt },
      versions,
      recordHref: paths.record('checkpoint'),
      ...pageBase(ctx, house, {
        path: paths.history(articlePath),
        lang: article.version.language,
        title: headline,
        robots: article.visibility === 'live' ? undefined : 'noindex',
      }),
    },
    // A proof is given against the tree of its rendering; it stays true, so the page needs no bump when the tree grows.
    { tags: [tag.article(article.id)], modifiedAt: article.modifiedAt },
  );
}

type Contents = Awaited<ReturnType<typeof readVersions>>;
type ViewInput = { row: VersionRow; current: boolean; contents: Contents; previous: number | undefined; compared: boolean };

async function versionView(ctx: ReaderContext, input: ViewInput): Promise<VersionView> {
  const { row, contents } = input;
  const own = contents.get(row.number);
  const before = input.previous === undefined ? undefined : contents.get(input.previous);
  const comparable = input.compared && own?.version !== undefined && before?.version !== undefined;
  const proof = await inclusionProof(ctx.read, row.leafIndex);
  return {
    number: row.number,
    at: row.publishedAt,
    reason: row.reason === 'initial' ? 'first' : row.reason,
    ...(row.note === '' ? {} : { note: row.note }),
    current: input.current,
    changes: comparable && own.version !== undefined && before.version !== undefined ? differences(before.version, own.version) : [],
    ...(own?.erased === true ? { erased: true } : {}),
    ...(proof === undefined
      ? {}
      : {
          proof: {
            leafIndex: proof.leafIndex,
            treeSize: proof.treeSize,
            leafHash: proof.leafHash,
            rootHash: proof.rootHash,
            path: proof.hashes,
            checkpointHref: paths.record('checkpoint'),
            entriesHref: paths.record(`content/${row.leafIndex}.json`),
            command: `dateline record verify ${ctx.services.origin}`,
          },
        }),
  };
}

import { tag } from '../../contract/cache-tags.ts';
import type { VersionView } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import { differences } from '../../features/articles/differences.ts';
import { publishedAt, type VersionRow, versionsOf } from '../../features/articles/articles.views.ts';
import { articleRecord, contentPath, type RecordedVersion } from '../../features/record/record.views.ts';
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
  const recorded = new Map(
    (await articleRecord(ctx.read, article.id)).map((version) => [version.versionNumber, version]),
  );
  const versions = rows.map((row, i) =>
    versionView(ctx, {
      row,
      current: i === 0,
      recorded: recorded.get(row.number),
      previous: i < COMPARED ? recorded.get(rows[i + 1]?.number ?? -1) : undefined,
    }),
  );
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
        ...(article.visibility === 'live' ? {} : { robots: 'noindex' as const }),
      }),
    },
    // A proof is given against the tree of its rendering; it stays true, so the page needs no bump when the tree grows.
    { tags: [tag.article(article.id)], modifiedAt: article.modifiedAt },
  );
}

type ViewInput = {
  row: VersionRow;
  current: boolean;
  recorded: RecordedVersion | undefined;
  previous: RecordedVersion | undefined;
};

function versionView(ctx: ReaderContext, { row, current, recorded, previous }: ViewInput): VersionView {
  const own = recorded?.version;
  const before = previous?.version;
  return {
    number: row.number,
    at: row.publishedAt,
    reason: row.reason === 'initial' ? 'first' : row.reason,
    ...(row.note === '' ? {} : { note: row.note }),
    current,
    changes: own === undefined || before === undefined ? [] : differences(before, own),
    ...(recorded?.state === 'erased' ? { erased: true } : {}),
    ...(recorded === undefined
      ? {}
      : {
          proof: {
            leafIndex: recorded.proof.leafIndex,
            treeSize: recorded.proof.treeSize,
            leafHash: recorded.proof.leafHash,
            rootHash: recorded.proof.rootHash,
            path: recorded.proof.hashes,
            checkpointHref: paths.record('checkpoint'),
            entriesHref: paths.record(contentPath(row.leafIndex)),
            command: `dateline record verify ${ctx.services.origin}`,
          },
        }),
  };
}

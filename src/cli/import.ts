import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { defineCommand } from 'citty';
import type { House } from '../app.ts';
import { Problem } from '../base/problem.ts';
import { siteOf } from '../features/articles/articles.ts';
import { type ImportReport, runImport } from '../features/imports/engine/engine.ts';
import { ledgerText } from '../features/imports/engine/ledger.ts';
import { readCoral } from '../features/imports/comments/coral.ts';
import { readDisqus } from '../features/imports/comments/disqus.ts';
import { readRemark42 } from '../features/imports/comments/remark42.ts';
import { readFeed } from '../features/imports/feed/feed.ts';
import { readGhost } from '../features/imports/ghost/ghost.ts';
import { fileSource } from '../features/imports/input/source.ts';
import type { ImportReader, ImportSource } from '../features/imports/item.ts';
import { readNinjs } from '../features/imports/ninjs/ninjs.ts';
import { pageReader, readPageText } from '../features/imports/page/item.ts';
import { toJson } from '../features/imports/page/json.ts';
import { recognisePage } from '../features/imports/page/recognise.ts';
import { formatReport } from '../features/imports/page/report.ts';
import { readWxr } from '../features/imports/wxr/wxr.ts';
import { makeOutbound } from '../http/outbound.ts';
import { houseFlags, withHouse } from './house.ts';

const readers: Readonly<Record<string, (timeZone: string) => ImportReader>> = {
  wxr: () => readWxr,
  ghost: () => readGhost,
  feed: () => readFeed,
  ninjs: () => readNinjs,
  page: pageReader,
  disqus: () => readDisqus,
  coral: () => readCoral,
  remark42: () => readRemark42,
};

type Args = {
  readonly format: string;
  readonly _: readonly string[];
  readonly uploads?: string | undefined;
  readonly site?: string | undefined;
  readonly fetch?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly 'dry-run'?: boolean | undefined;
};

export const importCommand = defineCommand({
  meta: {
    name: 'import',
    description: 'Import FORMAT FILE-or-URL…: wxr, ghost, feed, ninjs, page, disqus, coral or remark42',
  },
  args: {
    ...houseFlags,
    format: {
      type: 'positional',
      required: true,
      description: 'wxr, ghost, feed, ninjs, page, disqus, coral or remark42',
    },
    files: {
      type: 'positional',
      required: true,
      description: 'files or http(s) addresses',
      valueHint: 'FILE-or-URL…',
    },
    uploads: {
      type: 'string',
      description: 'the old site’s uploads folder: files are taken from it first',
      valueHint: 'DIR',
    },
    site: { type: 'string', description: 'host of the old site, when the file does not tell' },
    fetch: {
      type: 'boolean',
      default: true,
      description: 'fetch media from their addresses',
      negativeDescription: 'fetch no media',
    },
    'dry-run': { type: 'boolean', description: 'page: only print what was recognised' },
    json: { type: 'boolean', description: 'print JSON: one object a page, or one report a file' },
  },
  run: async ({ args }) => {
    const given = args as unknown as Args;
    const reader = readers[given.format];
    if (reader === undefined)
      throw new Problem(
        'invalid',
        `There is no import format "${given.format}".`,
        `Use one of: ${Object.keys(readers).join(', ')}.`,
      );
    const files = given._.slice(given._[0] === given.format ? 1 : 0);
    if (given.format === 'page' && given['dry-run'] === true) {
      for (const file of files) await withSource(file, (source) => printPage(source, given.json === true));
      return;
    }
    await withHouse(args, async (house) => {
      const { timeZone } = await siteOf(house.db.read);
      for (const group of groupsOf(given.format, files)) {
        await withSources(group, async (source) => {
          if (given.format === 'page') await printPage(source, given.json === true);
          const report = await importFile(house, { source, args: given, reader: reader(timeZone) });
          complain(report);
          if (given.format === 'page' && given.json === true) return;
          process.stdout.write(
            given.json === true ? `${JSON.stringify(report)}\n` : `${reportText(report)}\n`,
          );
        });
      }
    });
  },
});

async function printPage(source: ImportSource, json: boolean): Promise<void> {
  const page = recognisePage(await readPageText(source), source.url === undefined ? {} : { url: source.url });
  process.stdout.write(json ? `${JSON.stringify(toJson(page))}\n` : `${formatReport(page)}\n`);
}

async function importFile(
  house: House,
  { source, args, reader }: { source: ImportSource; args: Args; reader: ImportReader },
): Promise<ImportReport> {
  const progress = progressLine();
  try {
    return await runImport(house, {
      format: args.format,
      reader,
      source,
      ...(args.site === undefined ? {} : oldSite(args.site)),
      files: { uploads: args.uploads, outbound: args.fetch === false ? undefined : makeOutbound() },
      onProgress: progress.update,
      onNotice: progress.notice,
    });
  } finally {
    progress.end();
  }
}

/** The old site as an operator names it, by host or by address. @throws Problem `invalid` */
function oldSite(given: string): { origin: string; site: string } {
  const url = URL.parse(/^https?:\/\//i.test(given) ? given : `https://${given}`);
  if (url === null || url.host === '')
    throw new Problem('invalid', `"${given}" is not a site.`, 'Give its host, such as paper.example.');
  return { origin: url.host, site: url.href };
}

/** Progress with a rate on standard error: rewritten in place on a terminal, a line every ten seconds elsewhere. */
function progressLine() {
  const started = performance.now();
  const live = process.stderr.isTTY === true;
  let last = 0;
  let drawn = false;
  return {
    update: ({
      items,
      articles,
      share,
    }: {
      items: number;
      articles: number;
      share: number | undefined;
    }): void => {
      const now = performance.now();
      if (now - last < (live ? 200 : 10_000)) return;
      last = now;
      const rate = Math.round(articles / Math.max(0.001, (now - started) / 1000));
      const done = share === undefined ? '' : ` ${Math.round(share * 100)} %`;
      process.stderr.write(
        `${live ? '\r\u001b[K' : ''}${items} items, ${articles} articles${done}, ${rate} articles/s${live ? '' : '\n'}`,
      );
      drawn = live;
    },
    notice: (notice: string): void => {
      process.stderr.write(`${drawn ? '\n' : ''}${notice}\n`);
      drawn = false;
    },
    end: (): void => {
      if (drawn) process.stderr.write('\n');
    },
  };
}

function reportText(report: ImportReport): string {
  const resumed = report.resumedAt === 0 ? '' : ` (went on at item ${report.resumedAt})`;
  return `${report.file} from ${report.origin}${resumed}\n${ledgerText(report.ledger)}`;
}

/** Files that could not be had: the articles are here, their pictures are not. */
function complain({ file, ledger: { missing } }: ImportReport): void {
  if (missing === 0) return;
  process.stderr.write(
    `${missing} ${missing === 1 ? 'file' : 'files'} that ${file} names could not be had. Import it again with --uploads DIR to fill them in.\n`,
  );
  process.exitCode = 1;
}

/** Files that belong together are one import: the collections of a Coral. */
function groupsOf(format: string, files: readonly string[]): (readonly string[])[] {
  return format === 'coral' ? [files] : files.map((file) => [file]);
}

/** Opens files one after the other as if they were one, each on lines of its own. */
async function withSources(
  names: readonly string[],
  work: (source: ImportSource) => Promise<void>,
  opened: readonly ImportSource[] = [],
): Promise<void> {
  const [name, ...others] = names;
  if (name !== undefined) return withSource(name, (source) => withSources(others, work, [...opened, source]));
  const [only] = opened;
  if (only !== undefined && opened.length === 1) return work(only);
  const size = opened.reduce((sum, source) => sum + (source.size ?? 0), 0);
  return work({
    name: opened.map((source) => source.name).join(' + '),
    size,
    open: async function* () {
      for (const source of opened) {
        yield* source.open();
        yield new TextEncoder().encode('\n');
      }
    },
  });
}

/** Opens a file, or fetches an address into one first. */
async function withSource(name: string, work: (source: ImportSource) => Promise<void>): Promise<void> {
  if (!/^https?:\/\//i.test(name)) return work(await fileSource(name));
  const folder = await mkdtemp(join(tmpdir(), 'dateline-fetch-'));
  try {
    const file = join(folder, basename(new URL(name).pathname) || 'page');
    const answer = await makeOutbound().download(name, { file, maxBytes: 2_000_000_000, timeoutMs: 600_000 });
    if (answer.status !== 200)
      throw new Problem('unavailable', `${name} answered ${answer.status}.`, 'Check the address.');
    await work({ ...(await fileSource(file, name)), url: answer.url });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

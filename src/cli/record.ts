import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { Problem } from '../base/problem.ts';
import { publishedRow } from '../features/articles/version.ts';
import {
  eraseVersion,
  type Expected,
  exportRecord,
  openSource,
  type Progress,
  type RecordReport,
  verifyDatabase,
  verifyRecord,
} from '../features/record/record.ts';
import { houseFlags, withHouse } from './house.ts';

const json = { type: 'boolean', description: 'print JSON' } as const;

/** Columns of readers' lists that the articles room makes of a version. */
const expected: Expected = (version, site) => {
  const row = { translation_group: '' };
  const { card, edition } = publishedRow({ version, visibility: 'live', row }, site);
  return { card, edition };
};

const verifyCommand = defineCommand({
  meta: {
    name: 'verify',
    description: 'Verify a live site, an exported folder, or (without a target) the database of this house',
  },
  args: {
    ...houseFlags,
    target: {
      type: 'positional',
      required: false,
      description: 'https://paper.example, or a folder that record export or mirror wrote',
    },
    vkey: { type: 'string', description: 'the verifier key by which you know the log' },
    checkpoint: {
      type: 'string',
      description: 'a checkpoint that you saved earlier; the log must continue it',
      valueHint: 'FILE',
    },
    json,
  },
  run: async ({ args }) => {
    const options = {
      ...(args.vkey === undefined ? {} : { vkey: args.vkey }),
      ...(args.checkpoint === undefined ? {} : { checkpoint: await readSaved(args.checkpoint) }),
      ...progressTo('leaves verified'),
    };
    // Outsiders verify without a house of their own.
    const report =
      args.target === undefined
        ? await withHouse(args, ({ db }) => verifyDatabase(db, { ...options, expected }))
        : await verifyRecord(await openSource(args.target), options);
    say(args.json === true ? JSON.stringify(report, null, 2) : describe(report).join('\n'));
    if (!report.ok) process.exitCode = 1;
  },
});

const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Write a complete static copy of the record to DIR/record' },
  args: {
    ...houseFlags,
    dir: { type: 'positional', required: true, description: 'the folder; it is made where absent' },
    json,
  },
  run: ({ args }) =>
    withHouse(args, async ({ db }) => {
      const done = await exportRecord(db, args.dir, progressTo('leaves written'));
      const { size, written } = done;
      say(
        args.json === true
          ? JSON.stringify(done)
          : `The record of ${plural(size, 'version')} is in ${join(args.dir, 'record')} (${plural(written, 'file')} written).`,
      );
    }),
});

const eraseCommand = defineCommand({
  meta: {
    name: 'erase',
    description:
      'Destroy for good what the record keeps of one version, as the law may demand; the record still verifies',
  },
  args: {
    ...houseFlags,
    article: {
      type: 'positional',
      required: true,
      description: 'the article’s id, or its address /section/…',
    },
    version: { type: 'positional', required: true, description: 'the number of the version' },
    reason: {
      type: 'string',
      required: true,
      description: 'why, in public: the record shows it from now on',
    },
    json,
  },
  run: ({ args }) =>
    withHouse(args, async ({ db, clock }) => {
      const version = Number(args.version);
      if (!Number.isSafeInteger(version) || version < 1)
        throw new Problem('invalid', `${args.version} is not the number of a version.`, 'Give 1, 2, …');
      const { article, reason } = args;
      const done = await eraseVersion(db, { article, version, reason, now: clock.now() });
      const leaf = `Leaf ${done.leafIndex} of the record`;
      if (args.json === true) say(JSON.stringify(done));
      else
        say(
          done.erased ? `${leaf} is erased; the record still verifies.` : `${leaf} had been erased before.`,
        );
    }),
});

/** Commands on the public record. */
export const recordCommand = defineCommand({
  meta: { name: 'record', description: 'Verify, export or lawfully erase from the public record' },
  subCommands: { verify: verifyCommand, export: exportCommand, erase: eraseCommand },
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function readSaved(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new Problem('not-found', `The saved checkpoint ${file} cannot be read.`, undefined, { cause });
  }
}

/** The report for people: one line a fact, the verdict last. */
function describe(report: RecordReport): string[] {
  const { checked, key } = report;
  const lines = [`Record of ${report.source}`];
  if (key !== undefined) {
    lines.push(`  key       ${key.vkey}`);
    if (key.trust === 'source')
      lines.push(
        '            taken from what is verified: compare it with one you know, or give it as --vkey',
      );
  }
  lines.push(
    `  tree      ${plural(report.size, 'leaf', 'leaves')}, root ${report.rootHash}`,
    `  checked   ${plural(checked.entries, 'entry', 'entries')}, ${plural(checked.tiles, 'tile')}, ` +
      `${plural(checked.contents, 'version')}, ${checked.erased} erased, ${checked.withheld} withheld`,
  );
  if (report.continues !== undefined)
    lines.push(`  continues the earlier checkpoint of ${plural(report.continues, 'leaf', 'leaves')}`);
  for (const { place, what } of report.faults) lines.push(`  FAULT     ${place}: ${what}`);
  const unsaid = report.faultCount - report.faults.length;
  if (unsaid > 0) lines.push(`  FAULT     and ${unsaid} more`);
  lines.push(
    report.ok ? 'The record holds.' : `The record does NOT hold: ${plural(report.faultCount, 'fault')}.`,
  );
  return lines;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** Progress on a terminal's error stream, a few times a second. */
function progressTo(what: string): { progress?: Progress } {
  if (!process.stderr.isTTY) return {};
  const started = Date.now();
  let shown = started;
  return {
    progress: (done, total) => {
      const now = Date.now();
      if (done < total && now - shown < 250) return;
      if (now - started < 1000) return;
      shown = now;
      const rate = Math.round(done / ((now - started) / 1000));
      process.stderr.write(`\r${done} of ${total} ${what}, ${rate} a second${done === total ? '\n' : ''}`);
    },
  };
}

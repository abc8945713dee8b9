import { readFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { systemClock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import {
  ensureRecordKey,
  eraseVersion,
  type Expected,
  exportRecord,
  openSource,
  type Progress,
  type RecordReport,
  verifyDatabase,
  verifyRecord,
} from '../features/record/record.ts';
import type { Db } from '../storage/db.ts';

/** Opens this installation's database; `origin` is the site's public address. */
export type OpenInstallation = () => Promise<{
  db: Db;
  origin: string;
  close: () => Promise<void>;
  /** What the projection of readers' pages must say of a version, by the feature that writes it. */
  expected?: Expected;
}>;

/** `dateline record verify | export | erase`. The database is opened only where it is needed. */
export function recordCommand(open: OpenInstallation) {
  return defineCommand({
    meta: { name: 'record', description: 'Verify, export or lawfully erase from the public record' },
    subCommands: {
      verify: verifyCommand(open),
      export: exportCommand(open),
      erase: eraseCommand(open),
    },
  });
}

function verifyCommand(open: OpenInstallation) {
  return defineCommand({
    meta: {
      name: 'verify',
      description:
        'Verify a live site, an exported folder, or (without a target) this installation’s database',
    },
    args: {
      target: {
        type: 'positional',
        required: false,
        description: 'https://paper.example, or a folder that `record export` or `mirror` wrote',
      },
      vkey: { type: 'string', description: 'The verifier key that you know the log by' },
      checkpoint: {
        type: 'string',
        description: 'A checkpoint file that you saved earlier; the log must continue it',
      },
      json: { type: 'boolean', description: 'Print the report as JSON' },
    },
    run: async ({ args }) => {
      const options = {
        ...(args.vkey === undefined ? {} : { vkey: args.vkey }),
        ...progressTo('leaves verified'),
      };
      const report =
        args.target === undefined
          ? await verifyHere(open, { ...options, checkpoint: args.checkpoint })
          : await verifyRecord(await openSource(args.target), {
              ...options,
              ...(args.checkpoint === undefined ? {} : { checkpoint: await readSaved(args.checkpoint) }),
            });
      console.log(args.json === true ? JSON.stringify(report, null, 2) : describe(report).join('\n'));
      if (!report.ok) process.exitCode = 1;
    },
  });
}

async function verifyHere(
  open: OpenInstallation,
  { checkpoint, ...options }: { checkpoint: string | undefined; vkey?: string; progress?: Progress },
): Promise<RecordReport> {
  const earlier = checkpoint === undefined ? undefined : await readSaved(checkpoint);
  const { db, close, expected } = await open();
  try {
    return await verifyDatabase(db, {
      ...options,
      ...(expected === undefined ? {} : { expected }),
      ...(earlier === undefined ? {} : { checkpoint: earlier }),
    });
  } finally {
    await close();
  }
}

async function readSaved(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new Problem('not-found', `The saved checkpoint ${file} cannot be read.`, undefined, { cause });
  }
}

function exportCommand(open: OpenInstallation) {
  return defineCommand({
    meta: { name: 'export', description: 'Write a complete static copy of the record to DIR/record' },
    args: { dir: { type: 'positional', required: true, description: 'The folder; it is made where absent' } },
    run: async ({ args }) => {
      const { db, origin, close } = await open();
      try {
        await ensureRecordKey(db, origin);
        const { size, written } = await exportRecord(db, args.dir, progressTo('leaves written'));
        console.log(
          `The record of ${plural(size, 'version')} is in ${args.dir}/record (${plural(written, 'file')} written).`,
        );
      } finally {
        await close();
      }
    },
  });
}

function eraseCommand(open: OpenInstallation) {
  return defineCommand({
    meta: {
      name: 'erase',
      description:
        'Destroy for good what the record keeps of one version, as the law may demand; the record still verifies',
    },
    args: {
      article: {
        type: 'positional',
        required: true,
        description: 'The article’s id, or its address /section/…',
      },
      version: { type: 'positional', required: true, description: 'The number of the version' },
      reason: {
        type: 'string',
        required: true,
        description: 'Why, in public: it stands in the record from now on',
      },
      json: { type: 'boolean', description: 'Print the outcome as JSON' },
    },
    run: async ({ args }) => {
      const version = Number(args.version);
      if (!Number.isSafeInteger(version) || version < 1)
        throw new Problem('invalid', `${args.version} is not the number of a version.`, 'Give 1, 2, …');
      const { db, origin, close } = await open();
      try {
        await ensureRecordKey(db, origin);
        const { article, reason } = args;
        const now = systemClock.now();
        const done = await db.write((tx) => eraseVersion(tx, { article, version, reason, now }));
        if (args.json === true) console.log(JSON.stringify(done));
        else if (done.erased)
          console.log(`Leaf ${done.leafIndex} of the record is erased; the record still verifies.`);
        else console.log(`Leaf ${done.leafIndex} of the record had been erased before.`);
      } finally {
        await close();
      }
    },
  });
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

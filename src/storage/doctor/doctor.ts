import { type Clock, systemClock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Db } from '../db.ts';
import type { Blobs } from '../files/blobs.ts';
import { examineDatabase } from './database.ts';
import { broken, type Finding } from './finding.ts';
import { examineMachine } from './machine.ts';
import { examineMedia } from './media.ts';

export type { Finding } from './finding.ts';

export type DoctorOptions = {
  readonly dataFolder: string;
  /** Opens the database as it is, without changing its tables. */
  readonly openDb: () => Promise<Db>;
  readonly openBlobs: () => Blobs;
  /** Read every media file and compare its digest; otherwise a sample is looked for. */
  readonly full: boolean;
  readonly clock?: Clock;
};

/** Looks at everything that storage rests on and says of each thing how it is. What cannot be looked at is broken, not an exception. */
export async function examine(options: DoctorOptions): Promise<Finding[]> {
  const now = (options.clock ?? systemClock).now();
  const findings = await examineMachine(options.dataFolder);
  let db: Db;
  try {
    db = await options.openDb();
  } catch (cause) {
    return [...findings, unreadable('database', cause)];
  }
  try {
    findings.push(...(await guarded('database', () => examineDatabase(db, now))));
    if (!findings.some((finding) => finding.check === 'migrations' && finding.state === 'broken')) {
      const media = async (): Promise<Finding[]> => [
        await examineMedia({ db, blobs: options.openBlobs() }, { full: options.full }),
      ];
      findings.push(...(await guarded('media', media)));
    }
  } finally {
    await db.close();
  }
  return findings;
}

async function guarded(check: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (cause) {
    return [unreadable(check, cause)];
  }
}

function unreadable(check: string, cause: unknown): Finding {
  const message = cause instanceof Error ? cause.message : String(cause);
  return broken(check, {
    message: `cannot be read: ${message}`,
    todo:
      (cause instanceof Problem ? cause.help : undefined) ??
      'Look into the message; a backup can be restored with dateline restore.',
  });
}

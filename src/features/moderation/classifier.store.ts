import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { type Model, newModel, packModel, unpackNumbers } from './classifier/model.ts';
import { type Calibration, plainCalibration, type Trial, WINDOW } from './classifier/trials.ts';

export type KeptModel = {
  readonly model: Model;
  readonly calibration: Calibration;
  readonly version: number;
};

/** The version of the kept model: 0 before it has learned anything. */
export async function modelVersion(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('moderation_models')
    .select('row_version')
    .where('id', '=', 1)
    .executeTakeFirst();
  return Number(row?.row_version ?? 0);
}

export async function readModel(db: Reader): Promise<KeptModel> {
  const row = await db.selectFrom('moderation_models').selectAll().where('id', '=', 1).executeTakeFirst();
  if (row === undefined) return { model: newModel(), calibration: plainCalibration, version: 0 };
  return {
    model: {
      weights: unpackNumbers(row.weights),
      sums: unpackNumbers(row.sums),
      bias: Number(row.bias),
      biasSum: Number(row.bias_sum),
      examples: Number(row.examples),
    },
    calibration: { slope: Number(row.slope), offset: Number(row.shift) },
    version: Number(row.row_version),
  };
}

export async function keepModel(tx: Tx, kept: KeptModel, at: Instant): Promise<void> {
  const { model, calibration, version } = kept;
  const row = {
    ...packModel(model),
    bias: model.bias,
    bias_sum: model.biasSum,
    examples: model.examples,
    slope: calibration.slope,
    shift: calibration.offset,
    row_version: version,
    updated_at: at,
  };
  await tx
    .insertInto('moderation_models')
    .values({ ...row, id: 1 })
    .onConflict((oc) => oc.column('id').doUpdateSet(row))
    .execute();
}

/** Forgets everything that was learned. */
export async function dropModel(tx: Tx): Promise<void> {
  await tx.deleteFrom('moderation_models').execute();
  await tx.deleteFrom('moderation_trials').execute();
}

export async function insertTrial(tx: Tx, trial: Trial & { commentId: string; at: Instant }): Promise<void> {
  await tx
    .insertInto('moderation_trials')
    .values({
      id: newId(),
      comment_id: trial.commentId,
      score: trial.score,
      probability: trial.probability,
      trouble: trial.trouble ? 1 : 0,
      created_at: trial.at,
    })
    .execute();
}

/** A decision that was overturned: the trial's truth turns round. The trial's label before, where there was one. */
export async function turnTrial(tx: Tx, commentId: string, trouble: boolean): Promise<boolean | undefined> {
  const row = await tx
    .selectFrom('moderation_trials')
    .select(['id', 'trouble'])
    .where('comment_id', '=', commentId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await tx
    .updateTable('moderation_trials')
    .set({ trouble: trouble ? 1 : 0 })
    .where('id', '=', row.id)
    .execute();
  return row.trouble === 1;
}

/** The newest trials, oldest first. */
export async function newestTrials(db: Reader): Promise<Trial[]> {
  const rows = await db
    .selectFrom('moderation_trials')
    .select(['score', 'probability', 'trouble'])
    .orderBy('id', 'desc')
    .limit(WINDOW)
    .execute();
  return rows.reverse().map((row) => ({
    score: Number(row.score),
    probability: Number(row.probability),
    trouble: row.trouble === 1,
  }));
}

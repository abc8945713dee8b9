import type { Clock } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import { type CommentDoc, commentLinks, commentText } from '../../contract/comment-doc.ts';
import { MODERATION_DECIDED } from '../../contract/events.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import type { OutboxEvent, Subscriber } from '../../storage/outbox.ts';
import { featuresOf } from './classifier/features.ts';
import { learn, type Model, type Reason, reasonsOf, scoreOf } from './classifier/model.ts';
import { calibrate, calibrated, type Measured, measure, passes } from './classifier/trials.ts';
import {
  insertTrial,
  keepModel,
  type KeptModel,
  modelVersion,
  newestTrials,
  readModel,
  turnTrial,
} from './classifier.store.ts';
import { rulebook } from './rules.views.ts';
import { linksOf } from './text/links.ts';

type Ready = KeptModel & { readonly measured: Measured; readonly mayAct: boolean; readonly rules: number };
const ready = new WeakMap<Reader, Ready>();

/** The model as it is kept, measured against the site's threshold and bar; read again only when it has learned. */
export async function readyModel(db: Reader): Promise<Ready> {
  const version = await modelVersion(db);
  const { site, version: rules } = await rulebook(db);
  const known = ready.get(db);
  if (known?.version === version && known.rules === rules) return known;
  const kept = await readModel(db);
  const measured = measure(await newestTrials(db), site.learned.threshold);
  const made = { ...kept, measured, mayAct: passes(measured, site.learned.bar), rules };
  ready.set(db, made);
  return made;
}

export type Said = {
  readonly probability: number;
  readonly reasons: readonly Reason[];
  /** Its measured precision is at the bar. */
  readonly mayAct: boolean;
};

/** What the classifier says of a text; undefined before it has learned anything. */
export async function saidOf(
  db: Reader,
  { text, links }: { text: string; links: number },
): Promise<Said | undefined> {
  const { model, calibration, mayAct } = await readyModel(db);
  if (model.examples === 0) return undefined;
  const features = featuresOf(text, links);
  return {
    probability: calibrated(scoreOf(model, features), calibration),
    reasons: reasonsOf(model, features, 6),
    mayAct,
  };
}

/** What moderation decided by hand, for the classifier. */
type Lesson = { readonly commentId: string; readonly trouble: boolean };

/**
 * Learns from decisions of people, each once, in the order in which they were made: first it says what it would have said, then it is told. A
 * decision that another person overturned is learned the other way round.
 */
export function learningSubscriber(db: Db, clock: Clock): Subscriber {
  return {
    name: 'moderation learning',
    durable: true,
    handle: async (events) => {
      const lessons = events.flatMap(lessonOf);
      if (lessons.length > 0) await db.write((tx) => learnAll(tx, lessons, clock));
    },
  };
}

function lessonOf(event: OutboxEvent): Lesson[] {
  if (event.topic !== MODERATION_DECIDED) return [];
  const { commentId, lesson } = event.payload as { commentId?: string; lesson?: 'trouble' | 'fine' };
  return commentId === undefined || lesson === undefined
    ? []
    : [{ commentId, trouble: lesson === 'trouble' }];
}

async function learnAll(tx: Tx, lessons: readonly Lesson[], clock: Clock): Promise<void> {
  const at = clock.now();
  const kept = await readModel(tx);
  const { model } = kept;
  for (const { commentId, trouble } of lessons) {
    const text = await textOf(tx, commentId);
    if (text === undefined) continue;
    const features = featuresOf(text.text, text.links);
    const before = await turnTrial(tx, commentId, trouble);
    if (before === trouble) continue;
    if (before === undefined) {
      const score = scoreOf(model, features);
      await insertTrial(tx, {
        commentId,
        score,
        probability: calibrated(score, kept.calibration),
        trouble,
        at,
      });
    }
    learn(model, features, trouble);
    // Once more against what was wrongly learned.
    if (before !== undefined) learn(model, features, trouble);
  }
  await keepModel(
    tx,
    { model, calibration: calibrate(await newestTrials(tx)), version: kept.version + 1 },
    at,
  );
}

async function textOf(db: Reader, commentId: string): Promise<{ text: string; links: number } | undefined> {
  const row = await db
    .selectFrom('comments')
    .select(['body', 'state'])
    .where('id', '=', commentId)
    .executeTakeFirst();
  if (row === undefined || row.state === 'deleted') return undefined;
  const body = fromJson(row.body) as CommentDoc;
  const text = commentText(body, { own: true });
  return { text, links: linksOf(text, commentLinks(body)).length };
}

/** The strongest words of a model among those of recent decisions, for the page that shows what it has learned. */
export async function strongestWords(
  db: Reader,
  model: Model,
): Promise<{ trouble: Reason[]; fine: Reason[] }> {
  const rows = await db
    .selectFrom('moderation_trials')
    .innerJoin('comments', 'comments.id', 'moderation_trials.comment_id')
    .select('comments.body')
    .where('comments.state', '!=', 'deleted')
    .orderBy('moderation_trials.id', 'desc')
    .limit(200)
    .execute();
  const weights = new Map<string, number>();
  for (const row of rows)
    for (const { at, name } of featuresOf(commentText(fromJson(row.body) as CommentDoc, { own: true }), 0))
      if (!name.startsWith('…')) weights.set(name, model.weights[at] ?? 0);
  const sorted = [...weights].map(([name, weight]) => ({ name, weight })).sort((a, b) => b.weight - a.weight);
  return {
    trouble: sorted.filter(({ weight }) => weight > 0.05).slice(0, 20),
    fine: sorted
      .reverse()
      .filter(({ weight }) => weight < -0.05)
      .slice(0, 20),
  };
}

import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { commentText } from '../../contract/comment-doc.ts';
import type { Verdict } from '../../contract/comments.ts';
import { MODERATION_ASKED, MODERATION_QUEUED } from '../../contract/events.ts';
import type { Finding, ModerationSettings } from '../../contract/moderation.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import type { Draft, Moderator } from '../discussion/discussion.ts';
import { discussionStatus } from '../discussion/status.views.ts';
import { insertDecision, movePersonCounts } from './decisions.store.ts';
import { gather, type Gathered, sanctionOn } from './gather.ts';
import { guestKey, userKey } from './people.ts';
import { judge, type Judgement } from './pipeline.ts';
import { enterQueue, leaveQueues } from './queue.store.ts';
import { rulebook, settingsUnder } from './rules.views.ts';
import { insertServiceCall } from './service.store.ts';
import { keepSketch } from './sketches.store.ts';
import { currentStandards } from './standards.views.ts';
import { plainWords } from './text/shingles.ts';
import { makeWay } from './under-way.ts';

type Kept = { readonly judgement: Judgement; readonly gathered: Gathered };

/** The site's moderator: takes a draft through the phases, and writes down what came of it. */
export function makeModerator(house: { readonly db: Pick<Db, 'dialect'>; readonly clock: Clock }): Moderator {
  // What `review` found, for `decided` in the transaction that follows it.
  const kept = new WeakMap<Draft, Kept>();
  const way = makeWay();
  return {
    review: async (db, draft) => {
      const settings = await settingsOf(db, draft);
      const { book } = await rulebook(db.read);
      const gathered = await gather(db, draft, { hours: settings.repeats.hours, way });
      const judgement = judge(gathered.subject, { settings, rules: book });
      kept.set(draft, { judgement, gathered });
      await refuse(db, judgement.decisive, gathered.authorKey, draft);
      return verdictOf(judgement);
    },
    decided: (tx, { commentId, draft, verdict }) => {
      way.written(draft, commentId);
      return writeDown(tx, house.db, { commentId, draft, verdict, kept: kept.get(draft) });
    },
    ended: (draft) => way.leave(draft),
  };
}

/** What holds under the article of a draft, with what was set on its thread by hand. */
async function settingsOf(db: Pick<Db, 'read'>, draft: Draft): Promise<ModerationSettings> {
  const status = await discussionStatus(db.read, draft.articleId, draft.at);
  const settings = await settingsUnder(db.read, {
    articleId: draft.articleId,
    section: status?.section,
    storylines: status?.storylines ?? [],
  });
  if (status === undefined) return settings;
  return {
    ...settings,
    premoderation: { on: settings.premoderation.on || status.premoderated },
    slowMode: { seconds: Math.max(settings.slowMode.seconds, status.slowSeconds) },
  };
}

/** Who may not write at all is told so, and why; nothing is stored. @throws Problem `forbidden`, `rate-limited` */
async function refuse(
  db: Pick<Db, 'read'>,
  decisive: Finding | undefined,
  authorKey: string,
  draft: Draft,
): Promise<void> {
  if (decisive?.phase === 'standing') {
    const sanction = await sanctionOn(db.read, { authorKey, at: draft.at });
    const until = sanction?.until;
    throw new Problem(
      'forbidden',
      until === null || until === undefined
        ? 'This account may not comment here any more.'
        : `This account may not comment here until ${until.slice(0, 16).replace('T', ' ')} UTC.`,
      sanction === undefined || sanction.reason === ''
        ? 'Your account page says why, and how to appeal.'
        : `The reason: ${sanction.reason} Your account page says how to appeal.`,
    );
  }
  if (decisive?.phase === 'slow-mode') {
    const wait = Number(decisive.facts['wait'] ?? 1);
    throw new Problem(
      'rate-limited',
      `This discussion is in slow mode: one comment every ${decisive.facts['seconds']} s.`,
      `Your next can be posted in ${wait} s.`,
      { retryAfter: wait },
    );
  }
}

export function verdictOf({ outcome, decisive }: Judgement): Verdict {
  if (decisive === undefined) return { action: 'publish', phase: 'none', rule: 'none', matched: [] };
  return {
    action: outcome,
    phase: decisive.phase,
    rule: decisive.rule,
    matched: [...decisive.matched],
    ...(decisive.standard === null ? {} : { standard: decisive.standard }),
  };
}

async function writeDown(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  given: { commentId: string; draft: Draft; verdict: Verdict; kept: Kept | undefined },
): Promise<void> {
  const { commentId, draft, verdict, kept } = given;
  const { writer, articleId, at } = draft;
  const authorKey = writer.kind === 'account' ? userKey(writer.userId) : guestKey(writer.email);
  const findings = kept?.judgement.findings ?? [];
  const standards = verdict.standard === undefined ? undefined : await currentStandards(tx);
  await insertDecision(tx, {
    comment_id: commentId,
    article_id: articleId,
    author_key: authorKey,
    user_id: writer.kind === 'account' ? writer.userId : null,
    action: verdict.action,
    was: draft.edits === undefined ? null : 'edited',
    phase: verdict.phase,
    rule_id: verdict.rule,
    matched: verdict.matched,
    findings,
    standard_version: standards?.version ?? null,
    standard_paragraph: verdict.standard ?? null,
    message: verdict.message ?? '',
    automated: true,
    detected: 'rule',
    language: draft.language,
    created_at: at,
  });
  const words = kept?.gathered.words ?? plainWords(commentText(draft.body, { own: true }));
  await keepSketch(tx, { commentId, authorKey, articleId, words, at });
  const isNew = draft.edits === undefined;
  await movePersonCounts(tx, authorKey, {
    at,
    ...(isNew ? { comments: 1 } : {}),
    ...(isNew && verdict.action === 'publish' ? { approved: 1 } : {}),
    ...(isNew && verdict.action === 'hold' ? { held: 1 } : {}),
    ...(isNew && verdict.action === 'reject' ? { rejected: 1 } : {}),
  });
  const staff = writer.kind === 'account' && writer.role !== 'reader';
  if (!isNew && verdict.action !== 'publish') await leaveQueues(tx, commentId, { except: ['reported'] });
  const queue =
    verdict.action === 'hold' ? 'pending' : verdict.action === 'publish' && !staff ? 'new' : undefined;
  const entered = queue !== undefined && (await enterQueue(tx, { queue, commentId, articleId, at }));
  const asks = verdict.action !== 'reject' && findings.some(({ phase }) => phase === 'service');
  if (asks) await insertServiceCall(tx, { commentId, at });
  await appendEvents(db, tx, [
    ...(entered ? [{ topic: MODERATION_QUEUED, payload: { queue, commentId, articleId } }] : []),
    ...(asks ? [{ topic: MODERATION_ASKED, payload: { commentId } }] : []),
  ]);
}

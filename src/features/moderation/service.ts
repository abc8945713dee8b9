import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fromJson } from '../../base/json.ts';
import type { Outbound } from '../../base/outbound.ts';
import { Problem } from '../../base/problem.ts';
import { type CommentDoc, commentText } from '../../contract/comment-doc.ts';
import type { Verdict } from '../../contract/comments.ts';
import { MODERATION_DECIDED } from '../../contract/events.ts';
import type { Finding, ModerationSettings } from '../../contract/moderation.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';
import { changeState } from '../discussion/discussion.ts';
import { type Breaker, makeBreaker } from './breaker.ts';
import { countsBetween } from './decide.ts';
import { commentRow, type CommentRow, type ModerationRoom } from './room.ts';
import { insertDecision, lastDecision, movePersonCounts } from './decisions.store.ts';
import { authorKeyOf } from './people.ts';
import { enterQueue, leaveQueues } from './queue.store.ts';
import { siteModeration } from './rules.views.ts';
import { endServiceCall } from './service.store.ts';
import { currentStandards } from './standards.views.ts';
import { tellAuthor } from './tell.ts';

const SECRET = 'moderation.service-secret';

/** What the service answers. Anything else is no answer. */
const Answer = z.object({
  verdict: z.enum(['publish', 'hold', 'reject']),
  rule: z.string().max(200).default(''),
  matched: z.array(z.string().max(200)).max(50).default([]),
  standard: z.string().max(40).optional(),
  message: z.string().max(1000).default(''),
});
type Answer = z.infer<typeof Answer>;

/** Sets a new secret for the signature and gives it, this once. */
export async function renewServiceSecret(tx: Tx): Promise<string> {
  const secret = `whsec_${randomBytes(32).toString('base64url')}`;
  await writeSetting(tx, SECRET, secret);
  return secret;
}

export async function hasServiceSecret(db: Reader): Promise<boolean> {
  return (await readSetting<string>(db, SECRET)) !== undefined;
}

/** `Dateline-Signature: t=UNIX SECONDS,v1=HEX` with HMAC-SHA-256 over `t.body`. */
export function signatureOf(secret: string, { seconds, body }: { seconds: number; body: string }): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

/** Whether an answer bears the signature of the same secret over its own body: nobody between can put words into the service's mouth. */
function isSigned(secret: string, header: string | undefined, body: string): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '');
  if (match === null) return false;
  const wanted = signatureOf(secret, { seconds: Number(match[1]), body });
  return timingSafeEqual(Buffer.from(wanted), Buffer.from(`t=${match[1]},v1=${match[2]}`));
}

export type ServiceRoom = ModerationRoom & { readonly db: Db; readonly outbound: Outbound };
export type AskService = (commentId: string) => Promise<void>;

/**
 * Makes the way to ask the service about a comment and to act on what it says. Not answered in the time limit, or the breaker open: the stated
 * fallback. An answer counts once, and only while no person has decided.
 */
export function makeServiceAsker(room: ServiceRoom, breaker: Breaker = makeBreaker(room.clock)): AskService {
  return async (commentId) => {
    const { settings } = await siteModeration(room.db.read);
    const { service } = settings;
    const secret = await readSetting<string>(room.db.read, SECRET);
    const row = await commentRow(room.db.read, commentId);
    if (row === undefined) return;
    let answer: Answer | undefined;
    let failure = '';
    if (!service.enabled || service.url === '' || secret === undefined) failure = 'the service is not set up';
    else if (!breaker.mayTry()) failure = 'the service has failed several times in a row';
    else
      try {
        answer = await ask(room, { row, service, secret });
        breaker.succeeded();
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        breaker.failed();
        failure = cause.message;
      }
    await room.db.write((tx) => act(tx, room, { row, answer, failure, settings }));
  };
}

async function ask(
  room: ServiceRoom,
  { row, service, secret }: { row: CommentRow; service: ModerationSettings['service']; secret: string },
): Promise<Answer> {
  const seconds = Math.floor(Date.parse(room.clock.now()) / 1000);
  const body = JSON.stringify({
    type: 'comment.review',
    comment: {
      id: row.id,
      article: row.article_id,
      parent: row.parent_id,
      language: row.language,
      text: commentText(fromJson(row.body) as CommentDoc),
      createdAt: row.created_at,
    },
    // A pseudonym: who it is stays with the site.
    author: authorKeyOf(row).startsWith('guest:') ? { kind: 'guest' } : { kind: 'account', id: row.user_id },
  });
  const answer = await room.outbound.fetch(service.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'dateline-signature': signatureOf(secret, { seconds, body }),
      'dateline-delivery': row.id,
    },
    body,
    maxBytes: 64 * 1024,
    timeoutMs: service.timeoutMs,
  });
  const text = Buffer.from(answer.body).toString('utf8');
  if (answer.status !== 200)
    throw new Problem('unavailable', `The service answered with status ${answer.status}.`);
  if (!isSigned(secret, answer.headers['dateline-signature'], text))
    throw new Problem('unavailable', 'The service’s answer is not signed with the shared secret.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Problem('unavailable', 'The service’s answer is not JSON.', undefined, { cause });
  }
  const parsed = Answer.safeParse(json);
  if (!parsed.success) throw new Problem('unavailable', 'The service’s answer is not what was agreed.');
  return parsed.data;
}

type Outcome = {
  readonly row: CommentRow;
  readonly answer: Answer | undefined;
  readonly failure: string;
  readonly settings: ModerationSettings;
};

async function act(tx: Tx, room: ServiceRoom, { row, answer, failure, settings }: Outcome): Promise<void> {
  const at = room.clock.now();
  const commentId = row.id;
  const action = answer?.verdict ?? settings.service.fallback;
  const state = answer === undefined ? 'unanswered' : 'answered';
  if (!(await endServiceCall(tx, { commentId, state, outcome: failure || action, at }))) return;
  const now = await commentRow(tx, commentId);
  const last = await lastDecision(tx, commentId);
  // A person was faster, or its author took it back.
  if (now === undefined || now.state === 'deleted' || last?.decided_by != null) return;
  // Other phases hold it for reasons of their own: the service can only be stricter than they.
  const findings = fromJson(last?.findings ?? '[]') as Finding[];
  const othersHold = findings.some(({ phase, outcome }) => phase !== 'service' && outcome !== 'publish');
  if (action === 'publish' && othersHold) return;
  const to =
    action === 'publish'
      ? 'visible'
      : action === 'hold'
        ? 'held'
        : now.state === 'visible'
          ? 'removed'
          : 'rejected';
  const standards = await currentStandards(tx);
  const cited = answer?.standard ?? settings.service.standard;
  const standard =
    action === 'publish' ||
    cited === null ||
    !Object.values(standards.texts).some((list) => list.some(({ id }) => id === cited))
      ? null
      : cited;
  const rule =
    answer === undefined
      ? 'service.unanswered'
      : `service.said${answer.rule === '' ? '' : `:${answer.rule}`}`;
  const verdict: Verdict = {
    action,
    phase: 'service',
    rule,
    matched: answer?.matched ?? [],
    ...(standard === null ? {} : { standard }),
    ...(answer === undefined || answer.message === '' ? {} : { message: answer.message }),
  };
  const moved = await changeState(tx, room.db, {
    commentId,
    to,
    verdict: to === 'visible' ? null : verdict,
    at,
  });
  const authorKey = authorKeyOf(now);
  if (moved) await movePersonCounts(tx, authorKey, { at, ...countsBetween(now.state, to) });
  await leaveQueues(tx, commentId, { except: ['reported', 'appealed'] });
  const entry = { commentId, articleId: now.article_id, at };
  if (to === 'held') await enterQueue(tx, { queue: 'pending', ...entry });
  if (to === 'visible') await enterQueue(tx, { queue: 'new', ...entry });
  const decisionId = await insertDecision(tx, {
    comment_id: commentId,
    article_id: now.article_id,
    author_key: authorKey,
    user_id: now.user_id,
    action: to === 'removed' ? 'remove' : action,
    was: now.state,
    phase: 'service',
    rule_id: rule,
    matched: answer?.matched ?? [],
    findings,
    standard_version: standard === null ? null : standards.version,
    standard_paragraph: standard,
    facts: failure,
    message: answer?.message ?? '',
    automated: true,
    detected: 'rule',
    language: now.language ?? 'en',
    created_at: at,
  });
  await appendEvents(room.db, tx, [
    { topic: MODERATION_DECIDED, payload: { decisionId, commentId, articleId: now.article_id } },
  ]);
  if (moved && (to === 'removed' || to === 'rejected'))
    await tellAuthor(tx, room, { decisionId, comment: now });
}

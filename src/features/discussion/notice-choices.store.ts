import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';
import { type NoticeKind, noticeKinds } from '../../contract/comments.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';

/** The key that signs the addresses which end e-mails; made when the first is written. */
const KEY = 'discussion.notices-key';

/** What a person wants to be written to about; what was never chosen is wanted, but for what asks to be followed first. */
export async function noticeChoices(db: Reader, userId: string): Promise<Record<NoticeKind, boolean>> {
  const rows = await db
    .selectFrom('discussion_notice_choices')
    .select(['kind', 'wanted'])
    .where('user_id', '=', userId)
    .execute();
  const chosen = new Map(rows.map((row) => [row.kind, row.wanted === 1]));
  return Object.fromEntries(noticeKinds.map((kind) => [kind, chosen.get(kind) ?? true])) as Record<
    NoticeKind,
    boolean
  >;
}

export async function chooseNotices(
  tx: Tx,
  { userId, choices, at }: { userId: string; choices: Partial<Record<NoticeKind, boolean>>; at: Instant },
): Promise<void> {
  for (const kind of noticeKinds) {
    const wanted = choices[kind];
    if (wanted === undefined) continue;
    const row = { user_id: userId, kind, wanted: wanted ? (1 as const) : (0 as const), updated_at: at };
    await tx
      .insertInto('discussion_notice_choices')
      .values(row)
      .onConflict((oc) => oc.columns(['user_id', 'kind']).doUpdateSet({ wanted: row.wanted, updated_at: at }))
      .execute();
  }
}

/** The word in an address that ends e-mails of one kind to one person: `kind.person.signature`. */
export async function stopWord(
  tx: Tx,
  { userId, kind }: { userId: string; kind: NoticeKind },
): Promise<string> {
  let key = await readSetting<string>(tx, KEY);
  if (key === undefined) {
    key = randomBytes(32).toString('base64url');
    await writeSetting(tx, KEY, key);
  }
  return `${kind}.${userId}.${signature(key, kind, userId)}`;
}

/** Whose e-mails of which kind a word ends; undefined when it is none of ours. */
export async function readStopWord(
  db: Reader,
  word: string,
): Promise<{ userId: string; kind: NoticeKind } | undefined> {
  const [said, userId = '', signed = ''] = word.split('.');
  const kind = noticeKinds.find((known) => known === said);
  const key = await readSetting<string>(db, KEY);
  if (kind === undefined || key === undefined) return undefined;
  const wanted = Buffer.from(signature(key, kind, userId));
  const given = Buffer.from(signed);
  return wanted.length === given.length && timingSafeEqual(wanted, given) ? { userId, kind } : undefined;
}

function signature(key: string, kind: string, userId: string): string {
  return createHmac('sha256', key).update(`${kind}\n${userId}`).digest('base64url').slice(0, 32);
}

import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { defaultRules, type Finding } from '../../contract/desks.ts';
import type { Tx } from '../../storage/db.ts';
import type { PublishGate } from '../articles/articles.ts';
import { writeAudit } from '../audit/audit.ts';
import { clearTicks } from './desks.store.ts';
import { deskOf, type DeskView, peopleOf } from './desks.views.ts';
import { examine } from './facts.ts';
import { contentOf } from './work.views.ts';

/**
 * What stands before every publish, whatever door it comes through: the blocks of the article's desk. What an editor lets pass is
 * written into the audit log. An article of no desk meets remarks only, which stop nobody.
 */
export function publishGate(clock: Clock): PublishGate {
  return async (tx, items) => {
    const at = clock.now();
    for (const { row, revision, content, order } of items) {
      const desk = await deskOf(tx, row.desk);
      if (desk === undefined) continue;
      const found = await examine(tx, { articleId: row.id, revision, content, rules: desk.rules, at });
      await letPass(
        tx,
        { articleId: row.id, revision, blocks: blocksOf(found), by: order.by ?? null },
        order,
      );
    }
    const worked = items.filter(({ row }) => row.desk !== null).map(({ row }) => row.id);
    await clearTicks(tx, worked);
  };
}

export function blocksOf(found: readonly Finding[]): Finding[] {
  return found.filter((finding) => finding.level === 'block');
}

type Blocked = {
  readonly articleId: string;
  readonly revision: number;
  readonly blocks: readonly Finding[];
  readonly by: string | null;
};

/** Refuses what is blocked and not overridden. @throws Problem `conflict` that names every block, its place and how to mend it. */
export async function letPass(
  tx: Tx,
  { articleId, revision, blocks, by }: Blocked,
  { override }: { override?: { readonly why: string; readonly checks?: readonly string[] } },
): Promise<void> {
  // The embargo is a promise to others; no override lifts it.
  const passed = blocks.filter(
    (block) =>
      block.check !== 'embargo' &&
      override !== undefined &&
      (override.checks === undefined || override.checks.includes(block.check)),
  );
  const standing = blocks.filter((block) => !passed.includes(block));
  const [first] = standing;
  if (first !== undefined)
    throw new Problem(
      'conflict',
      standing.length === 1
        ? `A check of its desk stands before it: ${first.message}`
        : `${standing.length} checks of its desk stand before it. The first: ${first.message}`,
      first.mend,
      {
        fields: Object.fromEntries(
          standing.map((block) => [block.place?.pointer ?? `/${block.check}`, block.message]),
        ),
      },
    );
  if (passed.length === 0 || override === undefined) return;
  const person = (await peopleOf(tx, [by]))(by);
  await writeAudit(tx, {
    by: person === null ? null : { userId: person.id, name: person.name },
    action: 'article.override',
    object: { kind: 'article', id: articleId },
    details: {
      revision,
      why: override.why,
      checks: [...new Set(passed.map((block) => block.check))],
      findings: passed.map((block) => block.code),
    },
  });
}

/** Whether a revision may be scheduled: what would block it then blocks it now, so that nobody finds out at night. @throws Problem */
export async function checkSchedulable(
  tx: Tx,
  plan: {
    readonly row: { readonly id: string };
    readonly desk: DeskView | undefined;
    readonly revision: number;
    readonly at: string;
    readonly by: string;
    readonly override?: { readonly why: string; readonly checks: readonly string[] } | undefined;
  },
): Promise<void> {
  const { row, desk, revision, at, by, override } = plan;
  const content = await contentOf(tx, row.id, revision);
  const rules = desk?.rules ?? defaultRules;
  const found = await examine(tx, { articleId: row.id, revision, content, rules, at });
  await letPass(
    tx,
    { articleId: row.id, revision, blocks: blocksOf(found), by },
    override === undefined ? {} : { override },
  );
}

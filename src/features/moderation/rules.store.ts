import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { DomainRuleInput, Outcome, ScopeKind, WordRuleInput } from '../../contract/moderation.ts';
import type { Tx } from '../../storage/db.ts';

/** Tells every process that rules or settings are others now. */
export async function rulesChanged(tx: Tx): Promise<void> {
  await tx
    .insertInto('moderation_state')
    .values({ id: 1, rules_version: 1 })
    .onConflict((oc) =>
      oc.column('id').doUpdateSet((eb) => ({ rules_version: eb('moderation_state.rules_version', '+', 1) })),
    )
    .execute();
}

type Write = { readonly by: string | null; readonly at: Instant };

type RuleInput =
  | { readonly kind: 'words'; readonly rule: WordRuleInput }
  | { readonly kind: 'domain'; readonly rule: DomainRuleInput };

function columns(input: RuleInput): {
  kind: 'words' | 'domain';
  phrase: string;
  language: string | null;
  inflected: 0 | 1;
  action: Outcome;
  standard: string | null;
  enabled: 0 | 1;
  note: string;
} {
  const { standard, note } = input.rule;
  if (input.kind === 'domain')
    return {
      kind: 'domain',
      phrase: input.rule.domain,
      language: null,
      inflected: 0,
      action: input.rule.action,
      standard,
      enabled: 1,
      note,
    };
  const { phrase, language, inflected, action, enabled } = input.rule;
  return {
    kind: 'words',
    phrase,
    language,
    inflected: inflected ? 1 : 0,
    action,
    standard,
    enabled: enabled ? 1 : 0,
    note,
  };
}

export async function insertRule(tx: Tx, input: RuleInput, { by, at }: Write): Promise<string> {
  const id = newId();
  const row = { ...columns(input), id, created_by: by, created_at: at, updated_at: at };
  const made = await tx
    .insertInto('moderation_rules')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw new Problem('conflict', `There is a rule for ${row.phrase} already.`);
  await rulesChanged(tx);
  return id;
}

/** @throws Problem `not-found`, `precondition-failed` */
export async function updateRule(
  tx: Tx,
  input: RuleInput & { readonly id: string; readonly expected?: number | undefined },
  at: Instant,
): Promise<void> {
  const found = await tx
    .selectFrom('moderation_rules')
    .select('row_version')
    .where('id', '=', input.id)
    .where('kind', '=', input.kind)
    .executeTakeFirst();
  if (found === undefined) throw new Problem('not-found', `There is no rule ${input.id}.`);
  const version = input.expected ?? found.row_version;
  const done = await tx
    .updateTable('moderation_rules')
    .set((eb) => ({ ...columns(input), updated_at: at, row_version: eb('row_version', '+', 1) }))
    .where('id', '=', input.id)
    .where('row_version', '=', version)
    .returning('id')
    .executeTakeFirst();
  if (done === undefined)
    throw new Problem('precondition-failed', 'The rule has been changed meanwhile.', 'Read it again.');
  await rulesChanged(tx);
}

/** The phrase of the rule that went. @throws Problem `not-found` */
export async function deleteRule(tx: Tx, id: string): Promise<string> {
  const gone = await tx
    .deleteFrom('moderation_rules')
    .where('id', '=', id)
    .returning('phrase')
    .executeTakeFirst();
  if (gone === undefined) throw new Problem('not-found', `There is no rule ${id}.`);
  await rulesChanged(tx);
  return gone.phrase;
}

/** @throws Problem `precondition-failed` */
export async function putSettings(
  tx: Tx,
  scope: { kind: ScopeKind; id: string; settings: unknown; expected?: number | undefined },
  { by, at }: Write,
): Promise<void> {
  const found = await tx
    .selectFrom('moderation_settings')
    .select('row_version')
    .where('scope_kind', '=', scope.kind)
    .where('scope_id', '=', scope.id)
    .executeTakeFirst();
  const known = found?.row_version ?? 0;
  if (scope.expected !== undefined && scope.expected !== known)
    throw new Problem('precondition-failed', 'The settings have been changed meanwhile.', 'Read them again.');
  const row = { settings: toJson(scope.settings), updated_by: by, updated_at: at, row_version: known + 1 };
  await tx
    .insertInto('moderation_settings')
    .values({ ...row, scope_kind: scope.kind, scope_id: scope.id })
    .onConflict((oc) => oc.columns(['scope_kind', 'scope_id']).doUpdateSet(row))
    .execute();
  await rulesChanged(tx);
}

/** Whether there was an override. */
export async function dropSettings(tx: Tx, scope: { kind: ScopeKind; id: string }): Promise<boolean> {
  const gone = await tx
    .deleteFrom('moderation_settings')
    .where('scope_kind', '=', scope.kind)
    .where('scope_id', '=', scope.id)
    .returning('scope_id')
    .executeTakeFirst();
  await rulesChanged(tx);
  return gone !== undefined;
}

import { fromJson } from '../../base/json.ts';
import {
  defaultModeration,
  type DomainRule,
  mergeSettings,
  type ModerationOverride,
  ModerationSettings,
  type ScopeKind,
  type WordRule,
} from '../../contract/moderation.ts';
import type { Reader } from '../../storage/db.ts';
import type { Rulebook } from './phases/phase.ts';
import { makeMatcher } from './text/match.ts';

type RuleRow = Awaited<ReturnType<typeof ruleRows>>[number];

async function ruleRows(db: Reader, kind: 'words' | 'domain') {
  return db
    .selectFrom('moderation_rules')
    .selectAll()
    .where('kind', '=', kind)
    .orderBy('phrase')
    .orderBy('id')
    .execute();
}

type Stamped<T> = T & { readonly rowVersion: number; readonly updatedAt: string };

export async function wordRules(db: Reader): Promise<Stamped<WordRule>[]> {
  return (await ruleRows(db, 'words')).map((row) => ({ ...wordRuleOf(row), ...stampOf(row) }));
}

export async function domainRules(db: Reader): Promise<Stamped<DomainRule>[]> {
  return (await ruleRows(db, 'domain')).map((row) => ({ ...domainRuleOf(row), ...stampOf(row) }));
}

function stampOf(row: RuleRow): { rowVersion: number; updatedAt: string } {
  return { rowVersion: Number(row.row_version), updatedAt: row.updated_at };
}

function wordRuleOf(row: RuleRow): WordRule {
  return {
    id: row.id,
    phrase: row.phrase,
    language: row.language,
    inflected: row.inflected === 1,
    action: row.action === 'reject' ? 'reject' : 'hold',
    standard: row.standard,
    enabled: row.enabled === 1,
    note: row.note,
  };
}

function domainRuleOf(row: RuleRow): DomainRule {
  return { id: row.id, domain: row.phrase, action: row.action, standard: row.standard, note: row.note };
}

type Kept = {
  readonly version: number;
  readonly book: Rulebook;
  readonly site: ModerationSettings;
};
const kept = new WeakMap<Reader, Kept>();

/** The rules and the site's settings, made ready once for each version of them. */
export async function rulebook(db: Reader): Promise<Kept> {
  const state = await db.selectFrom('moderation_state').select('rules_version').executeTakeFirst();
  const version = Number(state?.rules_version ?? 0);
  const known = kept.get(db);
  if (known?.version === version) return known;
  const made: Kept = {
    version,
    book: { words: makeMatcher(await wordRules(db)), domains: await domainRules(db) },
    site: (await siteModeration(db)).settings,
  };
  kept.set(db, made);
  return made;
}

/** The site's settings and the version of their row; 0 before anyone has set them. */
export async function siteModeration(
  db: Reader,
): Promise<{ settings: ModerationSettings; rowVersion: number }> {
  const row = await settingsRow(db, { kind: 'site', id: '' });
  if (row === undefined) return { settings: defaultModeration, rowVersion: 0 };
  // What an older version has stored may lack members.
  return { settings: ModerationSettings.parse(fromJson(row.settings)), rowVersion: Number(row.row_version) };
}

export async function overrideOf(
  db: Reader,
  scope: { kind: ScopeKind; id: string },
): Promise<{ settings: ModerationOverride; rowVersion: number } | undefined> {
  const row = await settingsRow(db, scope);
  if (row === undefined) return undefined;
  return { settings: fromJson(row.settings) as ModerationOverride, rowVersion: Number(row.row_version) };
}

async function settingsRow(db: Reader, scope: { kind: ScopeKind; id: string }) {
  return db
    .selectFrom('moderation_settings')
    .selectAll()
    .where('scope_kind', '=', scope.kind)
    .where('scope_id', '=', scope.id)
    .executeTakeFirst();
}

export async function overrides(
  db: Reader,
): Promise<{ kind: ScopeKind; id: string; settings: ModerationOverride; updatedAt: string }[]> {
  const rows = await db
    .selectFrom('moderation_settings')
    .selectAll()
    .where('scope_kind', '!=', 'site')
    .orderBy('scope_kind')
    .orderBy('scope_id')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    kind: row.scope_kind,
    id: row.scope_id,
    settings: fromJson(row.settings) as ModerationOverride,
    updatedAt: row.updated_at,
  }));
}

/** What holds under an article: the site's settings under its section's, its storylines' and its own. */
export async function settingsUnder(
  db: Reader,
  article: { articleId: string; section?: string | undefined; storylines: readonly string[] },
): Promise<ModerationSettings> {
  const { site } = await rulebook(db);
  const scopes: { kind: ScopeKind; id: string }[] = [
    ...(article.section === undefined ? [] : [{ kind: 'section' as const, id: article.section }]),
    ...article.storylines.map((id) => ({ kind: 'storyline' as const, id })),
    { kind: 'article', id: article.articleId },
  ];
  const rows = await db
    .selectFrom('moderation_settings')
    .select(['scope_kind', 'scope_id', 'settings'])
    .where(
      'scope_id',
      'in',
      scopes.map(({ id }) => id),
    )
    .execute();
  const found = scopes.flatMap(({ kind, id }) =>
    rows
      .filter((row) => row.scope_kind === kind && row.scope_id === id)
      .map((row) => fromJson(row.settings) as ModerationOverride),
  );
  return mergeSettings(site, found);
}

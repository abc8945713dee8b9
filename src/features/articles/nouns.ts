import type { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { unsoundText } from '../../base/storable.ts';
import { AuthorInput, SectionInput, SourceInput } from '../../contract/nouns.ts';
import type { Db, Tx } from '../../storage/db.ts';
import {
  checkRowVersion,
  freeSlug,
  insertAuthor,
  insertSection,
  insertSource,
  nounChanged,
  updateAuthor,
  updateSection,
  updateSource,
} from './nouns.store.ts';

/** What changing a noun needs. */
export type NounContext = { readonly db: Pick<Db, 'dialect'>; readonly clock: Clock };
/** Which row to change, and from which state of it. */
export type Target = { readonly id: string; readonly expected?: number };

/** Parses an input of a noun. @throws Problem `invalid` with every faulty field. */
export function parseNoun<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    checkSound(parsed.data);
    return parsed.data;
  }
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [`/${issue.path.join('/')}`, issue.message]),
  );
  const [first] = parsed.error.issues;
  throw new Problem(
    'invalid',
    `${first?.path.join('.') || 'The input'} is not valid: ${first?.message ?? ''}.`,
    undefined,
    { fields },
  );
}

/** Refuses text that a database would choke on. @throws Problem `invalid` with the field. */
export function checkSound(input: unknown): void {
  const at = unsoundText(input);
  if (at === undefined) return;
  throw new Problem('invalid', `The text at ${at} holds a NUL or half a character.`, 'Take it out.', {
    fields: { [at]: 'holds a NUL or half a character' },
  });
}

export async function createSection(tx: Tx, context: NounContext, input: SectionInput): Promise<string> {
  const section = parseNoun(SectionInput, input);
  const id = newId();
  const now = context.clock.now();
  const slug = await freeSlug(tx, { table: 'sections', wish: section.slug, name: section.name });
  await insertSection(tx, { id, slug, ...sectionColumns(section), created_at: now, updated_at: now });
  await nounChanged(context.db, tx, { noun: 'section', id });
  return id;
}

export async function changeSection(
  tx: Tx,
  context: NounContext,
  change: Target & { input: SectionInput },
): Promise<void> {
  const row = await tx.selectFrom('sections').selectAll().where('id', '=', change.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no section ${change.id}.`);
  checkRowVersion(row, change.expected);
  const section = parseNoun(SectionInput, change.input);
  const slug = await freeSlug(tx, {
    table: 'sections',
    wish: section.slug ?? row.slug,
    name: section.name,
    ownId: row.id,
  });
  await updateSection(tx, row.id, {
    slug,
    ...sectionColumns(section),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await nounChanged(context.db, tx, { noun: 'section', id: row.id });
}

function sectionColumns(section: z.output<typeof SectionInput>) {
  return {
    name: section.name,
    names: toJson(section.names),
    description: section.description,
    position: section.position,
    listed: section.listed ? (1 as const) : (0 as const),
  };
}

export async function createAuthor(tx: Tx, context: NounContext, input: AuthorInput): Promise<string> {
  const author = parseNoun(AuthorInput, input);
  const id = newId();
  const now = context.clock.now();
  const slug = await freeSlug(tx, { table: 'authors', wish: author.slug, name: author.name });
  await insertAuthor(tx, { id, slug, ...authorColumns(author), created_at: now, updated_at: now });
  await nounChanged(context.db, tx, { noun: 'author', id });
  return id;
}

export async function changeAuthor(
  tx: Tx,
  context: NounContext,
  change: Target & { input: AuthorInput },
): Promise<void> {
  const row = await tx.selectFrom('authors').selectAll().where('id', '=', change.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no author ${change.id}.`);
  checkRowVersion(row, change.expected);
  const author = parseNoun(AuthorInput, change.input);
  const slug = await freeSlug(tx, {
    table: 'authors',
    wish: author.slug ?? row.slug,
    name: author.name,
    ownId: row.id,
  });
  await updateAuthor(tx, row.id, {
    slug,
    ...authorColumns(author),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await nounChanged(context.db, tx, { noun: 'author', id: row.id });
}

function authorColumns(author: z.output<typeof AuthorInput>) {
  return {
    name: author.name,
    names: toJson(author.names),
    bio: author.bio,
    role_title: author.roleTitle,
    email: author.email,
    guest: author.guest ? (1 as const) : (0 as const),
    asset_id: author.asset,
  };
}

export async function createSource(tx: Tx, context: NounContext, input: SourceInput): Promise<string> {
  const source = parseNoun(SourceInput, input);
  await checkCode(tx, source.code);
  const id = newId();
  const now = context.clock.now();
  await insertSource(tx, { id, ...source, created_at: now, updated_at: now });
  await nounChanged(context.db, tx, { noun: 'source', id });
  return id;
}

export async function changeSource(
  tx: Tx,
  context: NounContext,
  change: Target & { input: SourceInput },
): Promise<void> {
  const row = await tx.selectFrom('sources').selectAll().where('id', '=', change.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no source ${change.id}.`);
  checkRowVersion(row, change.expected);
  const source = parseNoun(SourceInput, change.input);
  if (source.code !== row.code) await checkCode(tx, source.code);
  await updateSource(tx, row.id, {
    ...source,
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await nounChanged(context.db, tx, { noun: 'source', id: row.id });
}

async function checkCode(tx: Tx, code: string): Promise<void> {
  const taken = await tx.selectFrom('sources').select('id').where('code', '=', code).executeTakeFirst();
  if (taken !== undefined)
    throw new Problem('conflict', `The source code "${code}" is taken.`, undefined, {
      fields: { '/code': 'is taken' },
    });
}

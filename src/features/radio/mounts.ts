import type { z } from 'zod';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { EncoderInput, MountInput } from '../../contract/radio.ts';
import type { Tx } from '../../storage/db.ts';
import { checkRowVersion, type NounContext, parseNoun, type Target } from '../articles/articles.ts';
import { deleteSource, insertMount, insertSource, radioChanged, updateMount } from './mounts.store.ts';
import { hashPassword, newPassword } from './source/password.ts';

export async function createMount(tx: Tx, context: NounContext, input: MountInput): Promise<string> {
  const mount = parseNoun(MountInput, input);
  await checkSlug(tx, mount.slug);
  const id = newId();
  const now = context.clock.now();
  await insertMount(tx, { id, ...columns(mount), created_at: now, updated_at: now });
  await radioChanged(context.db, tx, { what: 'mount', id });
  return id;
}

export async function changeMount(
  tx: Tx,
  context: NounContext,
  change: Target & { input: MountInput },
): Promise<void> {
  const row = await tx.selectFrom('radio_mounts').selectAll().where('id', '=', change.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no mount ${change.id}.`);
  checkRowVersion(row, change.expected);
  const mount = parseNoun(MountInput, change.input);
  if (mount.slug !== row.slug) await checkSlug(tx, mount.slug);
  if (mount.fallback.kind === 'mount' && mount.fallback.mount === row.id)
    throw new Problem('invalid', 'A mount cannot stand in for itself.', undefined, {
      fields: { '/fallback/mount': 'is this mount' },
    });
  await updateMount(tx, row.id, {
    ...columns(mount),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await radioChanged(context.db, tx, { what: 'mount', id: row.id });
}

function columns(mount: z.output<typeof MountInput>) {
  return {
    slug: mount.slug,
    name: mount.name,
    description: mount.description,
    position: mount.position,
    listed: mount.listed ? (1 as const) : (0 as const),
    relay_url: mount.relayUrl,
    fallback: toJson(mount.fallback),
    bit_rates: toJson([...new Set(mount.bitRates)].toSorted((a, b) => b - a)),
    keep_hours: mount.keepHours,
  };
}

async function checkSlug(tx: Tx, slug: string): Promise<void> {
  const taken = await tx.selectFrom('radio_mounts').select('id').where('slug', '=', slug).executeTakeFirst();
  if (taken === undefined) return;
  throw new Problem('conflict', `There is a mount /${slug} already.`, undefined, {
    fields: { '/slug': 'is taken' },
  });
}

export type NewEncoder = {
  readonly id: string;
  readonly username: string;
  readonly takesOver: boolean;
  /** Shown once; only its hash is kept. */
  readonly password: string;
};

/** A hash takes its time: made before the transaction, so that it holds nobody up. */
export async function prepareEncoder(
  input: z.input<typeof EncoderInput>,
): Promise<NewEncoder & { readonly hash: string }> {
  const encoder = parseNoun(EncoderInput, input);
  const password = encoder.password ?? newPassword();
  const { username, takesOver } = encoder;
  return { id: newId(), username, takesOver, password, hash: await hashPassword(password) };
}

/** Lets an encoder send to a mount. */
export async function addEncoder(
  tx: Tx,
  context: NounContext,
  given: { mountId: string; encoder: NewEncoder & { readonly hash: string } },
): Promise<void> {
  const { mountId, encoder } = given;
  const mount = await tx.selectFrom('radio_mounts').select('id').where('id', '=', mountId).executeTakeFirst();
  if (mount === undefined) throw new Problem('not-found', `There is no mount ${mountId}.`);
  const taken = await tx
    .selectFrom('radio_sources')
    .select('id')
    .where('mount_id', '=', mountId)
    .where('username', '=', encoder.username)
    .executeTakeFirst();
  if (taken !== undefined)
    throw new Problem(
      'conflict',
      `This mount has an encoder ${encoder.username} already.`,
      'Choose another name.',
      {
        fields: { '/username': 'is taken' },
      },
    );
  await insertSource(tx, {
    id: encoder.id,
    mount_id: mountId,
    username: encoder.username,
    password_hash: encoder.hash,
    takes_over: encoder.takesOver ? 1 : 0,
    created_at: context.clock.now(),
    last_used_at: null,
  });
  await radioChanged(context.db, tx, { what: 'mount', id: mountId });
}

/** Takes the right to send away; who is on the air with it stays until the connection ends. */
export async function removeEncoder(
  tx: Tx,
  context: NounContext,
  { mountId, id }: { mountId: string; id: string },
): Promise<void> {
  if (!(await deleteSource(tx, mountId, id))) throw new Problem('not-found', `There is no encoder ${id}.`);
  await radioChanged(context.db, tx, { what: 'mount', id: mountId });
}

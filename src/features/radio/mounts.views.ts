import { fromJson } from '../../base/json.ts';
import type { Reader } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import type { Fallback } from '../../storage/tables/radio.ts';
import type { MountConfig } from './air/mount.ts';
import type { StandInFile } from './air/stand-ins.ts';
import type { Slot } from './schedule/slots.ts';
import type { Credential } from './source/door.ts';
import type { Selectable } from 'kysely';

type MountRow = Selectable<Tables['radio_mounts']>;

function configOf(row: MountRow): MountConfig {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    listed: row.listed === 1,
    relayUrl: row.relay_url ?? undefined,
    fallback: fromJson<Fallback>(row.fallback as string),
    bitRates: fromJson<number[]>(row.bit_rates as string),
    keepHours: row.keep_hours,
  };
}

/** Every mount, in the house's order. */
export async function mountConfigs(db: Reader): Promise<MountConfig[]> {
  const rows = await db.selectFrom('radio_mounts').selectAll().orderBy('position').orderBy('id').execute();
  return rows.map(configOf);
}

export async function credentialsOf(db: Reader, mountId: string): Promise<Credential[]> {
  const rows = await db.selectFrom('radio_sources').selectAll().where('mount_id', '=', mountId).execute();
  return rows.map((row) => ({
    id: row.id,
    username: row.username,
    hash: row.password_hash,
    takesOver: row.takes_over === 1,
  }));
}

/** Files that may stand in, in the order asked for; those without bytes or withdrawn are left out. */
export async function standInFiles(db: Reader, assets: readonly string[]): Promise<StandInFile[]> {
  if (assets.length === 0) return [];
  const rows = await db
    .selectFrom('assets')
    .select(['id', 'digest', 'caption', 'file_name'])
    .where('id', 'in', [...assets])
    .where('kind', '=', 'audio')
    .where('withdrawn', '=', 0)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return assets.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined || row.digest === null) return [];
    return [{ digest: row.digest, title: row.caption === '' ? row.file_name : row.caption }];
  });
}

/** The whole weekly schedule and the single broadcasts. */
export async function allSlots(db: Reader): Promise<Slot[]> {
  const rows = await db
    .selectFrom('radio_slots')
    .innerJoin('radio_programmes', 'radio_programmes.id', 'radio_slots.programme_id')
    .selectAll('radio_slots')
    .where('radio_programmes.archived', '=', 0)
    .orderBy('radio_slots.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    programmeId: row.programme_id,
    mountId: row.mount_id,
    weekday: row.weekday ?? undefined,
    onDay: row.on_day ?? undefined,
    starts: row.starts,
    minutes: row.minutes,
    firstDay: row.first_day ?? undefined,
    lastDay: row.last_day ?? undefined,
  }));
}

export type MountState = {
  readonly mountId: string;
  readonly slug: string;
  readonly name: string;
  readonly origin: 'off' | 'encoder' | 'relay' | 'fallback';
  readonly title: string;
  readonly artist: string;
  readonly format: 'mp3' | 'aac' | 'opus' | undefined;
  readonly kbits: number | undefined;
  readonly listeners: number;
  readonly since: string | undefined;
};

/** What is on each listed mount, as the process that airs it last said. */
export async function mountStates(db: Reader): Promise<MountState[]> {
  const rows = await db
    .selectFrom('radio_mounts')
    .leftJoin('radio_states', 'radio_states.mount_id', 'radio_mounts.id')
    .select([
      'radio_mounts.id',
      'radio_mounts.slug',
      'radio_mounts.name',
      'radio_states.origin',
      'radio_states.title',
      'radio_states.artist',
      'radio_states.format',
      'radio_states.kbits',
      'radio_states.listeners',
      'radio_states.since',
    ])
    .where('radio_mounts.listed', '=', 1)
    .orderBy('radio_mounts.position')
    .orderBy('radio_mounts.id')
    .execute();
  return rows.map((row) => ({
    mountId: row.id,
    slug: row.slug,
    name: row.name,
    origin: row.origin ?? 'off',
    title: row.title ?? '',
    artist: row.artist ?? '',
    format: row.format ?? undefined,
    kbits: row.kbits ?? undefined,
    listeners: row.listeners ?? 0,
    since: row.since ?? undefined,
  }));
}

/** What is on the air, in one line: of the first mount that sends something. Undefined while none does. */
export async function onAirTitle(db: Reader): Promise<string | undefined> {
  const on = (await mountStates(db)).find(({ origin }) => origin !== 'off');
  if (on === undefined) return undefined;
  return [on.artist, on.title].filter((part) => part !== '').join(' – ') || on.name;
}

import { fromJson } from '../../base/json.ts';
import type { MountAnswer } from '../../contract/radio-answers.ts';
import type { Reader } from '../../storage/db.ts';
import type { Fallback } from '../../storage/tables/radio.ts';
import { type Asked, slugRange, stamped } from '../articles/nouns.newsroom.views.ts';

export type MountRecord = Omit<MountAnswer, 'path' | 'url'>;

/** Mounts by slug, with the encoders that may send to them. */
export async function mountRecords(db: Reader, asked: Asked): Promise<MountRecord[]> {
  const { above, from, to, limit } = slugRange(asked);
  const rows = await db
    .selectFrom('radio_mounts')
    .selectAll()
    .$if('id' in asked, (query) => query.where('id', '=', 'id' in asked ? asked.id : ''))
    .where('slug', '>', above)
    .where('slug', '>=', from)
    .where('slug', '<', to)
    .orderBy('slug')
    .limit(limit)
    .execute();
  const encoders =
    rows.length === 0
      ? []
      : await db
          .selectFrom('radio_sources')
          .select(['id', 'mount_id', 'username', 'takes_over', 'created_at'])
          .where(
            'mount_id',
            'in',
            rows.map(({ id }) => id),
          )
          .orderBy('username')
          .execute();
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    position: row.position,
    listed: row.listed === 1,
    relayUrl: row.relay_url,
    fallback: toInput(fromJson<Fallback>(row.fallback as string)),
    bitRates: fromJson<number[]>(row.bit_rates as string),
    keepHours: row.keep_hours,
    encoders: encoders
      .filter((encoder) => encoder.mount_id === row.id)
      .map((encoder) => ({
        id: encoder.id,
        username: encoder.username,
        takesOver: encoder.takes_over === 1,
        createdAt: encoder.created_at,
      })),
    ...stamped(row),
  }));
}

function toInput(fallback: Fallback): MountRecord['fallback'] {
  return fallback.kind === 'files' ? { kind: 'files', assets: [...fallback.assets] } : fallback;
}

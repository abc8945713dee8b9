import { fromJson } from '../../base/json.ts';
import type { Reader } from '../../storage/db.ts';
import type { Chapter } from '../../storage/tables/radio.ts';
import { type Asked, slugRange, stamped } from '../articles/nouns.newsroom.views.ts';
import { programmeOf } from './radio.views.ts';

/** Programmes by slug, archived ones included. */
export async function programmeRecords(db: Reader, asked: Asked) {
  const { above, from, to, limit } = slugRange(asked);
  const rows = await db
    .selectFrom('radio_programmes')
    .selectAll()
    .$if('id' in asked, (query) => query.where('id', '=', 'id' in asked ? asked.id : ''))
    .where('slug', '>', above)
    .where('slug', '>=', from)
    .where('slug', '<', to)
    .orderBy('slug')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const { asset, ownerEmail, hosts, ...programme } = programmeOf(row);
    return {
      ...programme,
      hosts: [...hosts],
      asset: asset ?? null,
      ownerEmail: ownerEmail ?? null,
      ...stamped(row),
    };
  });
}

/** The whole schedule; it is small enough to be one answer. */
export async function slotRecords(db: Reader, asked: { readonly id?: string } = {}) {
  const rows = await db
    .selectFrom('radio_slots')
    .selectAll()
    .$if(asked.id !== undefined, (query) => query.where('id', '=', asked.id ?? ''))
    .orderBy('weekday')
    .orderBy('on_day')
    .orderBy('starts')
    .orderBy('id')
    .limit(2000)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    programme: row.programme_id,
    mount: row.mount_id,
    weekday: row.weekday,
    onDay: row.on_day,
    starts: row.starts,
    minutes: row.minutes,
    firstDay: row.first_day,
    lastDay: row.last_day,
    ...stamped(row),
  }));
}

/** Marked moments of a mount, the newest first. */
export async function momentRecords(
  db: Reader,
  asked: { readonly mountId: string; readonly before: string | undefined; readonly limit: number },
) {
  const rows = await db
    .selectFrom('radio_moments')
    .selectAll()
    .where('mount_id', '=', asked.mountId)
    .$if(asked.before !== undefined, (query) => query.where('at', '<', asked.before ?? ''))
    .orderBy('at', 'desc')
    .limit(asked.limit)
    .execute();
  return rows.map((row) => ({ id: row.id, mount: row.mount_id, at: row.at, label: row.label }));
}

/** Episodes of every state, the newest first. */
export async function episodeRecords(
  db: Reader,
  asked: {
    readonly id?: string;
    readonly programmeId?: string;
    readonly before?: string;
    readonly limit: number;
  },
) {
  const rows = await db
    .selectFrom('radio_episodes')
    .innerJoin('radio_programmes', 'radio_programmes.id', 'radio_episodes.programme_id')
    .selectAll('radio_episodes')
    .select('radio_programmes.slug as programme_slug')
    .$if(asked.id !== undefined, (query) => query.where('radio_episodes.id', '=', asked.id ?? ''))
    .$if(asked.programmeId !== undefined, (query) =>
      query.where('radio_episodes.programme_id', '=', asked.programmeId ?? ''),
    )
    .$if(asked.before !== undefined, (query) => query.where('radio_episodes.id', '<', asked.before ?? ''))
    .orderBy('radio_episodes.id', 'desc')
    .limit(asked.limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    programme: row.programme_id,
    programmeSlug: row.programme_slug,
    slug: row.slug,
    title: row.title,
    description: row.description,
    state: row.state,
    publishedAt: row.published_at,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    digest: row.digest,
    mime: row.mime,
    bytes: row.bytes,
    durationMs: row.duration_ms,
    season: row.season,
    number: row.number,
    explicit: row.explicit === 1,
    asset: row.asset_id,
    chapters: fromJson<Chapter[]>(row.chapters as string),
    transcript: row.transcript_mime,
    ...stamped(row),
  }));
}

/** What was heard, by hour and programme, the newest first. */
export async function listeningRecords(
  db: Reader,
  asked: { readonly from: string; readonly to: string; readonly mountId?: string },
) {
  const { mountId } = asked;
  return db
    .selectFrom('radio_listening')
    .selectAll()
    .$if(mountId !== undefined, (rows) => rows.where('mount_id', '=', mountId ?? ''))
    .where('starts_at', '>=', asked.from)
    .where('starts_at', '<', asked.to)
    .orderBy('starts_at')
    .orderBy('programme_id')
    .limit(20_000)
    .execute();
}

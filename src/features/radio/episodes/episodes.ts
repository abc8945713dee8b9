import { Readable } from 'node:stream';
import type { z } from 'zod';
import { newId } from '../../../base/ids.ts';
import { fromJson, toJson } from '../../../base/json.ts';
import { Problem } from '../../../base/problem.ts';
import { slugify } from '../../../base/text.ts';
import { CutInput, EpisodeInput, FileEpisodeInput } from '../../../contract/radio.ts';
import type { Db, Tx } from '../../../storage/db.ts';
import type { Chapter } from '../../../storage/tables/radio.ts';
import { checkRowVersion, type NounContext, parseNoun, type Target } from '../../articles/articles.ts';
import { createAsset, type MediaRoom, receiveBytes } from '../../media/media.ts';
import { type AuditInput, writeAudit } from '../../audit/audit.ts';
import { radioChanged } from '../mounts.store.ts';
import { countEpisode, insertEpisode, updateEpisode } from '../programmes.store.ts';
import type { SegmentStore } from '../store/segment-store.ts';
import { cutRecording } from './cut.ts';
import { measureSound } from './measure.ts';
import { transcriptType } from './transcripts.ts';

async function freeEpisodeSlug(
  tx: Tx,
  given: { programmeId: string; wish: string | undefined; title: string },
): Promise<string> {
  const stem = given.wish ?? (slugify(given.title).slice(0, 60).replace(/-+$/, '') || 'episode');
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? stem : `${stem}-${n}`;
    const row = await tx
      .selectFrom('radio_episodes')
      .select('id')
      .where('programme_id', '=', given.programmeId)
      .where('slug', '=', slug)
      .executeTakeFirst();
    if (row === undefined) return slug;
    if (given.wish !== undefined)
      throw new Problem('conflict', `There is an episode ${given.wish} already.`, 'Choose another slug.', {
        fields: { '/slug': 'is taken' },
      });
  }
}

/** Who does it, as the audit log names them. */
type By = AuditInput['by'];

/** Cuts an episode from the recording: its sound becomes an asset, the episode a draft. Returns its id. */
export async function cutEpisode(
  house: { readonly db: Db; readonly media: MediaRoom; readonly store: SegmentStore },
  given: { readonly programmeId: string; readonly input: CutInput; readonly by: By },
): Promise<string> {
  const { db, media, store } = house;
  const input = parseNoun(CutInput, given.input);
  const [from, to] = [Date.parse(input.from), Date.parse(input.to)];
  if (to <= from)
    throw new Problem('invalid', 'The end is not after the beginning.', undefined, {
      fields: { '/to': 'is not after from' },
    });
  if (to - from > 12 * 3600_000)
    throw new Problem('invalid', 'An episode may be twelve hours long.', 'Cut a shorter one.');
  const programme = await db.read
    .selectFrom('radio_programmes')
    .select(['id', 'slug', 'language'])
    .where('id', '=', given.programmeId)
    .executeTakeFirst();
  if (programme === undefined) throw new Problem('not-found', `There is no programme ${given.programmeId}.`);
  const cut = await cutRecording(store, { from, to });
  const extension = { 'audio/mpeg': 'mp3', 'audio/aac': 'aac', 'audio/ogg': 'ogg' }[cut.mime];
  const day = new Date(cut.from).toISOString().slice(0, 10);
  const assetId = await db.write((tx) =>
    createAsset(tx, media.clock, {
      kind: 'audio',
      fileName: `${programme.slug}-${day}.${extension}`,
      caption: input.title,
      language: programme.language,
    }),
  );
  const received = await receiveBytes(media, {
    id: assetId,
    bytes: Readable.from(cut.bytes, { objectMode: false }),
    mime: cut.mime,
  });
  return db.write((tx) =>
    addEpisode(tx, media, {
      programmeId: programme.id,
      input,
      by: given.by,
      sound: {
        digest: received.digest,
        mime: received.mime,
        bytes: received.bytes,
        duration_ms: cut.durationMs,
      },
      cut: {
        mount_id: input.mount,
        starts_at: new Date(cut.from).toISOString(),
        ends_at: new Date(cut.to).toISOString(),
      },
    }),
  );
}

type Sound = {
  readonly digest: string;
  readonly mime: string;
  readonly bytes: number;
  readonly duration_ms: number;
};

/** Writes an episode down, as a draft. Returns its id. */
async function addEpisode(
  tx: Tx,
  house: Pick<MediaRoom, 'db' | 'clock'>,
  given: {
    readonly programmeId: string;
    readonly input: z.output<typeof FileEpisodeInput> | z.output<typeof CutInput>;
    readonly sound: Sound;
    readonly by: By;
    readonly cut?: { readonly mount_id: string; readonly starts_at: string; readonly ends_at: string };
  },
): Promise<string> {
  const { programmeId, input } = given;
  const id = newId();
  const now = house.clock.now();
  await insertEpisode(tx, {
    id,
    programme_id: programmeId,
    slug: await freeEpisodeSlug(tx, { programmeId, wish: input.slug, title: input.title }),
    title: input.title,
    description: input.description,
    state: 'draft',
    published_at: null,
    ...(given.cut ?? { mount_id: null, starts_at: null, ends_at: null }),
    ...given.sound,
    season: input.season,
    number: input.number,
    explicit: input.explicit ? 1 : 0,
    asset_id: input.asset,
    chapters: toJson([]),
    transcript_digest: null,
    transcript_mime: null,
    transcript_language: null,
    guid: id,
    created_at: now,
    updated_at: now,
  });
  await radioChanged(house.db, tx, { what: 'episode', id });
  await writeAudit(tx, {
    by: given.by,
    action: 'episode.create',
    object: { kind: 'episode', id },
    details: { title: input.title, programme: programmeId, ...given.cut },
    at: now,
  });
  return id;
}

/** The sound of a file of the library, measured frame by frame. @throws Problem `not-found`, `conflict`, `unsupported` */
async function soundOf(media: MediaRoom, asset: string): Promise<Sound> {
  const row = await media.db.read
    .selectFrom('assets')
    .select(['digest', 'mime', 'bytes'])
    .where('id', '=', asset)
    .executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no asset ${asset}.`);
  const bytes = row.digest === null ? undefined : await media.blobs.get(row.digest);
  if (row.digest === null || row.mime === null || bytes === undefined)
    throw new Problem('conflict', 'The bytes of the file have not arrived yet.', 'Send them first.');
  const duration_ms = await measureSound(bytes, row.mime);
  const size = row.bytes ?? (await media.blobs.size(row.digest)) ?? 0;
  return { digest: row.digest, mime: row.mime, bytes: size, duration_ms };
}

/** Makes an episode of a file, as a draft. Returns its id. */
export async function episodeOfFile(
  media: MediaRoom,
  given: { readonly programmeId: string; readonly input: FileEpisodeInput; readonly by: By },
): Promise<string> {
  const input = parseNoun(FileEpisodeInput, given.input);
  const { programmeId } = given;
  const programme = await media.db.read
    .selectFrom('radio_programmes')
    .select('id')
    .where('id', '=', programmeId)
    .executeTakeFirst();
  if (programme === undefined) throw new Problem('not-found', `There is no programme ${programmeId}.`);
  const sound = await soundOf(media, input.audio);
  return media.db.write((tx) => addEpisode(tx, media, { programmeId, input, sound, by: given.by }));
}

/** Puts a file in the place of an episode's sound. Players that know the episode know it still. */
export async function replaceSound(
  media: MediaRoom,
  change: Target & { audio: string; by: By },
): Promise<void> {
  const sound = await soundOf(media, change.audio);
  await media.db.write(async (tx) => {
    const row = await readEpisode(tx, change);
    const chapters = fromJson<Chapter[]>(row.chapters as string);
    await updateEpisode(tx, row.id, {
      ...sound,
      chapters: toJson(chapters.filter(({ startMs }) => startMs < sound.duration_ms)),
      row_version: row.row_version + 1,
      updated_at: media.clock.now(),
    });
    await radioChanged(media.db, tx, { what: 'episode', id: row.id });
    await writeAudit(tx, {
      by: change.by,
      action: 'episode.replace-sound',
      object: { kind: 'episode', id: row.id },
      details: { before: row.digest, now: sound.digest },
      at: media.clock.now(),
    });
  });
}

async function readEpisode(tx: Tx, change: Target) {
  const row = await tx
    .selectFrom('radio_episodes')
    .selectAll()
    .where('id', '=', change.id)
    .executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no episode ${change.id}.`);
  checkRowVersion(row, change.expected);
  return row;
}

export async function changeEpisode(
  tx: Tx,
  context: NounContext,
  change: Target & { input: EpisodeInput },
): Promise<void> {
  const row = await readEpisode(tx, change);
  const input: z.output<typeof EpisodeInput> = parseNoun(EpisodeInput, change.input);
  const late = input.chapters.findIndex(({ startMs }) => startMs >= (row.duration_ms ?? Infinity));
  if (late !== -1)
    throw new Problem('invalid', 'A chapter begins after the end of the episode.', undefined, {
      fields: { [`/chapters/${late}/startMs`]: 'is after the end' },
    });
  await updateEpisode(tx, row.id, {
    title: input.title,
    description: input.description,
    season: input.season,
    number: input.number,
    explicit: input.explicit ? 1 : 0,
    asset_id: input.asset,
    chapters: toJson(input.chapters.toSorted((a, b) => a.startMs - b.startMs)),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await radioChanged(context.db, tx, { what: 'episode', id: row.id });
}

/** Brings an episode into its feed, or out of it. */
export async function setEpisodeState(
  tx: Tx,
  context: NounContext,
  change: Target & { state: 'published' | 'withdrawn' },
): Promise<void> {
  const row = await readEpisode(tx, change);
  if (row.state === change.state) return;
  if (change.state === 'published' && row.digest === null)
    throw new Problem('conflict', 'The episode has no sound yet.', 'Cut it from the recording first.');
  const now = context.clock.now();
  await updateEpisode(tx, row.id, {
    state: change.state,
    published_at: row.published_at ?? (change.state === 'published' ? now : null),
    row_version: row.row_version + 1,
    updated_at: now,
  });
  await countEpisode(
    tx,
    row.programme_id,
    change.state === 'published' ? 1 : row.state === 'published' ? -1 : 0,
  );
  await radioChanged(context.db, tx, { what: 'episode', id: row.id });
}

/** Keeps the transcript that the newsroom supplies. */
export async function setTranscript(
  house: { readonly db: Db; readonly media: MediaRoom },
  change: Target & { text: string; language: string; by: By },
): Promise<void> {
  const mime = transcriptType(change.text);
  const { digest } = await house.media.blobs.put(Readable.from([Buffer.from(change.text)]));
  await house.db.write(async (tx) => {
    const row = await readEpisode(tx, change);
    await updateEpisode(tx, row.id, {
      transcript_digest: digest,
      transcript_mime: mime,
      transcript_language: change.language,
      row_version: row.row_version + 1,
      updated_at: house.media.clock.now(),
    });
    await radioChanged(house.db, tx, { what: 'episode', id: row.id });
    await writeAudit(tx, {
      by: change.by,
      action: 'episode.transcript',
      object: { kind: 'episode', id: row.id },
      details: { language: change.language },
      at: house.media.clock.now(),
    });
  });
}

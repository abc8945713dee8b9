import { z } from 'zod';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { CutInput, EpisodeInput, MomentInput, ProgrammeInput, SlotInput } from '../../contract/radio.ts';
import { EpisodeAnswer, MomentAnswer, ProgrammeAnswer, SlotAnswer } from '../../contract/radio-answers.ts';
import { paths } from '../../contract/routes.ts';
import { ById, collectionRoutes, type CollectionServices } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, deedOf, route } from '../../http/route.ts';
import type { MediaRoom } from '../media/media.ts';
import { changeEpisode, cutEpisode, setEpisodeState, setTranscript } from './episodes/episodes.ts';
import { episodeRecords, momentRecords, programmeRecords, slotRecords } from './programmes.newsroom.views.ts';
import { insertMoment } from './programmes.store.ts';
import { changeProgramme, changeSlot, createProgramme, createSlot, removeSlot } from './programmes.ts';
import type { Station } from './station.ts';
import { writeAudit } from '../audit/audit.ts';
import { episode, shown } from './episode-answer.api.ts';
import { listeningRoutes } from './listening.api.ts';

export type ProgrammeServices = CollectionServices & {
  readonly media: MediaRoom;
  readonly station?: Station;
};
type Context = ApiContext<ProgrammeServices>;

const PATH = '/api/v1/radio';
const tags = ['radio'];
const byId = cursorOf(z.object({ id: z.uuid() }));
const expectedOf = (ctx: Context) => (ctx.expected === undefined ? {} : { expected: ctx.expected });
const houseOf = (ctx: Context) => ({ db: ctx.db, clock: ctx.services.clock, origin: ctx.services.origin });

const slot = async (ctx: Context, id: string) => {
  const [row] = await slotRecords(ctx.db.read, { id });
  if (row === undefined) throw new Problem('not-found', 'There is no such place in the schedule.');
  return { body: row, etag: row.rowVersion };
};

const programmeRoutes = collectionRoutes<
  Awaited<ReturnType<typeof programmeRecords>>[number],
  typeof ProgrammeInput
>({
  path: `${PATH}/programmes`,
  one: 'programme',
  many: 'programmes',
  read: 'radio:read',
  write: 'radio:produce',
  input: ProgrammeInput,
  output: ProgrammeAnswer,
  key: (row) => row.slug,
  list: programmeRecords,
  find: async (db, id) => (await programmeRecords(db, { id }))[0],
  create: (tx, house, input) => createProgramme(tx, house, input),
  change: changeProgramme,
  log: writeAudit,
  page: (row) => paths.programme(row.slug),
});

const slotRoutes: ApiRoute<ProgrammeServices>[] = [
  route({
    method: 'GET',
    path: `${PATH}/slots`,
    summary: 'Reads the whole schedule',
    tags,
    permission: 'radio:read',
    input: {},
    output: z.object({ items: z.array(SlotAnswer) }),
    handler: async (ctx: Context) => ({ body: { items: await slotRecords(ctx.db.read) } }),
  }),
  route({
    method: 'POST',
    path: `${PATH}/slots`,
    summary: 'Gives a programme a place in the schedule',
    tags,
    permission: 'radio:produce',
    idempotent: true,
    input: { body: SlotInput },
    output: { 201: SlotAnswer },
    handler: async (ctx: Context, { body }) => {
      const id = await ctx.db.write(async (tx) => {
        const made = await createSlot(tx, houseOf(ctx), body);
        await writeAudit(tx, deedOf(ctx, { action: 'slot.create', kind: 'slot', id: made, details: body }));
        return made;
      });
      return { status: 201, ...(await slot(ctx, id)), headers: { Location: `${PATH}/slots/${id}` } };
    },
  }),
  route({
    method: 'PUT',
    path: `${PATH}/slots/:id`,
    summary: 'Moves a programme in the schedule',
    tags,
    permission: 'radio:produce',
    ifMatch: 'required',
    input: { params: ById, body: SlotInput },
    output: SlotAnswer,
    handler: async (ctx: Context, { params, body }) => {
      const change = { id: params.id, ...expectedOf(ctx), input: body };
      await ctx.db.write(async (tx) => {
        await changeSlot(tx, houseOf(ctx), change);
        await writeAudit(
          tx,
          deedOf(ctx, { action: 'slot.change', kind: 'slot', id: params.id, details: body }),
        );
      });
      return slot(ctx, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/slots/:id`,
    summary: 'Takes a programme out of its place in the schedule',
    tags,
    permission: 'radio:produce',
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      await ctx.db.write(async (tx) => {
        await removeSlot(tx, houseOf(ctx), params.id);
        await writeAudit(tx, deedOf(ctx, { action: 'slot.remove', kind: 'slot', id: params.id }));
      });
      return { status: 204 };
    },
  }),
];

const episodeRoutes: ApiRoute<ProgrammeServices>[] = [
  route({
    method: 'GET',
    path: `${PATH}/episodes`,
    summary: 'Lists episodes, the newest first',
    tags,
    permission: 'radio:read',
    input: { query: PageQuery.extend({ programme: z.uuid().optional() }) },
    output: pageOf(EpisodeAnswer),
    handler: async (ctx: Context, { query }) => {
      const { limit, after, programme } = query;
      const rows = await episodeRecords(ctx.db.read, {
        limit: limit + 1,
        ...(programme === undefined ? {} : { programmeId: programme }),
        ...(after === undefined ? {} : { before: byId.decode(after).id }),
      });
      const page = cutPage(rows, {
        limit,
        cursor: byId,
        position: (row) => ({ id: row.id }),
        path: `${PATH}/episodes`,
        query: { programme },
      });
      return {
        body: { items: page.rows.map((row) => shown(ctx, row)), next: page.next },
        headers: page.headers,
      };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/programmes/:id/episodes`,
    summary: 'Cuts an episode from the recording, exact to the frame and without transcoding',
    tags,
    permission: 'radio:produce',
    input: { params: ById, body: CutInput },
    output: { 201: EpisodeAnswer },
    handler: async (ctx: Context, { params, body }) => {
      const open = ctx.services.station?.byId(body.mount);
      if (open === undefined)
        throw new Problem(
          'unavailable',
          'This process has no recording of that mount.',
          'Ask the process whose role is radio or all.',
        );
      const { store } = open.mount.channel;
      const house = { db: ctx.db, media: ctx.services.media, store };
      const id = await cutEpisode(house, { programmeId: params.id, input: body, by: actor(ctx) });
      return { status: 201, ...(await episode(ctx, id)), headers: { Location: `${PATH}/episodes/${id}` } };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/episodes/:id`,
    summary: 'Reads an episode',
    tags,
    permission: 'radio:read',
    input: { params: ById },
    output: EpisodeAnswer,
    handler: (ctx: Context, { params }) => episode(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: `${PATH}/episodes/:id`,
    summary: 'Replaces what is said of an episode, its chapters included',
    tags,
    permission: 'radio:produce',
    ifMatch: 'required',
    input: { params: ById, body: EpisodeInput },
    output: EpisodeAnswer,
    handler: async (ctx: Context, { params, body }) => {
      const change = { id: params.id, ...expectedOf(ctx), input: body };
      await ctx.db.write(async (tx) => {
        await changeEpisode(tx, houseOf(ctx), change);
        const details = { title: body.title };
        await writeAudit(
          tx,
          deedOf(ctx, { action: 'episode.change', kind: 'episode', id: params.id, details }),
        );
      });
      return episode(ctx, params.id);
    },
  }),
  ...(['published', 'withdrawn'] as const).map((state) =>
    route({
      method: 'POST' as const,
      path: `${PATH}/episodes/:id/${state === 'published' ? 'publish' : 'withdraw'}` as const,
      summary: state === 'published' ? 'Brings an episode into its feed' : 'Takes an episode out of its feed',
      tags,
      permission: 'radio:produce' as const,
      input: { params: ById, body: z.strictObject({}) },
      output: EpisodeAnswer,
      handler: async (ctx: Context, { params }: { params: { id: string } }) => {
        const change = { id: params.id, ...expectedOf(ctx), state };
        await ctx.db.write(async (tx) => {
          await setEpisodeState(tx, houseOf(ctx), change);
          const action = state === 'published' ? 'episode.publish' : 'episode.withdraw';
          await writeAudit(tx, deedOf(ctx, { action, kind: 'episode', id: params.id }));
        });
        return episode(ctx, params.id);
      },
    }),
  ),
  route({
    method: 'PUT',
    path: `${PATH}/episodes/:id/transcript`,
    summary: 'Supplies the transcript of an episode, WebVTT or SubRip',
    tags,
    permission: 'radio:produce',
    input: {
      params: ById,
      body: z.strictObject({ text: z.string().min(1).max(900_000), language: z.string().min(2).max(35) }),
    },
    output: EpisodeAnswer,
    handler: async (ctx: Context, { params, body }) => {
      await setTranscript(
        { db: ctx.db, media: ctx.services.media },
        { id: params.id, ...expectedOf(ctx), ...body, by: actor(ctx) },
      );
      return episode(ctx, params.id);
    },
  }),
];

const mountWork: ApiRoute<ProgrammeServices>[] = [
  route({
    method: 'GET',
    path: `${PATH}/mounts/:id/moments`,
    summary: 'Lists marked moments of a mount, the newest first',
    tags,
    permission: 'radio:read',
    input: { params: ById, query: z.object({ before: z.iso.datetime().optional() }) },
    output: z.object({ items: z.array(MomentAnswer) }),
    handler: async (ctx: Context, { params, query }) => ({
      body: {
        items: await momentRecords(ctx.db.read, { mountId: params.id, before: query.before, limit: 100 }),
      },
    }),
  }),
  route({
    method: 'POST',
    path: `${PATH}/mounts/:id/moments`,
    summary: 'Marks a moment of the broadcast: now, or a given one',
    tags,
    permission: 'radio:produce',
    idempotent: true,
    input: { params: ById, body: MomentInput },
    output: { 201: MomentAnswer },
    handler: async (ctx: Context, { params, body }) => {
      const mount = await ctx.db.read
        .selectFrom('radio_mounts')
        .select('id')
        .where('id', '=', params.id)
        .executeTakeFirst();
      if (mount === undefined) throw new Problem('not-found', `There is no mount ${params.id}.`);
      const at = body.at === undefined ? ctx.now : new Date(body.at).toISOString();
      const id = newId();
      await ctx.db.write(async (tx) => {
        await insertMoment(tx, {
          id,
          mount_id: params.id,
          at,
          label: body.label,
          created_by: ctx.actor?.userId ?? null,
          created_at: ctx.now,
        });
        const details = { mount: params.id, at, label: body.label };
        await writeAudit(tx, deedOf(ctx, { action: 'moment.mark', kind: 'moment', id, details }));
      });
      return { status: 201, body: { id, mount: params.id, at, label: body.label } };
    },
  }),
  route({
    method: 'PUT',
    path: `${PATH}/mounts/:id/title`,
    summary: 'Says what is on the air, until the encoder says something else',
    tags,
    permission: 'radio:produce',
    input: {
      params: ById,
      body: z.strictObject({ title: z.string().max(300), artist: z.string().max(200).default('') }),
    },
    output: { 204: null },
    handler: async (ctx: Context, { params, body }) => {
      const open = ctx.services.station?.byId(params.id);
      if (open === undefined)
        throw new Problem(
          'unavailable',
          'This process does not air that mount.',
          'Ask the process whose role is radio or all.',
        );
      open.mount.setTitle(body);
      return { status: 204 };
    },
  }),
];

export const radioProgrammeRoutes: readonly ApiRoute<ProgrammeServices>[] = [
  ...programmeRoutes,
  ...slotRoutes,
  ...episodeRoutes,
  ...mountWork,
  ...listeningRoutes,
];

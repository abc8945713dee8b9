import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { mediaTypes } from '../../contract/media.ts';
import { type ChapterInput, CutInput, EpisodeInput, FileEpisodeInput } from '../../contract/radio.ts';
import { EpisodeAnswer } from '../../contract/radio-answers.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import {
  changeEpisode,
  cutEpisode,
  episodeOfFile,
  replaceSound,
  setEpisodeState,
  setTranscript,
} from './episodes/episodes.ts';
import type { ProgrammeServices } from './programmes.api.ts';
import { episodeRecords } from './programmes.newsroom.views.ts';

type Context = ApiContext<ProgrammeServices>;

const PATH = '/api/v1/radio';
const tags = ['radio'];
const byId = cursorOf(z.object({ id: z.uuid() }));
const expectedOf = (ctx: Context) => (ctx.expected === undefined ? {} : { expected: ctx.expected });
const houseOf = (ctx: Context) => ({ db: ctx.db, clock: ctx.services.clock, origin: ctx.services.origin });

async function episode(ctx: Context, id: string) {
  const [row] = await episodeRecords(ctx.db.read, { id, limit: 1 });
  if (row === undefined) throw new Problem('not-found', `There is no episode ${id}.`);
  return { body: shown(ctx, row), etag: row.rowVersion };
}

function shown(
  ctx: Context,
  { digest, programmeSlug, ...row }: Awaited<ReturnType<typeof episodeRecords>>[number],
) {
  const { origin } = ctx.services;
  return {
    ...row,
    chapters: row.chapters.map((chapter): z.infer<typeof ChapterInput> => ({ ...chapter })),
    url: origin + paths.episode(programmeSlug, row.slug),
    audio: digest === null ? null : origin + paths.media(digest, mediaTypes[row.mime ?? ''] ?? 'mp3'),
  };
}

export const radioEpisodeRoutes: readonly ApiRoute<ProgrammeServices>[] = [
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
      const by = ctx.actor?.userId ?? '';
      const house = { db: ctx.db, media: ctx.services.media, store };
      const id = await cutEpisode(house, { programmeId: params.id, input: body, by });
      return { status: 201, ...(await episode(ctx, id)), headers: { Location: `${PATH}/episodes/${id}` } };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/programmes/:id/episodes/file`,
    summary: 'Makes an episode of a sound file of the library: MP3, AAC, M4A or Ogg Opus',
    tags,
    permission: 'radio:produce',
    idempotent: true,
    input: { params: ById, body: FileEpisodeInput },
    output: { 201: EpisodeAnswer },
    handler: async (ctx: Context, { params, body }) => {
      const id = await episodeOfFile(ctx.services.media, { programmeId: params.id, input: body });
      return { status: 201, ...(await episode(ctx, id)), headers: { Location: `${PATH}/episodes/${id}` } };
    },
  }),
  route({
    method: 'PUT',
    path: `${PATH}/episodes/:id/sound`,
    summary: 'Puts a file of the library in the place of the sound of an episode',
    tags,
    permission: 'radio:produce',
    ifMatch: 'required',
    input: { params: ById, body: z.strictObject({ audio: z.uuid() }) },
    output: EpisodeAnswer,
    handler: async (ctx: Context, { params, body }) => {
      await replaceSound(ctx.services.media, { id: params.id, ...expectedOf(ctx), ...body });
      return episode(ctx, params.id);
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
      await ctx.db.write((tx) => changeEpisode(tx, houseOf(ctx), change));
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
        await ctx.db.write((tx) => setEpisodeState(tx, houseOf(ctx), change));
        return episode(ctx, params.id);
      },
    }),
  ),
  route({
    method: 'PUT',
    path: `${PATH}/episodes/:id/transcript`,
    summary: 'Supplies the transcript of an episode: WebVTT, SubRip or JSON of the Podcast namespace',
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
        { id: params.id, ...expectedOf(ctx), ...body },
      );
      return episode(ctx, params.id);
    },
  }),
];

import { z } from 'zod';
import { FileEpisodeInput } from '../../contract/radio.ts';
import { EpisodeAnswer } from '../../contract/radio-answers.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { episodeOfFile, replaceSound } from './episodes/episodes.ts';
import type { ProgrammeServices } from './programmes.api.ts';
import { episode } from './episode-answer.api.ts';

type Context = ApiContext<ProgrammeServices>;

const PATH = '/api/v1/radio';
const tags = ['radio'];
const roomOf = (ctx: Context) => ({ ...ctx.services.media, db: ctx.db });
const expectedOf = (ctx: Context) => (ctx.expected === undefined ? {} : { expected: ctx.expected });

/** Episodes whose sound comes from a file. */
export const radioEpisodeRoutes: readonly ApiRoute<ProgrammeServices>[] = [
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
      const id = await episodeOfFile(roomOf(ctx), { programmeId: params.id, input: body, by: actor(ctx) });
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
      await replaceSound(roomOf(ctx), { id: params.id, ...expectedOf(ctx), ...body, by: actor(ctx) });
      return episode(ctx, params.id);
    },
  }),
];

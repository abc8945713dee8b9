import { z } from 'zod';
import { EncoderInput, MountInput } from '../../contract/radio.ts';
import { EncoderAnswer, MountAnswer, OnAirAnswer } from '../../contract/radio-answers.ts';
import { paths } from '../../contract/routes.ts';
import { ById, collectionRoutes, type CollectionServices } from '../../http/api/collection.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { addEncoder, changeMount, createMount, prepareEncoder, removeEncoder } from './mounts.ts';
import { mountRecords, type MountRecord } from './mounts.newsroom.views.ts';
import { picturesOf } from '../media/media.views.ts';
import { mountStates, type ScheduledAiring, scheduleBetween } from './radio.views.ts';
import { siteOf } from '../articles/site.views.ts';
import type { Station } from './station.ts';
import { writeAudit } from '../audit/audit.ts';

export type RadioServices = CollectionServices & { readonly station?: Station };
type Context = ApiContext<RadioServices>;

const PATH = '/api/v1/radio/mounts';
const tags = ['radio'];

const NewEncoderAnswer = EncoderAnswer.omit({ createdAt: true }).extend({
  password: z.string().describe('Shown this once; only its hash is kept'),
});

async function programmeOnAir(ctx: Context, { programme, endsAt }: ScheduledAiring) {
  const { title, hosts, asset } = programme;
  const assets = asset === undefined ? [] : [asset];
  const pictures = await picturesOf(ctx.db.read, assets, { now: ctx.now, shape: 'square' });
  const picture = pictures.get(asset ?? '');
  return {
    title,
    hosts: [...hosts],
    endsAt,
    picture:
      picture === undefined ? null : { src: picture.src, width: picture.width, height: picture.height },
  };
}

export const mountRoutes: readonly ApiRoute<RadioServices>[] = [
  ...collectionRoutes<MountRecord, typeof MountInput>({
    path: PATH,
    one: 'mount',
    many: 'mounts',
    read: 'radio:read',
    write: 'radio:manage',
    input: MountInput,
    output: MountAnswer,
    key: (row) => row.slug,
    list: mountRecords,
    find: async (db, id) => (await mountRecords(db, { id }))[0],
    create: createMount,
    change: changeMount,
    log: writeAudit,
    page: (row) => paths.radioStream(row.slug),
  }),
  route({
    method: 'POST',
    path: `${PATH}/:id/encoders`,
    summary: 'Lets an encoder send to a mount; its password is shown once',
    tags,
    permission: 'radio:manage',
    input: { params: ById, body: EncoderInput },
    output: { 201: NewEncoderAnswer },
    handler: async (ctx: Context, { params, body }) => {
      const encoder = await prepareEncoder(body);
      const context = { db: ctx.db, clock: ctx.services.clock };
      await ctx.db.write(async (tx) => {
        await addEncoder(tx, context, { mountId: params.id, encoder });
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'mount.encoder-add',
          object: { kind: 'mount', id: params.id },
          details: { username: encoder.username },
          at: ctx.now,
        });
      });
      const { hash: _hash, ...shown } = encoder;
      return { status: 201, body: shown };
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id/encoders/:encoder`,
    summary: 'Takes the right to send to a mount away',
    tags,
    permission: 'radio:manage',
    input: { params: ById.extend({ encoder: z.uuid() }) },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      const context = { db: ctx.db, clock: ctx.services.clock };
      await ctx.db.write(async (tx) => {
        await removeEncoder(tx, context, { mountId: params.id, id: params.encoder });
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'mount.encoder-remove',
          object: { kind: 'mount', id: params.id },
          details: { encoder: params.encoder },
          at: ctx.now,
        });
      });
      return { status: 204 };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/radio/on-air',
    summary: 'Says what is on each mount and how many listen',
    tags,
    permission: 'public',
    input: {},
    output: z.object({ items: z.array(OnAirAnswer) }),
    handler: async (ctx: Context) => {
      const states = await mountStates(ctx.db.read);
      const { timeZone } = await siteOf(ctx.db.read);
      const to = new Date(Date.parse(ctx.now) + 24 * 3600_000).toISOString();
      const items: z.infer<typeof OnAirAnswer>[] = [];
      for (const state of states) {
        const span = { from: ctx.now, to, mountId: state.mountId, timeZone };
        const airings = await scheduleBetween(ctx.db.read, span);
        const now = airings.filter(({ startsAt }) => startsAt <= ctx.now).at(-1);
        const next = airings.find(({ startsAt }) => startsAt > ctx.now);
        items.push({
          programme: now === undefined ? null : await programmeOnAir(ctx, now),
          next: next === undefined ? null : { title: next.programme.title, startsAt: next.startsAt },
          id: state.mountId,
          slug: state.slug,
          name: state.name,
          origin: state.origin,
          title: state.title,
          artist: state.artist,
          format: state.format ?? null,
          kbits: state.kbits ?? null,
          listeners: ctx.services.station?.counter.listenersNow(state.mountId) ?? state.listeners,
          since: state.since ?? null,
          stream: paths.radioStream(state.slug),
          playlist: paths.radioPlaylist(state.slug),
        });
      }
      return { body: { items } };
    },
  }),
];

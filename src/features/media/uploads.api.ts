import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import { DataStore, MemoryLocker, Server, Upload } from '@tus/server';
import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { NO_STORE } from '../../http/headers.ts';
import { statusOf } from '../../http/problem-status.ts';
import {
  actor,
  type ApiContext,
  type ApiRoute,
  deedOf,
  type RawContext,
  type RawRoute,
  route,
} from '../../http/route.ts';
import type { Tx } from '../../storage/db.ts';
import { writeAudit } from '../audit/audit.ts';
import type { MediaServices } from './media.api.ts';
import { MAX_FILE_BYTES } from './receive.ts';
import { beginUpload, cancelUpload, continueUpload, finishUpload, UPLOAD_MS, uploadOf } from './uploads.ts';

/** The request that the tus server is answering. */
const asking = new AsyncLocalStorage<RawContext<MediaServices>>();

function asked(): RawContext<MediaServices> & { userId: string } {
  const ctx = asking.getStore();
  if (ctx?.actor === undefined) throw new Error('an upload without a request');
  return { ...ctx, userId: ctx.actor.userId };
}

/** Uploads in the house's own database and blob store, so that any node can go on with any upload. */
class HouseStore extends DataStore {
  constructor() {
    super();
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  }

  override async create(file: Upload): Promise<Upload> {
    const ctx = asked();
    const metadata = Object.fromEntries(
      Object.entries(file.metadata ?? {}).map(([key, value]) => [key, (value ?? '').slice(0, 2000)]),
    );
    const order = { userId: ctx.userId, bytes: file.size ?? 0, metadata };
    file.id = await beginUpload(ctx.services.media, order);
    return file;
  }

  override async write(stream: Readable, id: string, start: number): Promise<number> {
    return continueUpload(asked().services.media, { id, start, bytes: stream as AsyncIterable<Uint8Array> });
  }

  override async getUpload(id: string): Promise<Upload> {
    const ctx = asked();
    const found = await uploadOf(ctx.db.read, id);
    if (found === undefined || found.userId !== ctx.userId)
      throw new Problem('not-found', `There is no upload ${id}.`, 'Begin it again.');
    if (found.state === 'refused')
      throw new Problem('gone', found.failure ?? 'The file was refused.', 'Send another file.');
    return new Upload({
      id,
      size: found.bytes,
      offset: found.received,
      metadata: { ...found.metadata },
      // The library reads the machine's clock; the house may have another.
      creation_date: new Date(
        Date.now() - Date.parse(ctx.services.media.clock.now()) + Date.parse(found.createdAt),
      ).toISOString(),
    });
  }

  override async remove(id: string): Promise<void> {
    await this.getUpload(id);
    await cancelUpload(asked().services.media, id);
  }

  override getExpiration(): number {
    return UPLOAD_MS;
  }
}

/** The audit log has who brought which file. */
function logUpload(ctx: Parameters<typeof deedOf>[0], upload: string) {
  return (tx: Tx, asset: string): Promise<void> =>
    writeAudit(tx, deedOf(ctx, { action: 'asset.upload', kind: 'asset', id: asset, details: { upload } }));
}

/** One for the process: what it knows of the house comes with each request. */
const tus = new Server({
  path: paths.uploads(),
  relativeLocation: true,
  datastore: new HouseStore(),
  locker: new MemoryLocker(),
  maxSize: MAX_FILE_BYTES,
  allowedOrigins: () => false,
  // The store gives the id; this one is thrown away.
  namingFunction: () => 'new',
  onUploadFinish: async (_request, upload) => {
    const asset = await finishUpload(asked().services.media, upload.id, logUpload(asked(), upload.id));
    return { headers: { 'Dateline-Asset': asset } };
  },
  onResponseError: (_request, error) => {
    if (!(error instanceof Problem)) return undefined;
    const help = error.help === undefined ? '' : ` ${error.help}`;
    return { status_code: statusOf(error), body: `${error.message}${help}\n` };
  },
});

/** Resumable uploads by the tus protocol, 1.0.0 (https://tus.io/protocols/resumable-upload). */
export const uploadRawRoutes: readonly RawRoute<MediaServices>[] = ['', '/:id'].map((rest) => ({
  methods: rest === '' ? ['POST', 'OPTIONS'] : ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
  pattern: `${paths.uploads()}${rest}` as const,
  permission: 'media:write',
  limit: rest === '' ? 'upload' : 'write',
  handle: async (ctx, _address, { req, res }) => {
    res.setHeader('Cache-Control', NO_STORE);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    await asking.run(ctx, () => tus.handle(req, res));
  },
}));

const UploadAnswer = z.object({
  id: z.uuid(),
  state: z.enum(['receiving', 'done', 'refused']),
  bytes: z.int(),
  received: z.int(),
  asset: z.uuid().nullable().describe('The asset that was made of it'),
  failure: z.string().nullable().describe('Why it was refused'),
});

export const uploadRoutes: readonly ApiRoute<MediaServices>[] = [
  route({
    method: 'POST',
    path: '/api/v1/uploads/:id/asset',
    summary: 'Answers with the asset of an upload, and makes it when all bytes have come',
    description: 'For a client whose last answer was lost on the way: asked again it answers the same.',
    tags: ['assets'],
    permission: 'media:write',
    input: { params: ById, body: z.strictObject({}) },
    output: UploadAnswer,
    handler: async (ctx: ApiContext<MediaServices>, { params }) => {
      const before = await uploadOf(ctx.db.read, params.id);
      if (before === undefined || before.userId !== actor(ctx).userId)
        throw new Problem('not-found', `There is no upload ${params.id}.`);
      if (before.state === 'receiving' && before.received === before.bytes)
        await finishUpload(ctx.services.media, params.id, logUpload(ctx, params.id));
      const { id, state, bytes, received, asset, failure } =
        (await uploadOf(ctx.db.read, params.id)) ?? before;
      return { body: { id, state, bytes, received, asset, failure } };
    },
  }),
];

import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { assertDigest, type Digest, isDigest } from './digest.ts';
import { type S3Options, s3Caller } from './s3.call.ts';
import { spool } from './spool.ts';
import type { Blobs } from './types.ts';

/**
 * Blobs in an S3-compatible store, each under `{prefix}ab/abcd…`. Uploads are spooled to a temporary file first: their digest is
 * their name, the store checks the bytes against it, and a retry can begin again. One request a blob, so at most 5 GB each.
 */
export function openS3(options: S3Options): Blobs {
  const call = s3Caller(options);
  const key = (digest: Digest): string => `${options.prefix}${digest.slice(0, 2)}/${digest}`;

  const size = async (digest: Digest): Promise<number | undefined> => {
    if (!isDigest(digest)) return undefined;
    const response = await call({ method: 'HEAD', key: key(digest), accept: [200, 404] });
    return response.status === 404 ? undefined : Number(response.headers.get('content-length') ?? 0);
  };

  return {
    put: async (source, { digest: wanted } = {}) => {
      if (wanted !== undefined) {
        const bytes = await size(wanted);
        if (bytes !== undefined) {
          if (!(source instanceof Uint8Array)) source.destroy();
          return { digest: wanted, bytes };
        }
      }
      const folder = await mkdtemp(join(tmpdir(), 'dateline-upload-'));
      try {
        const file = join(folder, randomUUID());
        const stored = await spool(source, file);
        assertDigest(stored.digest, wanted);
        const response = await call({
          method: 'PUT',
          key: key(stored.digest),
          body: () => openAsBlob(file),
          headers: {
            'x-amz-content-sha256': stored.digest,
            'content-type': 'application/octet-stream',
            'if-none-match': '*',
          },
          // 412: it is there already; 409: another upload of the same bytes is under way, and equal.
          accept: [200, 412],
        });
        await response.body?.cancel();
        return stored;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    get: async (digest, { range } = {}) => {
      if (!isDigest(digest)) return undefined;
      const response = await call({
        method: 'GET',
        key: key(digest),
        headers: range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` },
        accept: [200, 206, 404],
      });
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      return response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as ReadableStream);
    },
    size,
    has: async (digest) => (await size(digest)) !== undefined,
    delete: async (digest) => {
      if (!isDigest(digest)) return;
      const response = await call({ method: 'DELETE', key: key(digest), accept: [200, 204, 404] });
      await response.body?.cancel();
    },
    list: async function* () {
      let after: string | undefined;
      do {
        const query = {
          'list-type': '2',
          prefix: options.prefix,
          ...(after && { 'continuation-token': after }),
        };
        const response = await call({ method: 'GET', key: '', query, accept: [200] });
        const page = await response.text();
        for (const [, object = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
          const digest = element(object, 'Key')?.split('/').at(-1) ?? '';
          if (isDigest(digest)) yield { digest, bytes: Number(element(object, 'Size') ?? 0) };
        }
        after = element(page, 'IsTruncated') === 'true' ? element(page, 'NextContinuationToken') : undefined;
      } while (after !== undefined);
    },
  };
}

/** The text of the first element of a name in the store's flat, prefix-free XML. */
function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&(amp|lt|gt|quot|apos|#34|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&apos;': "'",
  '&#39;': "'",
};

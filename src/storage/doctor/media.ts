import { createHash } from 'node:crypto';
import type { Db } from '../db.ts';
import { referencedMedia } from '../backup/media.ts';
import type { Blobs } from '../files/blobs.ts';
import { broken, type Finding, ok } from './finding.ts';

const SAMPLE = 200;

/** Looks whether the media that rows name are there: a sample, or all of them with their bytes read and hashed. */
export async function examineMedia(
  { db, blobs }: { db: Db; blobs: Blobs },
  options: { full: boolean; random?: () => number },
): Promise<Finding> {
  const random = options.random ?? Math.random;
  // A uniform sample of a stream of unknown length (Vitter's algorithm R).
  const sample: string[] = [];
  let seen = 0;
  let missing = 0;
  let altered = 0;
  let first: string | undefined;
  const examine = async (digest: string): Promise<void> => {
    const fault = await faultOf(blobs, { digest, read: options.full });
    if (fault === undefined) return;
    if (fault === 'missing') missing += 1;
    else altered += 1;
    first ??= digest;
  };
  for await (const digest of referencedMedia(db.read)) {
    seen += 1;
    if (options.full) await examine(digest);
    else if (sample.length < SAMPLE) sample.push(digest);
    else {
      const place = Math.floor(random() * seen);
      if (place < SAMPLE) sample[place] = digest;
    }
  }
  for (const digest of sample) await examine(digest);
  const looked = options.full ? `all ${seen} read and compared` : `${sample.length} of ${seen} looked for`;
  if (missing + altered === 0) return ok('media', `${looked}, none missing`);
  return broken('media', {
    message: `${looked}: ${missing} missing, ${altered} altered, the first ${first}`,
    todo: 'Put them back from a backup: dateline restore into another folder, then copy its media folder over.',
  });
}

async function faultOf(
  blobs: Blobs,
  { digest, read }: { digest: string; read: boolean },
): Promise<'missing' | 'altered' | undefined> {
  if (!read) return (await blobs.has(digest)) ? undefined : 'missing';
  const stream = await blobs.get(digest);
  if (stream === undefined) return 'missing';
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Uint8Array);
  return hash.digest('hex') === digest ? undefined : 'altered';
}

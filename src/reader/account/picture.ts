import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaRoom } from '../../features/media/media.ts';
import { runPictureJob } from '../../features/media/picture-child.ts';

const WIDTH = 192;
/** Nothing is said of a reader's picture. */
const NO_RIGHTS = { credit: '', creator: '', caption: '', alt: '', rightsHolder: '', rightsTerms: '' };

/**
 * Makes a reader's picture small, in the limited child process that decodes all pictures, and keeps it without anything that the file says of
 * place, time and camera. Answers with its digest. @throws Problem `unsupported`
 */
export async function keepPicture(media: MediaRoom, bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-picture-'));
  try {
    const file = join(folder, 'original');
    await writeFile(file, withoutCredentials(bytes));
    await runPictureJob({ op: 'probe', file }, folder);
    const plans = [{ name: 'avatar', width: WIDTH, format: 'webp' as const }];
    const { rendered } = await runPictureJob(
      { op: 'render', file, folder, plans, rights: NO_RIGHTS, title: '', signatureBytes: 0 },
      folder,
    );
    const [made] = rendered ?? [];
    if (made === undefined) throw new Error('the picture worker gave no answer');
    const { digest } = await media.blobs.put(createReadStream(made.file));
    return digest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Content Credentials are of the photograph, not of a face the size of a thumb: their boxes (JUMBF) are made unreadable, the picture stays. */
function withoutCredentials(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  for (const mark of ['jumb', 'c2pa'])
    for (let at = copy.indexOf(mark); at !== -1; at = copy.indexOf(mark, at + 4))
      copy.write('xxxx', at, 'latin1');
  return copy;
}

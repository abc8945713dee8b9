import { type FileHandle, open } from 'node:fs/promises';
import { readAt } from './bytes.ts';
import { cleanId3, cleanTail } from './id3.ts';
import { cleanMatroska } from './matroska.ts';
import { cleanMp4 } from './mp4.ts';
import { cleanWave } from './riff.ts';
import { cleanFlac, cleanOgg } from './vorbis.ts';

/** Sound with tags before and after it; FLAC may have them, too. */
async function cleanSound(handle: FileHandle): Promise<void> {
  const from = await cleanId3(handle, 0);
  if ((await readAt(handle, from, 4)).toString('latin1') === 'fLaC') await cleanFlac(handle, from);
  await cleanTail(handle);
}

const cleaners: Readonly<Record<string, (handle: FileHandle) => Promise<void>>> = {
  'audio/mpeg': cleanSound,
  'audio/aac': cleanSound,
  'audio/flac': cleanSound,
  'audio/mp4': cleanMp4,
  'video/mp4': cleanMp4,
  'audio/ogg': cleanOgg,
  'audio/wav': cleanWave,
  'video/webm': cleanMatroska,
};

/**
 * Takes out of a file of sound or film, in place and without moving a byte, what its tags say beyond title, makers, credit and rights:
 * place, device, owner, comments, programs' own data. Such files are published as they came, so this is done before they are kept; one
 * that says nothing private is not touched, and Content Credentials (C2PA) stay as they are.
 */
export async function forgetPrivate(file: string, type: string): Promise<void> {
  const clean = cleaners[type];
  if (clean === undefined) return;
  const handle = await open(file, 'r+');
  try {
    await clean(handle);
  } finally {
    await handle.close();
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRoot } from './sample.ts';

/** Half a minute of our own: four chords, made by `sample/radio/make-loop.sh`. */
export function stationLoop(): Promise<Buffer> {
  return readFile(join(findRoot(), 'radio', 'station-loop.mp3'));
}

/**
 * Runs in a child process with a small heap, no environment and write access to one folder only: pictures come from strangers, and a
 * decoder that falls over takes this process with it, not the site. Speaks JSON over the IPC channel: one job, one answer, then exit.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

export type RenderPlan = {
  readonly name: string;
  readonly width: number;
  readonly format: 'avif' | 'webp' | 'jpeg';
};
export type PictureJob =
  | { readonly op: 'probe'; readonly file: string }
  | {
      readonly op: 'render';
      readonly file: string;
      readonly folder: string;
      readonly plans: readonly RenderPlan[];
      readonly copyright: string;
      readonly description: string;
    };
export type Probe = {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
};
export type Rendered = RenderPlan & { readonly file: string; readonly height: number };
export type PictureAnswer = {
  readonly probe?: Probe;
  readonly rendered?: readonly Rendered[];
  readonly error?: string;
};

/** 100 megapixels: more than any press camera makes, far less than a bomb. */
const MAX_PIXELS = 100_000_000;
const input = { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true } as const;
const ACCEPTED = new Set(['jpeg', 'png', 'webp', 'heif', 'avif', 'gif', 'tiff']);

sharp.concurrency(1);
sharp.cache(false);

async function probe(file: string): Promise<Probe> {
  const image = sharp(file, input);
  const meta = await image.metadata();
  if (!ACCEPTED.has(meta.format)) throw new Error(`a ${meta.format} file is not a picture we take`);
  const { data, info } = await sharp(file, input)
    .autoOrient()
    .resize(16, 16, { fit: 'inside' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const sums = [0, 0, 0];
  const pixels = info.width * info.height;
  for (let i = 0; i < data.length; i += 1)
    sums[i % info.channels] = (sums[i % info.channels] ?? 0) + (data[i] ?? 0);
  const colour = sums
    .map((sum) =>
      Math.round(sum / pixels)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('');
  const turned = (meta.orientation ?? 1) >= 5;
  return {
    format: meta.format === 'heif' && meta.compression === 'av1' ? 'avif' : meta.format,
    width: turned ? meta.height : meta.width,
    height: turned ? meta.width : meta.height,
    colour: `#${colour}`,
  };
}

async function render(job: Extract<PictureJob, { op: 'render' }>): Promise<Rendered[]> {
  const done: Rendered[] = [];
  for (const plan of job.plans) {
    let image = sharp(job.file, input).autoOrient().resize({ width: plan.width, withoutEnlargement: true });
    // Everything private in the file (place, device, owner) is dropped; what a reader has a right to know is written anew.
    if (job.copyright !== '' || job.description !== '') {
      image = image.withExif({ IFD0: { Copyright: job.copyright, ImageDescription: job.description } });
    }
    if (plan.format === 'avif') image = image.avif({ quality: 52, effort: 3 });
    else if (plan.format === 'webp') image = image.webp({ quality: 76, effort: 4 });
    else
      image = image
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 78, progressive: true, chromaSubsampling: '4:2:0' });
    const { data, info } = await image.toBuffer({ resolveWithObject: true });
    const file = join(job.folder, `${plan.name}.${plan.format}`);
    await writeFile(file, data);
    done.push({ ...plan, width: info.width, height: info.height, file });
  }
  return done;
}

process.once('message', (job: PictureJob) => {
  const work: Promise<PictureAnswer> =
    job.op === 'probe'
      ? probe(job.file).then((found) => ({ probe: found }))
      : render(job).then((rendered) => ({ rendered }));
  work
    .catch((cause: unknown): PictureAnswer => ({
      error: cause instanceof Error ? cause.message : String(cause),
    }))
    .then((answer) => process.send?.(answer, () => process.disconnect()))
    .catch(() => process.exit(1));
});

/**
 * Runs in a child process with a small heap, no environment and write access to one folder only: pictures come from strangers, and a
 * decoder that falls over takes this process with it, not the site. Speaks JSON over the IPC channel: one job, one answer, then exit.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import {
  checkCredentials,
  deriveCredentials,
  mayHaveCredentials,
  type SignClaim,
} from './picture-credentials.ts';
import { carriedRights, type PictureMetadata, readMetadata } from './picture-metadata.ts';
import { type Rights, xmpPacket } from './picture-xmp.ts';

export type RenderPlan = {
  readonly name: string;
  readonly width: number;
  readonly format: 'avif' | 'webp' | 'jpeg';
  /** The part to cut out, in pixels of the picture turned upright. */
  readonly crop?: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
};
export type PictureJob =
  | { readonly op: 'probe'; readonly file: string }
  | {
      readonly op: 'render';
      readonly file: string;
      readonly folder: string;
      readonly plans: readonly RenderPlan[];
      readonly rights: Rights;
      /** What renditions are called in their Content Credentials. */
      readonly title: string;
      readonly signatureBytes: number;
    }
  | CardJob;
export type CardText = {
  readonly text: string;
  readonly fontFile?: string;
  readonly font: string;
  readonly colour: string;
};
/** A social card of 1200 × 630: the house's name over a rule, a label, the headline, and a picture beside them where there is one. */
export type CardJob = {
  readonly op: 'card';
  readonly out: string;
  readonly site: CardText;
  readonly label: CardText;
  readonly headline: CardText;
  readonly rtl: boolean;
  readonly picture?: { readonly file: string; readonly focal: { readonly x: number; readonly y: number } };
};
export type Probe = {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
  readonly metadata: PictureMetadata;
  /** Of its Content Credentials: whole and this picture's, or not; null where it has none. */
  readonly credentials: 'valid' | 'invalid' | null;
};
export type Rendered = RenderPlan & { readonly file: string; readonly height: number };
export type PictureAnswer = {
  readonly probe?: Probe;
  readonly rendered?: readonly Rendered[];
  readonly error?: string;
  /** Not yet the answer: a claim to sign, base64; the parent sends the signature back. */
  readonly claim?: string;
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
  const bytes = await readFile(file);
  const turned = (meta.orientation ?? 1) >= 5;
  return {
    format: meta.format === 'heif' && meta.compression === 'av1' ? 'avif' : meta.format,
    width: turned ? meta.height : meta.width,
    height: turned ? meta.width : meta.height,
    colour: `#${colour}`,
    metadata: readMetadata(bytes),
    credentials: await checkCredentials(bytes, meta.format),
  };
}

async function render(job: Extract<PictureJob, { op: 'render' }>): Promise<Rendered[]> {
  const done: Rendered[] = [];
  const original = await readFile(job.file);
  const derives = mayHaveCredentials(original);
  const rights = { ...job.rights, ...carriedRights(original) };
  const { format: originalFormat } = derives ? await sharp(job.file, input).metadata() : { format: '' };
  for (const plan of job.plans) {
    let image = sharp(job.file, input).autoOrient();
    if (plan.crop !== undefined) image = image.extract(plan.crop);
    image = labelled(image.resize({ width: plan.width, withoutEnlargement: true }), rights);
    if (plan.format === 'avif') image = image.avif({ quality: 52, effort: 3 });
    else if (plan.format === 'webp') image = image.webp({ quality: 76, effort: 4 });
    else
      image = image
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 78, progressive: true, chromaSubsampling: '4:2:0' });
    const { data, info } = await image.toBuffer({ resolveWithObject: true });
    const file = join(job.folder, `${plan.name}.${plan.format}`);
    await writeFile(
      file,
      derives
        ? await deriveCredentials(
            {
              original,
              originalFormat,
              rendition: data,
              format: plan.format,
              actions: [
                ...(plan.crop === undefined ? [] : ['c2pa.cropped']),
                'c2pa.resized',
                'c2pa.transcoded',
              ],
              title: job.title,
              signatureBytes: job.signatureBytes,
            },
            askForSignature,
          )
        : data,
    );
    done.push({ ...plan, width: info.width, height: info.height, file });
  }
  return done;
}

/** Everything private in the file (position, device, owner) is dropped; what a reader has a right to know is written anew. */
function labelled(image: Sharp, rights: Rights): Sharp {
  const { credit, caption, creator } = rights;
  if (Object.values(rights).every((said) => said === '')) return image;
  const exif = { Copyright: credit, ImageDescription: caption, Artist: creator };
  const given = Object.fromEntries(Object.entries(exif).filter(([, text]) => text !== ''));
  const marked = image.withXmp(xmpPacket(rights));
  return Object.keys(given).length === 0 ? marked : marked.withExif({ IFD0: given });
}

const CARD = {
  width: 1200,
  height: 630,
  margin: 64,
  paper: '#faf8f2',
  ink: '#151411',
  accent: '#b3261e',
} as const;

/** Draws a text to fit a box: the largest of a few sizes that does not run over it. */
async function drawText(
  given: CardText,
  box: { width: number; height: number; sizes: readonly number[]; rtl: boolean },
): Promise<{ data: Buffer; width: number; height: number } | undefined> {
  if (given.text === '') return undefined;
  const escaped = given.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  for (const [i, size] of box.sizes.entries()) {
    const drawn = await sharp({
      text: {
        text: `<span foreground="${given.colour}">${escaped}</span>`,
        font: `${given.font} ${size}`,
        ...(given.fontFile === undefined ? {} : { fontfile: given.fontFile }),
        width: box.width,
        align: box.rtl ? 'right' : 'left',
        wrap: 'word-char',
        rgba: true,
        dpi: 72,
      },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
    const { width, height } = drawn.info;
    if (height <= box.height && width <= box.width) return { data: drawn.data, width, height };
    if (i === box.sizes.length - 1) {
      const data = await sharp(drawn.data)
        .extract({ left: 0, top: 0, width: Math.min(width, box.width), height: Math.min(height, box.height) })
        .png()
        .toBuffer();
      return { data, width: Math.min(width, box.width), height: Math.min(height, box.height) };
    }
  }
  return undefined;
}

async function card(job: CardJob): Promise<void> {
  const { width, height, margin } = CARD;
  const beside = job.picture === undefined ? 0 : 420;
  const room = width - 2 * margin - (beside === 0 ? 0 : beside - margin + 40);
  const start = (own: number): number => (job.rtl ? width - margin - own : margin);
  const layers: OverlayOptions[] = [
    { input: { create: { width, height: 10, channels: 3, background: CARD.ink } }, left: 0, top: 0 },
  ];
  const place = (drawn: { data: Buffer; width: number } | undefined, top: number): void => {
    if (drawn !== undefined) layers.push({ input: drawn.data, left: Math.max(0, start(drawn.width)), top });
  };
  place(await drawText(job.site, { width: room, height: 60, sizes: [38, 30], rtl: job.rtl }), 48);
  layers.push({
    input: { create: { width: room, height: 2, channels: 3, background: CARD.ink } },
    left: start(room),
    top: 118,
  });
  place(await drawText(job.label, { width: room, height: 40, sizes: [26, 22], rtl: job.rtl }), 142);
  place(
    await drawText(job.headline, { width: room, height: 360, sizes: [72, 62, 54, 46, 40], rtl: job.rtl }),
    196,
  );
  if (job.picture !== undefined) {
    const { file, focal } = job.picture;
    const meta = await sharp(file, input).autoOrient().toBuffer({ resolveWithObject: true });
    const scale = Math.max(beside / meta.info.width, height / meta.info.height);
    const wide = Math.max(beside, Math.round(meta.info.width * scale));
    const tall = Math.max(height, Math.round(meta.info.height * scale));
    const left = Math.min(Math.max(Math.round(focal.x * wide - beside / 2), 0), wide - beside);
    const top = Math.min(Math.max(Math.round(focal.y * tall - height / 2), 0), tall - height);
    const cut = await sharp(meta.data, input)
      .resize(wide, tall, { fit: 'fill' })
      .extract({ left, top, width: beside, height })
      .flatten({ background: CARD.paper })
      .png()
      .toBuffer();
    layers.push({ input: cut, left: job.rtl ? 0 : width - beside, top: 0 });
  }
  await sharp({ create: { width, height, channels: 3, background: CARD.paper } })
    .composite(layers)
    .png({ compressionLevel: 9, palette: job.picture === undefined })
    .toFile(job.out);
}

/** One claim at a time goes to the parent and comes back signed. */
const askForSignature: SignClaim = (claim) =>
  new Promise((resolve) => {
    process.once('message', (signature: string) => resolve(Buffer.from(signature, 'base64')));
    process.send?.({ claim: Buffer.from(claim).toString('base64') } satisfies PictureAnswer);
  });

process.once('message', (job: PictureJob) => {
  const work: Promise<PictureAnswer> =
    job.op === 'probe'
      ? probe(job.file).then((found) => ({ probe: found }))
      : job.op === 'card'
        ? card(job).then(() => ({}))
        : render(job).then((rendered) => ({ rendered }));
  work
    .catch((cause: unknown): PictureAnswer => ({
      error: cause instanceof Error ? cause.message : String(cause),
    }))
    .then((answer) => process.send?.(answer, () => process.disconnect()))
    .catch(() => process.exit(1));
});

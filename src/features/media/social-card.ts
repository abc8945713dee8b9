import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { directionOf } from '../../base/text.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import type { MediaRoom } from './media.ts';
import { putSocialCard, readAsset } from './media.store.ts';
import { runPictureJob } from './picture-child.ts';
import type { CardText } from './picture-worker.ts';

export type CardOrder = {
  readonly version: PublishedVersion;
  readonly siteName: string;
  /** Where the TrueType files of the cards are. */
  readonly fontFolder: string;
};

/** Changes when the drawing does, so that kept cards are drawn anew. */
const DESIGN = 2;
const INK = '#151411';
const QUIET = '#6b665c';

/** One card is drawn at a time: a crawl of old stories must not take the machine. */
let queue: Promise<unknown> = Promise.resolve();

/** The digest of an article's social card (PNG, 1200 × 630) in the media store; drawn when there is none of this content. */
export async function socialCard(room: MediaRoom, order: CardOrder): Promise<string> {
  const { version } = order;
  const input = JSON.stringify([
    DESIGN,
    order.siteName,
    version.headline,
    version.section?.name,
    version.storylines[0]?.title,
    version.leadPicture?.digest,
    version.language,
  ]);
  const inputDigest = createHash('sha256').update(input).digest('hex');
  const known = await room.db.read
    .selectFrom('social_cards')
    .selectAll()
    .where('article_id', '=', version.article)
    .executeTakeFirst();
  if (known?.input_digest === inputDigest && (await room.blobs.has(known.digest))) return known.digest;
  const drawing = queue.then(() => draw(room, order));
  queue = drawing.catch(() => undefined);
  const { digest, bytes } = await drawing;
  await room.db.write((tx) =>
    putSocialCard(tx, {
      article_id: version.article,
      input_digest: inputDigest,
      digest,
      bytes,
      created_at: room.clock.now(),
    }),
  );
  return digest;
}

const draw = (room: MediaRoom, order: CardOrder): Promise<{ digest: string; bytes: number }> =>
  drawn(room, order, (file) => room.blobs.put(createReadStream(file)));

/** The card of a version that is not published: drawn anew, and kept nowhere. */
export async function drawCard(room: MediaRoom, order: CardOrder): Promise<Uint8Array> {
  const drawing = queue.then(() => drawn(room, order, (file) => readFile(file)));
  queue = drawing.catch(() => undefined);
  return drawing;
}

async function drawn<T>(
  room: MediaRoom,
  { version, siteName, fontFolder }: CardOrder,
  take: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-card-'));
  try {
    const out = join(folder, 'card.png');
    const picture = await fetchPicture(room, version, join(folder, 'picture'));
    const label = version.storylines[0]?.title ?? version.section?.name ?? '';
    await runPictureJob(
      {
        op: 'card',
        out,
        site: textOf(siteName, { fontFolder, colour: INK }),
        label: textOf(label, { fontFolder, colour: QUIET }),
        headline: textOf(version.headline, { fontFolder, colour: INK }),
        rtl: directionOf(version.language) === 'rtl',
        ...(picture === undefined ? {} : { picture }),
      },
      folder,
    );
    return await take(out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type CardPicture = { file: string; focal: { x: number; y: number } };

async function fetchPicture(
  room: MediaRoom,
  version: PublishedVersion,
  file: string,
): Promise<CardPicture | undefined> {
  const asset =
    version.leadPicture === undefined ? undefined : await readAsset(room.db.read, version.leadPicture.asset);
  if (asset === undefined || asset.digest === null || asset.kind !== 'picture' || asset.withdrawn === 1)
    return undefined;
  if (asset.rights_expire_at !== null && asset.rights_expire_at <= room.clock.now()) return undefined;
  const bytes = await room.blobs.get(asset.digest);
  if (bytes === undefined) return undefined;
  await pipeline(bytes, createWriteStream(file));
  return { file, focal: { x: asset.focal_x / 1000, y: asset.focal_y / 1000 } };
}

/** The font that has a text's script; Han, Kana, Hangul and the rest are the system's. */
function textOf(text: string, { fontFolder, colour }: { fontFolder: string; colour: string }): CardText {
  const [family, file] = /\p{Script=Arabic}/u.test(text)
    ? ['Paper Naskh Arabic', 'naskh-arabic.ttf']
    : /\p{Script=Cyrillic}/u.test(text)
      ? ['Paper Display Cyrillic', 'display-cyrillic.ttf']
      : ['Paper Display Latin', 'display-latin.ttf'];
  return { text, colour, font: `${family} Semi-Bold`, fontFile: join(fontFolder, file) };
}

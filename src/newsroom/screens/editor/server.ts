import { api } from '../../api.ts';
import type { Option } from '../../ui/combobox.tsx';
import type { PastedPicture } from './paste/paste.ts';
import type { AssetShown } from './text/views.ts';

type Page<T> = { readonly items: readonly T[]; readonly next: string | null };
type Named = {
  readonly id: string;
  readonly name?: string;
  readonly title?: string;
  readonly slug?: string;
  readonly kind?: string;
};

type Asset = {
  readonly id: string;
  readonly kind: 'picture' | 'audio' | 'video' | 'file';
  readonly fileName: string;
  readonly caption: string;
  readonly credit: string;
  readonly alt: string;
  readonly path: string | null;
  readonly preview: string | null;
  readonly createdAt: string;
  readonly renditions?: readonly { readonly width: number; readonly path: string }[];
};

/** Finds nouns by how they begin; the list of a newsroom's sections is short and comes whole. */
export const finder =
  (list: 'sections' | 'authors' | 'sources' | 'storylines' | 'concepts') =>
  async (text: string, signal: AbortSignal): Promise<readonly Option[]> => {
    const slug = text.trim().toLowerCase();
    const { items } = await api.get<Page<Named>>(list, {
      query: { limit: 20, q: slug === '' ? undefined : slug.replaceAll(' ', '-') },
      signal,
    });
    return items.map(optionOf);
  };

export const optionOf = (noun: Named): Option => ({
  id: noun.id,
  label: noun.name ?? noun.title ?? noun.slug ?? noun.id,
  note: noun.kind,
});

/** The names of what is chosen already. */
export async function named(list: string, ids: readonly string[]): Promise<readonly Option[]> {
  return Promise.all(
    ids.map(async (id) => {
      try {
        return optionOf(await api.get<Named>(`${list}/${id}`));
      } catch {
        return { id, label: id.slice(-8) };
      }
    }),
  );
}

export async function findArticles(
  text: string,
  signal: AbortSignal,
): Promise<readonly (Option & { readonly path: string | null })[]> {
  const { items } = await api.get<Page<{ id: string; headline: string; state: string; path: string | null }>>(
    'articles',
    {
      query: { limit: 10, q: text.trim() === '' ? undefined : text.trim() },
      signal,
    },
  );
  return items.map(({ id, headline, state, path }) => ({ id, label: headline, note: state, path }));
}

const titles = new Map<string, Promise<string | undefined>>();
export function articleTitle(id: string): Promise<string | undefined> {
  const known = titles.get(id);
  if (known !== undefined) return known;
  const asked = api.get<{ headline: string }>(`articles/${id}`).then(
    ({ headline }) => headline,
    () => undefined,
  );
  titles.set(id, asked);
  return asked;
}

/** Sizes of a picture that has just come are made by a job, in a moment. */
async function rendered(id: string): Promise<Asset> {
  for (let tries = 0; ; tries += 1) {
    const asset = await api.get<Asset>(`assets/${id}`);
    const fresh = Date.now() - Date.parse(asset.createdAt) < 60_000;
    if (asset.kind !== 'picture' || addressOf(asset) !== null || !fresh || tries >= 40) return asset;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const assets = new Map<string, Promise<AssetShown | undefined>>();
export function assetShown(id: string): Promise<AssetShown | undefined> {
  const known = assets.get(id);
  if (known !== undefined) return known;
  const asked = rendered(id).then(
    (asset) => ({ ...asset, address: addressOf(asset) }),
    () => undefined,
  );
  assets.set(id, asked);
  return asked;
}

/** The smallest rendition that is sharp in the column, else what there is. */
function addressOf(asset: Asset): string | null {
  const fitting = (asset.renditions ?? [])
    .filter(({ width }) => width >= 640)
    .sort((a, b) => a.width - b.width)[0];
  return fitting?.path ?? asset.path ?? asset.preview;
}

/** Sends a file to the library as its own screen does. @throws Error that says why it was not taken */
export async function sendFile(file: File, said: { readonly alt?: string } = {}): Promise<string> {
  return (await import('../media/uploads.ts')).sendFile(file, said);
}

export const assetKind = async (id: string): Promise<Asset['kind']> =>
  (await api.get<Asset>(`assets/${id}`)).kind;

/** Pictures that came within pasted text as bytes; those of other sites are not fetched, and have no place here. */
export async function takePictures(pictures: readonly PastedPicture[]): Promise<ReadonlyMap<number, string>> {
  const taken = new Map<number, string>();
  for (const { index, source, alt } of pictures) {
    const match = /^data:(image\/[a-z]+);base64,(.*)$/is.exec(source);
    if (match === null) continue;
    try {
      const bytes = Uint8Array.from(atob(match[2] ?? ''), (character) => character.charCodeAt(0));
      const type = match[1] ?? 'image/png';
      const name = `pasted-${index + 1}.${type.split('/')[1] ?? 'png'}`;
      taken.set(index, await sendFile(new File([bytes], name, { type }), { alt }));
    } catch {
      // Broken or hostile bytes are refused by the server; the picture's place goes.
    }
  }
  return taken;
}

export type EmbedFound = {
  readonly provider: string | null;
  readonly title: string | null;
  readonly known: boolean;
};
export const lookUpEmbed = (url: string): Promise<EmbedFound> =>
  api.get<EmbedFound>('embeds', { query: { url } });

/** Where the conversations about an article are kept among what was read. */
export const threadsQueryKey = (articleId: string) => ['threads', articleId] as const;

import { paths } from '../../../contract/routes.ts';
import { api, newKey } from '../../api.ts';
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

export type Asset = {
  readonly id: string;
  readonly kind: 'picture' | 'audio' | 'video' | 'file';
  readonly fileName: string;
  readonly caption: string;
  readonly credit: string;
  readonly alt: string;
  readonly path: string | null;
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

const assets = new Map<string, Promise<AssetShown | undefined>>();
export function assetShown(id: string): Promise<AssetShown | undefined> {
  const known = assets.get(id);
  if (known !== undefined) return known;
  const asked = api.get<Asset>(`assets/${id}`).then(
    (asset) => ({ ...asset, address: addressOf(asset) }),
    () => undefined,
  );
  assets.set(id, asked);
  return asked;
}

/** The smallest rendition that is sharp in the column, else the original. */
export function addressOf(asset: Asset): string | null {
  const fitting = (asset.renditions ?? [])
    .filter(({ width }) => width >= 640)
    .sort((a, b) => a.width - b.width)[0];
  return fitting?.path ?? asset.path;
}

export async function latestAssets(kind: Asset['kind']): Promise<readonly Asset[]> {
  return (await api.get<Page<Asset>>('assets', { query: { kind, limit: 40 } })).items;
}

const KINDS: readonly [RegExp, Asset['kind']][] = [
  [/^image\//, 'picture'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
];

/** Registers a file and sends its bytes. @throws Refusal for what is not taken */
export async function upload(file: Blob, name: string, alt = ''): Promise<Asset> {
  const kind = KINDS.find(([type]) => type.test(file.type))?.[1] ?? 'file';
  const made = await api.post<Asset>('assets', { kind, fileName: name, alt }, { idempotencyKey: newKey() });
  const response = await fetch(paths.api(`assets/${made.id}/content`), {
    method: 'PUT',
    credentials: 'same-origin',
    headers: { 'content-type': file.type === '' ? 'application/octet-stream' : file.type },
    body: file,
  });
  if (!response.ok) {
    const said = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Error(said.detail ?? response.statusText);
  }
  return (await response.json()) as Asset;
}

/** Pictures that came within pasted text as bytes; those of other sites are not fetched, and have no place here. */
export async function takePictures(pictures: readonly PastedPicture[]): Promise<ReadonlyMap<number, string>> {
  const taken = new Map<number, string>();
  for (const { index, source, alt } of pictures) {
    const match = /^data:(image\/[a-z]+);base64,(.*)$/is.exec(source);
    if (match === null) continue;
    try {
      const bytes = Uint8Array.from(atob(match[2] ?? ''), (character) => character.charCodeAt(0));
      const type = match[1] ?? 'image/png';
      const asset = await upload(new Blob([bytes], { type }), `pasted.${type.split('/')[1] ?? 'png'}`, alt);
      taken.set(index, asset.id);
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

import type { Head } from './head.ts';

export type Title = { readonly artist: string; readonly title: string };

const clean = (text: string): string =>
  text
    .replace(/[\0-\x1f\x7f]/g, ' ')
    .trim()
    .slice(0, 500);

/** Percent-decoding to bytes: the character set is said beside it, or not at all. */
function bytesOf(text: string): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hex = text[at] === '%' ? /^[0-9a-fA-F]{2}/.exec(text.slice(at + 1))?.[0] : undefined;
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(text[at] === '+' ? 0x20 : text.charCodeAt(at) & 0xff);
  }
  return Buffer.from(bytes);
}

function decode(bytes: Buffer, charset: string | undefined): string {
  for (const label of [charset, 'utf-8'])
    if (label !== undefined) {
      try {
        return new TextDecoder(label, { fatal: true }).decode(bytes);
      } catch {
        continue; // Not in that character set, or a name that nobody knows.
      }
    }
  return new TextDecoder('windows-1252').decode(bytes);
}

/** The raw values of a query, still percent-encoded. */
export function rawQuery(target: string): Map<string, string> {
  const found = new Map<string, string>();
  const [, query = ''] = target.split(/\?(.*)/s);
  for (const pair of query.split('&')) {
    const [name = '', ...value] = pair.split('=');
    if (!found.has(name)) found.set(name, value.join('='));
  }
  return found;
}

/** What an update of metadata says: `song=Artist - Title`, or the two apart. Undefined when it says nothing of either. */
export function titleOf(head: Pick<Head, 'target'>): Title | undefined {
  const query = rawQuery(head.target);
  const charset = query.get('charset');
  const text = (name: string): string | undefined => {
    const raw = query.get(name);
    return raw === undefined ? undefined : clean(decode(bytesOf(raw), charset));
  };
  const song = text('song');
  if (song !== undefined) return splitSong(song);
  const [artist, title] = [text('artist'), text('title')];
  return artist === undefined && title === undefined
    ? undefined
    : { artist: artist ?? '', title: title ?? '' };
}

export function splitSong(song: string): Title {
  const [artist = '', ...title] = song.split(' - ');
  return title.length === 0
    ? { artist: '', title: clean(song) }
    : { artist: clean(artist), title: clean(title.join(' - ')) };
}

export const songOf = ({ artist, title }: Title): string => (artist === '' ? title : `${artist} - ${title}`);

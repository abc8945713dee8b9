import type { Episode } from './data.ts';

type Chapter = Episode['chapters'][number];

/** 0:00, 12:05, 1:02:05 */
export function textOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${String(m).padStart(h > 0 ? 2 : 1, '0')}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}

/**
 * Chapters of lines such as `12:05 The bridge`; undefined when a line is none. A chapter that stands as it was keeps its address and the
 * part of its second that a line does not show.
 */
export function chaptersIn(text: string, before: readonly Chapter[]): Chapter[] | undefined {
  const chapters: Chapter[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^\s*(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)\s+(\S.*)$/.exec(line);
    if (match === null) return undefined;
    const [, h = '0', m = '0', s = '0', rest = ''] = match;
    const startMs = (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000;
    const title = rest.trim();
    const known = before.find((one) => one.title === title && textOf(one.startMs) === textOf(startMs));
    chapters.push(known ?? { startMs, title });
  }
  return chapters;
}

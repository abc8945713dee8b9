import { clockOf } from './clock.ts';
import { isBareCredit } from './credit.ts';
import { metaOf } from './meta.ts';
import type { Sheet } from './sheet.ts';
import { sameText, titleParts } from './title.ts';
import type { DropReason } from './types.ts';

/** Why a line that nothing asked for is in no field, by its words, its shape and its place. */
export function reasonOf(
  sheet: Sheet,
  at: number,
  story: { headline: string | undefined; top: number; last: number },
): DropReason {
  const furniture = sheet.furniture(at);
  if (furniture !== undefined) return furniture.reason;
  const text = sheet.text(at);
  const near = Math.abs(at - story.top) < 200 || Math.abs(at - story.last) < 200;
  if (near && story.headline !== undefined && text.length <= 300) {
    if (sameText(text, story.headline)) return 'duplicate';
    if (titleParts(text).some((part) => sameText(part, story.headline ?? ''))) return 'title';
  }
  if (near) {
    const meta = metaOf(sheet, at);
    if (meta?.kind === 'credit' && !isBareCredit(meta.credit.credit)) return 'picture';
    if (meta?.kind === 'counters' || meta?.kind === 'counter label') return 'counter label';
    if (meta?.kind === 'numbers') return 'list number';
    if (clockOf(text, sheet.language) !== undefined) return at < story.top ? 'clock' : 'date';
    if (meta?.kind === 'date') return 'date';
  }
  if (sheet.prose(at)) return 'other story';
  if (sheet.headlineLike(at)) return 'other headline';
  return at < story.top ? 'menu' : at > story.last ? 'footer' : 'unrecognised';
}

import { isBylineLabel, nameAlone } from './bylines.ts';
import { clockOf } from './clock.ts';
import { isBareCredit } from './credit.ts';
import { collect } from './collect.ts';
import type { Collected } from './collect.ts';
import { metaOf } from './meta.ts';
import { agrees, wholeDay } from './published.ts';
import type { Ledger, Sheet } from './sheet.ts';
import { dateLabelOf } from './stated.ts';
import type { PartialDate } from './types.ts';

const ABOVE = 60;
const KICKER = 4;

/** Reads the lines above the headline: the masthead's clock (returned, for it bounds the day) and what belongs to the story. */
export function readAbove(
  sheet: Sheet,
  ledger: Ledger,
  zone: { top: number; collected: Collected; dateline: PartialDate | undefined; dated: boolean },
): PartialDate | undefined {
  let clock: PartialDate | undefined;
  for (let at = 0; at < zone.top; at += 1) {
    if (at >= ABOVE && at < zone.top - ABOVE) continue;
    if (ledger.isTaken(at)) continue;
    const meta = metaOf(sheet, at);
    if (meta?.kind === 'date') {
      const labelled =
        meta.line.stated.some((item) => item.kind !== 'unlabelled') ||
        (at > 0 && dateLabelOf(sheet.text(at - 1)) !== undefined);
      const date = meta.line.stated[0]?.date;
      if (
        !labelled &&
        isMasthead(sheet, at, { ...zone, date, timed: meta.line.stated[0]?.time !== undefined })
      ) {
        if (date?.year !== undefined) clock ??= date;
        ledger.drop(at, 'clock');
        continue;
      }
      collect({ sheet, ledger, into: zone.collected }, { at, meta, part: 'above' });
      continue;
    }
    const shown = clockOf(sheet.text(at), sheet.language);
    if (shown !== undefined) {
      clock ??= shown.date;
      ledger.drop(at, 'clock');
      continue;
    }
    if (meta?.kind === 'storyline' && zone.top - at <= 8)
      collect({ sheet, ledger, into: zone.collected }, { at, meta, part: 'above' });
    if (meta?.kind === 'credit' && !isBareCredit(meta.credit.credit)) ledger.drop(at, 'picture');
    // A list of sections with numbers is a menu, so counters above the headline count only right above it.
    if ((meta?.kind === 'counters' || meta?.kind === 'counter label') && zone.top - at <= 5)
      collect({ sheet, ledger, into: zone.collected }, { at, meta, part: 'above' });
    const close = zone.top - at <= KICKER && sheet.furniture(at) === undefined;
    if (close && meta === undefined && sheet.text(at).length <= 40) ledger.drop(at, 'kicker');
  }
  return clock;
}

/** The date above the headline is the masthead's when the story has a date of its own, disagrees, or a menu stands between. */
function isMasthead(
  sheet: Sheet,
  at: number,
  zone: {
    top: number;
    dateline: PartialDate | undefined;
    dated: boolean;
    date: PartialDate | undefined;
    timed: boolean;
  },
): boolean {
  const day = zone.date === undefined ? undefined : wholeDay(zone.date);
  if (zone.dated) return true;
  // With a dateline the year comes from the story: a masthead that agrees by chance proves nothing, unless it stands at the headline.
  const adjacent = zone.top - at <= 2;
  if (day !== undefined && zone.dateline?.day !== undefined && !agrees(day, zone.dateline)) return true;
  if (adjacent && !(at === 0 && zone.timed)) return false;
  // Between the masthead and the headline lies the site's menu; the article's own tools (print, share, comments) say nothing.
  let menu = 0;
  for (let i = at + 1; i < zone.top; i += 1) {
    const reason = sheet.furniture(i)?.reason;
    const short = reason === undefined && sheet.text(i).length < 24 && /\p{L}/u.test(sheet.text(i));
    if (
      short ||
      reason === 'menu' ||
      reason === 'live' ||
      reason === 'account' ||
      reason === 'advert' ||
      reason === 'breadcrumb'
    )
      menu += 1;
  }
  return menu >= (at <= 3 ? 1 : 2);
}

/** Reads the lines between the headline and the body. */
export function readHeader(
  sheet: Sheet,
  ledger: Ledger,
  zone: { from: number; bodyAt: number; collected: Collected },
): void {
  for (let at = zone.from; at < zone.bodyAt; at += 1) {
    if (ledger.isTaken(at)) continue;
    const furniture = sheet.furniture(at);
    const meta = furniture === undefined || furniture.role === 'comments' ? metaOf(sheet, at) : undefined;
    if (furniture !== undefined && meta?.kind !== 'counters') {
      ledger.drop(at, furniture.reason);
      continue;
    }
    if (meta !== undefined && collect({ sheet, ledger, into: zone.collected }, { at, meta, part: 'header' }))
      continue;
    const next = isBylineLabel(sheet.text(at)) ? nameAlone(sheet.text(at + 1)) : undefined;
    if (next !== undefined) {
      ledger.drop(at, 'label');
      for (const one of next.names) zone.collected.bylines.push({ name: one, at: at + 1, sure: 0.88 });
      at += 1;
      continue;
    }
    const name = nameAlone(sheet.text(at));
    if (name !== undefined && besideDate(sheet, at)) {
      for (const one of name.names) zone.collected.bylines.push({ name: one, at, sure: 0.55 });
      continue;
    }
    if (ledger.isTaken(at)) continue;
    ledger.drop(
      at,
      sheet.repeats(at) > 1 ? 'duplicate' : sheet.headlineLike(at) ? 'other headline' : 'kicker',
    );
  }
}

function besideDate(sheet: Sheet, at: number): boolean {
  return [at - 1, at + 1, at + 2].some((near) => {
    const meta = metaOf(sheet, near);
    return meta?.kind === 'date' || meta?.kind === 'role';
  });
}

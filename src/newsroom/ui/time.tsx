import { useSite } from '../app/session.ts';
import { type Language, localeOf, useLanguage, useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(
  language: Language,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined)
    formats.set(
      key,
      (format = new Intl.DateTimeFormat(localeOf(language), {
        ...options,
        timeZone: zone,
        hourCycle: 'h23',
      })),
    );
  return format;
}

type Shown = {
  readonly language: Language;
  readonly zone: string;
  /** With how far the zone's clocks are ahead then: for a time that comes twice. */
  readonly offset?: boolean;
};

/** An instant as a line of text: `25 Nov 2026, 14:15`. */
export function showInstant(instant: string, at: Shown): string {
  return formatOf(at.language, at.zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(at.offset === true ? { timeZoneName: 'shortOffset' as const } : {}),
  }).format(Date.parse(instant));
}

/** An instant in the site's zone; pointed at, in full and in the zone of this machine too. */
export function TimeOf({ instant, date = true }: { readonly instant: string; readonly date?: boolean }) {
  const language = useLanguage();
  const { timeZone } = useSite();
  const short: Intl.DateTimeFormatOptions = date
    ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }
    : { hour: '2-digit', minute: '2-digit' };
  const old = new Date(instant).getFullYear() !== new Date().getFullYear();
  const both = [...new Set([timeZone, here])].map(
    (zone) => `${showInstant(instant, { language, zone })} (${zone})`,
  );
  return (
    <time dateTime={instant} title={both.join('\n')}>
      {formatOf(language, timeZone, old && date ? { ...short, year: 'numeric' } : short).format(
        Date.parse(instant),
      )}
    </time>
  );
}

/** An instant in the site's zone and, where it is another, in that of this machine: both to be read. */
export function BothTimes({ instant }: { readonly instant: string }) {
  const text = useText(kitText);
  const language = useLanguage();
  const { timeZone } = useSite();
  const show = (zone: string): string =>
    `${showInstant(instant, { language, zone, offset: true })} (${zone})`;
  return (
    <time dateTime={instant}>
      {show(timeZone)}
      {here !== timeZone && ` · ${text.hereTime(show(here))}`}
    </time>
  );
}

/** An instant as date and time fields hold it: `2026-11-25T14:15` in a zone. */
export function wallClockOf(instant: string, zone: string): string {
  return wallSecondOf(instant, zone).slice(0, 16);
}

/** As `wallClockOf`, with its seconds: `2026-11-25T14:15:09`. */
export function wallSecondOf(instant: string, zone: string): string {
  const parts: Record<string, string> = {};
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  for (const part of format.formatToParts(Date.parse(instant))) parts[part.type] = part.value;
  return `${(parts['year'] ?? '').padStart(4, '0')}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}`;
}

import { useEffect, useState } from 'react';
import { useSite } from '../app/session.ts';
import { useLanguage, useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';
import { Field, type FieldProps, fieldOf } from './field.tsx';
import { readWallClock, showInstant, wallClockOf } from './time.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

export type DateTimeProps = FieldProps & {
  /** A UTC instant; null: none. */
  readonly value: string | null;
  /** Undefined while what stands in the fields is no moment: the form must not be sent then. */
  readonly onChange: (instant: string | null | undefined) => void;
};

/**
 * A moment, written on the wall clock of the site. Shows what it is on this machine's clock where that differs, and refuses times over
 * which the clocks go forward.
 */
export function DateTimeField({ value, onChange, ...field }: DateTimeProps) {
  const text = useText(kitText);
  const language = useLanguage();
  const { timeZone } = useSite();
  const [wall, setWall] = useState(value === null ? '' : wallClockOf(value, timeZone));
  useEffect(() => {
    if (typeof value === 'string') setWall(wallClockOf(value, timeZone));
  }, [value, timeZone]);
  const read = wall === '' ? undefined : readWallClock(wall, timeZone);
  const fault =
    field.fault ?? (read?.kind === 'gap' ? text.gap : read?.kind === 'bad' ? text.badTime : undefined);
  const instant = read?.kind === 'instant' ? read.instant : undefined;
  const elsewhere =
    instant === undefined || wallClockOf(instant, here) === wall
      ? undefined
      : text.hereTime(`${showInstant(instant, { language, zone: here })} (${here})`);
  const hints = [
    text.siteTime(timeZone),
    elsewhere,
    read?.kind === 'instant' && read.twice ? text.twice : undefined,
    field.hint,
  ].filter((hint) => hint !== undefined);
  return (
    <Field
      {...fieldOf({
        ...field,
        fault,
        hint: hints.map((hint, at) => <div key={at}>{hint}</div>),
      })}
    >
      {(ids) => (
        <input
          {...ids}
          className="input"
          type="datetime-local"
          value={wall}
          onChange={(event) => {
            const next = event.target.value.slice(0, 16);
            setWall(next);
            if (next === '') return onChange(null);
            const meant = readWallClock(next, timeZone);
            return onChange(meant.kind === 'instant' ? meant.instant : undefined);
          }}
        />
      )}
    </Field>
  );
}

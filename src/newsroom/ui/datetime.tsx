import { useEffect, useState } from 'react';
import { resolveLocal } from '../../base/clock.ts';
import { useSite } from '../app/session.ts';
import { useLanguage, useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';
import { Field, type FieldProps, fieldOf } from './field.tsx';
import { showInstant, wallClockOf, wallSecondOf } from './time.tsx';
import { WhichOfTwo } from './which.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

export type DateTimeProps = FieldProps & {
  /** A UTC instant; null: none. */
  readonly value: string | null;
  /** Undefined while what stands in the fields is no moment: the form must not be sent then. */
  readonly onChange: (instant: string | null | undefined) => void;
  /** To the second; else to the minute. */
  readonly seconds?: boolean;
};

/**
 * A moment, written on the wall clock of the site. Shows what it is on this machine's clock where that differs, and refuses times over
 * which the clocks go forward; of one that comes twice it asks which.
 */
export function DateTimeField({ value, onChange, seconds = false, ...field }: DateTimeProps) {
  const text = useText(kitText);
  const language = useLanguage();
  const { timeZone } = useSite();
  const wallOf = seconds ? wallSecondOf : wallClockOf;
  const [wall, setWall] = useState(value === null ? '' : wallOf(value, timeZone));
  useEffect(() => {
    if (typeof value === 'string') setWall(wallOf(value, timeZone));
  }, [value, timeZone]);
  const meant = wall === '' ? undefined : resolveLocal(wall, timeZone);
  const show = (instant: string, zone: string): string => showInstant(instant, { language, zone });
  const clock =
    meant?.kind === 'gap'
      ? text.gap(show(meant.until, timeZone))
      : wall !== '' && meant === undefined
        ? text.badTime
        : undefined;
  // Of two equal times it is the value that says which.
  const which =
    meant?.kind === 'overlap'
      ? (['first', 'second'] as const).find((one) => meant[one] === value)
      : undefined;
  const instant =
    meant?.kind === 'instant'
      ? meant.at
      : meant?.kind === 'overlap' && which !== undefined
        ? meant[which]
        : undefined;
  const elsewhere =
    instant === undefined || wallOf(instant, here) === wall
      ? undefined
      : text.hereTime(`${show(instant, here)} (${here})`);
  const hints = [text.siteTime(timeZone), elsewhere, field.hint].filter((hint) => hint !== undefined);
  return (
    <div className="stack tight">
      <Field
        {...fieldOf({
          ...field,
          fault: field.fault ?? clock,
          hint: hints.map((hint, at) => <div key={at}>{hint}</div>),
        })}
      >
        {(ids) => (
          <input
            {...ids}
            className="input"
            type="datetime-local"
            step={seconds ? 1 : undefined}
            value={wall}
            onChange={(event) => {
              const next = event.target.value.slice(0, seconds ? 19 : 16);
              setWall(next);
              if (next === '') return onChange(null);
              const local = resolveLocal(next, timeZone);
              return onChange(local?.kind === 'instant' ? local.at : undefined);
            }}
          />
        )}
      </Field>
      {meant?.kind === 'overlap' && (
        <WhichOfTwo meant={meant} zone={timeZone} which={which} onChange={(one) => onChange(meant[one])} />
      )}
    </div>
  );
}

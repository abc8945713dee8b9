import { useState } from 'react';
import { type LocalTime, resolveLocal } from '../../../base/clock.ts';
import { useLanguage, useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { kitText } from '../../strings/kit.ts';
import { BothTimes, Field, showInstant, type Which, WhichOfTwo } from '../../ui/kit.ts';

/** What the API takes as a time: on the wall of the site, and which of two where it comes twice. */
export type When = {
  readonly local: {
    readonly time: string;
    readonly zone: string;
    readonly which?: Which;
  };
};

/**
 * A time on the site's clock, shown on this machine's too. A time that does not come is refused with the first that does; of one that
 * comes twice it asks which. `onChange` gets undefined as long as nothing is meant.
 */
export function WhenField({
  zone,
  onChange,
}: {
  readonly zone: string;
  readonly onChange: (when: When | undefined) => void;
}) {
  const text = useText(desksText);
  const kit = useText(kitText);
  const language = useLanguage();
  const [time, setTime] = useState('');
  const [which, setWhich] = useState<Which>();
  const meant: LocalTime | undefined = time === '' ? undefined : resolveLocal(time, zone);
  const tell = (next: string, chosen: Which | undefined): void => {
    const local = next === '' ? undefined : resolveLocal(next, zone);
    if (local?.kind === 'instant') onChange({ local: { time: next, zone } });
    else if (local?.kind === 'overlap' && chosen !== undefined)
      onChange({ local: { time: next, zone, which: chosen } });
    else onChange(undefined);
  };
  const show = (instant: string): string =>
    `${showInstant(instant, { language, zone, offset: true })} (${zone})`;
  const at =
    meant?.kind === 'instant'
      ? meant.at
      : meant?.kind === 'overlap' && which !== undefined
        ? meant[which]
        : undefined;
  const fault = meant?.kind === 'gap' ? kit.gap(show(meant.until)) : undefined;
  return (
    <div className="stack tight">
      <Field label={text.when} hint={text.siteZone(zone)} fault={fault}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            type="datetime-local"
            value={time}
            onChange={(event) => {
              const next = event.target.value.slice(0, 16);
              setTime(next);
              setWhich(undefined);
              tell(next, undefined);
            }}
          />
        )}
      </Field>
      {meant?.kind === 'overlap' && (
        <WhichOfTwo
          meant={meant}
          zone={zone}
          which={which}
          onChange={(one) => {
            setWhich(one);
            tell(time, one);
          }}
        />
      )}
      {at !== undefined && (
        <p className="small quiet" role="status">
          <BothTimes instant={at} />
        </p>
      )}
    </div>
  );
}

import { useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import { Combobox } from '../../ui/kit.ts';

/** The zones that the browser knows, found by any part of their name. */
export function TimeZoneField({
  value,
  onChange,
  fault,
}: {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly fault: string | undefined;
}) {
  const text = useText(settingsText);
  return (
    <Combobox
      label={text.timeZone}
      hint={text.timeZoneHint}
      fault={fault}
      value={{ id: value, label: value.replaceAll('_', ' ') }}
      onChange={(zone) => zone !== null && onChange(zone.id)}
      find={async (typed) => {
        const words = typed.toLowerCase().split(/[\s_/]+/);
        return ['UTC', ...Intl.supportedValuesOf('timeZone')]
          .filter((zone) => words.every((word) => zone.toLowerCase().includes(word)))
          .slice(0, 40)
          .map((zone) => ({ id: zone, label: zone.replaceAll('_', ' ') }));
      }}
    />
  );
}

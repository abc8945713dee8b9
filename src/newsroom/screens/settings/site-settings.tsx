import { useScreenSearch } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import { Button, ErrorState, Skeleton, Tabs, TextArea, TextField } from '../../ui/kit.ts';
import { languageLabel } from '../articles/names.ts';
import { Look } from './look.tsx';
import { Menus, Social } from './menus.tsx';
import { TimeZoneField } from './time-zone.tsx';
import { type PartProps, useSettings } from './use-settings.ts';

const TABS = ['general', 'look', 'menus', 'contact'] as const;
type TabName = (typeof TABS)[number];

export function Screen() {
  const text = useText(settingsText);
  const may = useMay();
  const { settings, error, retry, set, changed, fault, save } = useSettings();
  const [search, change] = useScreenSearch();
  const tab = TABS.find((name) => name === search['part']) ?? 'general';
  if (error !== null) return <ErrorState error={error} retry={retry} />;
  if (settings === undefined) return <Skeleton />;
  const part = { settings, set, fault };
  const parts: Readonly<Record<TabName, () => React.JSX.Element>> = {
    general: () => <General {...part} />,
    look: () => <Look {...part} />,
    menus: () => <Menus {...part} />,
    contact: () => <Contact {...part} />,
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className="head">
        <h1>{text.site}</h1>
        {may('settings:write') ? (
          <Button kind="first" type="submit" busy={save.isPending} disabled={!changed}>
            {text.save}
          </Button>
        ) : (
          <p className="quiet">{text.readOnly}</p>
        )}
      </div>
      <Tabs
        label={text.site}
        value={tab}
        onChange={(value) => change({ part: value === 'general' ? undefined : value })}
        tabs={TABS.map((value) => ({ value, label: text[value], content: value === tab && parts[value]() }))}
      />
    </form>
  );
}

function without(
  record: Readonly<Record<string, string>>,
  key: string,
  value: string,
): Record<string, string> {
  const { [key]: _gone, ...rest } = record;
  return value === '' ? rest : { ...rest, [key]: value };
}

function General({ settings, set, fault }: PartProps) {
  const text = useText(settingsText);
  const others = settings.languages.slice(1);
  return (
    <div className="stack">
      <div className="columns">
        <TextField
          label={text.name}
          value={settings.name}
          onChange={(name) => set({ name })}
          fault={fault('/name')}
          maxLength={100}
          required
        />
        <TextField
          label={text.tagline}
          value={settings.tagline}
          onChange={(tagline) => set({ tagline })}
          fault={fault('/tagline')}
          maxLength={200}
        />
        {others.flatMap((language) => [
          <TextField
            key={`name ${language}`}
            label={text.nameIn(languageLabel(language))}
            lang={language}
            value={settings.names[language] ?? ''}
            onChange={(value) => set({ names: without(settings.names, language, value) })}
            maxLength={100}
          />,
          <TextField
            key={`tagline ${language}`}
            label={text.taglineIn(languageLabel(language))}
            lang={language}
            value={settings.taglines[language] ?? ''}
            onChange={(value) => set({ taglines: without(settings.taglines, language, value) })}
            maxLength={200}
          />,
        ])}
      </div>
      <hr className="rule" />
      <div className="columns">
        <TimeZoneField
          value={settings.timeZone}
          onChange={(timeZone) => set({ timeZone })}
          fault={fault('/timeZone')}
        />
        <TextArea
          label={text.languages}
          hint={text.languagesHint}
          value={settings.languages.join('\n')}
          onChange={(value) =>
            set({
              languages: value
                .split(/[\s,]+/)
                .filter((tag, at, all) => tag !== '' || (at === all.length - 1 && at > 0)),
            })
          }
          fault={fault('/languages') ?? fault('/languages/0')}
          dir="ltr"
        />
        <TextField
          label={text.publisher}
          hint={text.publisherHint}
          value={settings.publisher ?? ''}
          onChange={(value) => set({ publisher: value === '' ? undefined : value })}
          maxLength={200}
        />
      </div>
    </div>
  );
}

function Contact({ settings, set, fault }: PartProps) {
  const text = useText(settingsText);
  return (
    <div className="stack">
      <div className="columns">
        <TextField
          label={text.email}
          type="email"
          dir="ltr"
          value={settings.contactEmail ?? ''}
          onChange={(value) => set({ contactEmail: value === '' ? undefined : value })}
          fault={fault('/contactEmail')}
        />
        <TextField
          label={text.phone}
          type="tel"
          dir="ltr"
          value={settings.contactPhone ?? ''}
          onChange={(value) => set({ contactPhone: value === '' ? undefined : value })}
          fault={fault('/contactPhone')}
          maxLength={60}
        />
      </div>
      <TextArea
        label={text.postal}
        value={settings.contactAddress ?? ''}
        onChange={(value) => set({ contactAddress: value === '' ? undefined : value })}
        fault={fault('/contactAddress')}
        maxLength={500}
      />
      <Social settings={settings} set={set} fault={fault} />
    </div>
  );
}

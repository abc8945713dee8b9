import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ModerationSettings } from '../../../contract/moderation.ts';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { moderationRulesText } from '../../strings/moderation-rules.ts';
import { Button, ErrorState, say, sayFault, Select, Skeleton, Switch, TextField } from '../../ui/kit.ts';

type Answer = { readonly settings: ModerationSettings; readonly serviceSecret: boolean };
type Rules = (typeof moderationRulesText)['en'];
type NumberField = {
  readonly phase: keyof ModerationSettings;
  readonly name: string;
  readonly label: { [K in keyof Rules]: Rules[K] extends string ? K : never }[keyof Rules];
};

const NUMBERS: readonly NumberField[] = [
  { phase: 'length', name: 'least', label: 'setLeast' },
  { phase: 'length', name: 'most', label: 'setMost' },
  { phase: 'length', name: 'capitals', label: 'setCapitals' },
  { phase: 'links', name: 'most', label: 'setLinks' },
  { phase: 'links', name: 'newcomerMost', label: 'setNewcomerLinks' },
  { phase: 'repeats', name: 'hours', label: 'setRepeatHours' },
  { phase: 'repeats', name: 'others', label: 'setOthers' },
  { phase: 'repeats', name: 'near', label: 'setNear' },
  { phase: 'rate', name: 'perMinute', label: 'setMinute' },
  { phase: 'rate', name: 'perHour', label: 'setHour' },
  { phase: 'slowMode', name: 'seconds', label: 'setSlow' },
  { phase: 'newcomer', name: 'approved', label: 'setApproved' },
  { phase: 'age', name: 'minutes', label: 'setAge' },
  { phase: 'reports', name: 'hold', label: 'setReports' },
];

/** What each phase does, for the whole site; and the service outside. */
export function PhaseSettings() {
  const text = useText(moderationRulesText);
  const writes = useMay()('moderation:rules');
  const query = useQuery({
    queryKey: ['moderation', 'settings'],
    queryFn: () => api.read<Answer>('moderation/settings'),
  });
  const [settings, setSettings] = useState<ModerationSettings>();
  const [secret, setSecret] = useState<string>();
  const loaded = query.data?.body.settings;
  useEffect(() => setSettings(loaded), [loaded]);
  if (query.isError) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (settings === undefined || query.data === undefined) return <Skeleton />;
  const { etag } = query.data;
  const set = <P extends keyof ModerationSettings>(phase: P, change: Partial<ModerationSettings[P]>): void =>
    setSettings({ ...settings, [phase]: { ...settings[phase], ...change } });
  const outcomes = [
    { value: 'publish' as const, label: text.publishAction },
    { value: 'hold' as const, label: text.holdAction },
    { value: 'reject' as const, label: text.rejectAction },
  ];
  const two = outcomes.filter((each) => each.value !== 'reject') as {
    value: 'publish' | 'hold';
    label: string;
  }[];
  const save = async (): Promise<void> => {
    try {
      await api.put('moderation/settings', settings, etag === undefined ? {} : { ifMatch: etag });
      say({ title: text.saved });
      void query.refetch();
    } catch (cause) {
      sayFault(cause);
    }
  };
  const makeSecret = async (): Promise<void> => {
    try {
      setSecret((await api.post<{ secret: string }>('moderation/settings/service-secret', {})).secret);
      void query.refetch();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="mod-form">
        {NUMBERS.map(({ phase, name, label }) => (
          <TextField
            key={`${phase}.${name}`}
            type="number"
            min={0}
            label={text[label]}
            value={String((settings[phase] as Record<string, unknown>)[name])}
            disabled={!writes}
            onChange={(value) => set(phase, { [name]: Number(value) } as never)}
          />
        ))}
        <Select
          label={text.setShorteners}
          value={settings.links.shorteners}
          choices={outcomes}
          onChange={(shorteners) => set('links', { shorteners })}
        />
        <Select
          label={text.setOwn}
          value={settings.repeats.own}
          choices={outcomes}
          onChange={(own) => set('repeats', { own })}
        />
        <div className="whole">
          <Switch
            label={text.setPremoderation}
            checked={settings.premoderation.on}
            disabled={!writes}
            onChange={(on) => set('premoderation', { on })}
          />
        </div>
      </div>
      <div className="mod-part">
        <h2>{text.service}</h2>
        <p className="quiet">{text.serviceHelp}</p>
        <div className="mod-form">
          <TextField
            label={text.serviceUrl}
            type="url"
            dir="ltr"
            value={settings.service.url}
            onChange={(url) => set('service', { url })}
          />
          <TextField
            label={text.serviceTimeout}
            type="number"
            value={String(settings.service.timeoutMs)}
            onChange={(value) => set('service', { timeoutMs: Number(value) })}
          />
          <Select
            label={text.serviceMeanwhile}
            value={settings.service.meanwhile}
            choices={two}
            onChange={(meanwhile) => set('service', { meanwhile })}
          />
          <Select
            label={text.serviceFallback}
            value={settings.service.fallback}
            choices={two}
            onChange={(fallback) => set('service', { fallback })}
          />
          <Switch
            label={text.serviceOn}
            checked={settings.service.enabled}
            disabled={!writes}
            onChange={(enabled) => set('service', { enabled })}
          />
          <div>
            <p className="quiet">{query.data.body.serviceSecret ? text.secretThere : text.secretMissing}</p>
            {writes && <Button onClick={() => void makeSecret()}>{text.secretMake}</Button>}
          </div>
          {secret !== undefined && (
            <div className="whole">
              <TextField
                label={text.secretShown}
                dir="ltr"
                value={secret}
                onChange={() => undefined}
                readOnly
              />
            </div>
          )}
        </div>
      </div>
      {writes && (
        <div className="actions">
          <Button kind="first" type="submit">
            {text.save}
          </Button>
        </div>
      )}
    </form>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClassifierAnswer } from '../../../contract/moderation-answers.ts';
import type { ModerationSettings } from '../../../contract/moderation.ts';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { moderationRulesText } from '../../strings/moderation-rules.ts';
import { Button, Confirm, ErrorState, say, sayFault, Skeleton, Switch } from '../../ui/kit.ts';

/** What was learned from moderators, how right it is, and whether it may act. */
export function Screen() {
  const text = useText(moderationRulesText);
  const language = useLanguage();
  const writes = useMay()('moderation:rules');
  const [asking, setAsking] = useState(false);
  const query = useQuery({
    queryKey: ['moderation', 'classifier'],
    queryFn: () => api.get<ClassifierAnswer>('moderation/classifier'),
  });
  const refresh = (): void => void query.refetch();
  const it = query.data;
  if (query.isError) return <ErrorState error={query.error} retry={refresh} />;
  if (it === undefined) return <Skeleton />;
  const percent = (value: number | null): string =>
    value === null ? '–' : `${number(language, Math.round(value * 10) / 10)} %`;
  const enable = async (enabled: boolean): Promise<void> => {
    try {
      const read = await api.read<{ settings: ModerationSettings }>('moderation/settings');
      const { settings } = read.body;
      const next = { ...settings, learned: { ...settings.learned, enabled } };
      await api.put('moderation/settings', next, read.etag === undefined ? {} : { ifMatch: read.etag });
      say({ title: text.saved });
    } catch (cause) {
      sayFault(cause);
    }
    refresh();
  };
  const rows: readonly [string, string][] = [
    [text.examples, number(language, it.examples)],
    [text.trials, number(language, it.trials)],
    [text.flagged, number(language, it.flagged)],
    [text.right, number(language, it.right)],
    [text.precision, percent(it.precision)],
    [text.atLeast, percent(it.precisionAtLeast)],
    [text.bar, percent(it.bar)],
    [text.recall, percent(it.recall)],
    ['Brier', it.brier === null ? '–' : number(language, Math.round(it.brier * 1000) / 1000)],
  ];
  return (
    <>
      <h1>{text.classifier}</h1>
      <p className="quiet">{text.classifierHelp}</p>
      <p>
        <strong>{it.mayAct ? text.mayAct : text.mayNotAct(it.flagged, it.leastFlagged)}</strong>
      </p>
      <Switch
        label={text.classifierOn}
        checked={it.enabled}
        disabled={!writes || (!it.mayAct && !it.enabled)}
        onChange={(enabled) => void enable(enabled)}
      />
      <div className="mod-figures">
        <dl>
          {rows.map(([label, value]) => (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Words title={text.speaksFor} words={it.trouble} />
        <Words title={text.speaksAgainst} words={it.fine} />
      </div>
      {writes && (
        <div className="actions">
          <Button kind="grave" onClick={() => setAsking(true)}>
            {text.forget}
          </Button>
        </div>
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={text.forget}
        action={text.forget}
        grave
        onConfirm={async () => {
          await api.delete('moderation/classifier');
          refresh();
        }}
      >
        {text.forgetHelp}
      </Confirm>
    </>
  );
}

function Words({
  title,
  words,
}: {
  readonly title: string;
  readonly words: readonly { readonly name: string; readonly weight: number }[];
}) {
  const text = useText(moderationRulesText);
  return (
    <div className="mod-part">
      <h2>{title}</h2>
      {words.length === 0 ? (
        <p className="quiet">{text.nothingLearned}</p>
      ) : (
        <ul>
          {words.map((word) => (
            <li key={word.name}>
              <bdi>{word.name}</bdi> <span className="quiet figures">{word.weight.toFixed(2)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

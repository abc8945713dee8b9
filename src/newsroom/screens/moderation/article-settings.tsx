import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ModerationOverride } from '../../../contract/moderation.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { moderationHouseText } from '../../strings/moderation-house.ts';
import { moderationRulesText } from '../../strings/moderation-rules.ts';
import { Button, say, sayFault, Switch, TextField } from '../../ui/kit.ts';

/** Premoderation and slow mode under one article. */
export function ArticleSettings({ articleId }: { readonly articleId: string }) {
  const text = useText(moderationHouseText);
  const rules = useText(moderationRulesText);
  const path = `moderation/overrides/article/${articleId}`;
  const query = useQuery({
    queryKey: ['moderation', 'override', articleId],
    queryFn: () => api.read<{ settings: ModerationOverride }>(path),
  });
  const [on, setOn] = useState(false);
  const [slow, setSlow] = useState('0');
  const settings = query.data?.body.settings;
  useEffect(() => {
    setOn(settings?.premoderation?.on ?? false);
    setSlow(String(settings?.slowMode?.seconds ?? 0));
  }, [settings]);
  if (settings === undefined) return null;
  const save = async (): Promise<void> => {
    const seconds = Number(slow);
    const { premoderation: _on, slowMode: _slow, ...others } = settings;
    const next = {
      ...others,
      ...(on ? { premoderation: { on } } : {}),
      ...(seconds > 0 ? { slowMode: { seconds } } : {}),
    };
    try {
      await api.put(path, next);
      say({ title: rules.saved });
      void query.refetch();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <form
      className="mod-part"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{text.settings}</h2>
      <Switch label={text.premoderateHere} checked={on} onChange={setOn} />
      <TextField label={text.slowHere} type="number" min={0} max={86400} value={slow} onChange={setSlow} />
      <div>
        <Button type="submit">{rules.save}</Button>
      </div>
    </form>
  );
}

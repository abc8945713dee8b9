import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useGo } from '../../app/navigate.ts';
import { useText } from '../../i18n.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { Button, Combobox, Confirm, type Option, say } from '../../ui/kit.ts';
import { findNouns } from './data.ts';

/** Makes one noun part of another, after a question. */
export function Merge({
  of,
  id,
  name,
}: {
  readonly of: 'storylines' | 'concepts';
  readonly id: string;
  readonly name: string;
}) {
  const text = useText(taxonomyText);
  const go = useGo();
  const client = useQueryClient();
  const [into, setInto] = useState<Option | null>(null);
  const [asking, setAsking] = useState(false);
  return (
    <section className="stack tight" aria-label={text.merge}>
      <h2>{text.merge}</h2>
      <p className="quiet small">{text.mergeHelp}</p>
      <div className="line wrap end">
        <Combobox label={text.mergeInto} value={into} onChange={setInto} find={findNouns(of, id)} />
        <Button kind="grave" disabled={into === null} onClick={() => setAsking(true)}>
          {text.merge}
        </Button>
      </div>
      {into !== null && (
        <Confirm
          open={asking}
          onOpenChange={setAsking}
          grave
          title={text.mergeThese(name, into.label)}
          action={text.merge}
          onConfirm={async () => {
            await api.post(`${of}/${id}/merge`, { into: into.id });
            await client.invalidateQueries({ queryKey: [of] });
            say({ title: text.mergedNow });
            go(`${of}/${into.id}`);
          }}
        >
          <p>{text.mergeHelp}</p>
        </Confirm>
      )}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { LayoutAnswer } from '../../../contract/front.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { frontText } from '../../strings/front.ts';
import { Badge, Button, say, sayFault, TimeOf } from '../../ui/kit.ts';
import type { Page } from '../desks/data.ts';

/** Who changed what and when; any earlier arrangement comes back by one press. */
export function History({
  edition,
  mayWrite,
  onDone,
}: {
  readonly edition: string;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const text = useText(frontText);
  const { data = [] } = useQuery({
    queryKey: ['front', edition, 'layouts'],
    queryFn: async () =>
      (await api.get<Page<LayoutAnswer>>(`front-pages/${edition}/layouts`, { query: { limit: 30 } })).items,
    refetchInterval: 15_000,
  });
  const run = async (work: Promise<unknown>, done: string): Promise<void> => {
    try {
      await work;
      say({ title: done });
      onDone();
    } catch (cause) {
      sayFault(cause);
    }
  };
  const stateName: Readonly<Record<LayoutAnswer['state'], string>> = {
    live: text.stands,
    waiting: text.waits,
    replaced: text.replaced,
    draft: text.draftState,
    cancelled: text.cancelledState,
    failed: text.failedState,
  };
  const shown = data.filter((layout) => layout.state !== 'draft');
  const before = shown.find((layout) => layout.state === 'replaced');
  return (
    <section className="stack tight" aria-label={text.history}>
      <div className="line apart">
        <h2>{text.history}</h2>
        {mayWrite && before !== undefined && (
          <Button
            icon="undo"
            onClick={() => void run(api.post(`layouts/${before.id}/restore`), text.restored)}
          >
            {text.undo}
          </Button>
        )}
      </div>
      <ol className="plainlist small">
        {shown.map((layout) => (
          <li key={layout.id} className="line apart" data-state={layout.state}>
            <span>
              <Badge mark={layout.state === 'live' ? 'full' : layout.state === 'waiting' ? 'half' : 'ended'}>
                {stateName[layout.state]}
              </Badge>{' '}
              {layout.number !== null && `${text.number(layout.number)} · `}
              {layout.by?.name ?? text.nobody} ·{' '}
              <TimeOf instant={layout.effectiveAt ?? layout.tookEffectAt ?? layout.createdAt} />
              {layout.note !== '' && <span dir="auto"> – {layout.note}</span>}
            </span>
            {mayWrite && layout.state === 'waiting' && (
              <Button
                kind="plain"
                onClick={() => void run(api.delete(`layouts/${layout.id}`), text.cancelled)}
              >
                {text.cancel}
              </Button>
            )}
            {mayWrite && layout.state === 'replaced' && (
              <Button
                kind="plain"
                onClick={() => void run(api.post(`layouts/${layout.id}/restore`), text.restored)}
              >
                {text.restore}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

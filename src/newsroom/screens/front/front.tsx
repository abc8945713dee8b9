import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { emptySlots, type FrontSlots, type FrontState, type LayoutAnswer } from '../../../contract/front.ts';
import { api, newKey } from '../../api.ts';
import { useScreenSearch } from '../../app/navigate.ts';
import { useMay, useMe, useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { frontText } from '../../strings/front.ts';
import { Button, Checkbox, ErrorState, say, sayFault, Select, Skeleton, TextField } from '../../ui/kit.ts';
import { type When, WhenField } from '../desks/when-field.tsx';
import { History } from './history.tsx';
import { Sections } from './sections.tsx';
import { SlotList } from './slot-list.tsx';
import { type Place, putAt } from './slots.ts';
import { Stories } from './stories.tsx';
import { keepUnput, readUnput } from './unput.ts';

/** Arranges the front page of an edition: who stands where, what fills itself, now or at a time. */
export function Screen() {
  const text = useText(frontText);
  const { languages } = useSite();
  const [search, setSearch] = useScreenSearch();
  const edition = languages.find((tag) => tag === search['edition']) ?? languages[0] ?? 'en';
  const { data, error, refetch } = useQuery({
    queryKey: ['front', edition],
    queryFn: () => api.get<FrontState>(`front-pages/${edition}`),
    refetchInterval: 15_000,
  });
  return (
    <div className="stack loose">
      <div className="line apart">
        <h1>{text.title}</h1>
        {languages.length > 1 && (
          <Select
            label={text.edition}
            value={edition}
            choices={languages.map((tag) => ({
              value: tag,
              label: new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag,
            }))}
            onChange={(next) => setSearch({ edition: next })}
          />
        )}
      </div>
      {error !== null ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton />
      ) : (
        <Arrangement key={edition} state={data} />
      )}
    </div>
  );
}

function Arrangement({ state }: { readonly state: FrontState }) {
  const text = useText(frontText);
  const may = useMay()('front:write');
  const client = useQueryClient();
  const { timeZone } = useSite();
  const { edition } = state;
  const standing = state.current?.slots ?? emptySlots;
  const me = useMe();
  const [kept] = useState(() => (may ? readUnput({ edition, userId: me.id }) : undefined));
  const [own, setOwn] = useState<FrontSlots | undefined>(kept?.slots);
  const [base, setBase] = useState(kept?.base ?? state.current?.number ?? 0);
  useEffect(
    () => keepUnput({ edition, userId: me.id }, own === undefined ? undefined : { slots: own, base }),
    [edition, me.id, own, base],
  );
  const [note, setNote] = useState('');
  const [timed, setTimed] = useState(false);
  const [when, setWhen] = useState<When>();
  const [busy, setBusy] = useState(false);
  const [frame, setFrame] = useState<string>();
  const slots = own ?? standing;
  const { data: trial } = useQuery({
    queryKey: ['front', edition, 'trial', slots],
    queryFn: () => api.post<FrontState>(`front-pages/${edition}/trial`, { slots }),
    enabled: own !== undefined,
    placeholderData: (before) => before,
  });
  const shown = own === undefined ? state : (trial ?? state);
  const change = (next: FrontSlots): void => {
    if (own === undefined) setBase(state.current?.number ?? 0);
    setOwn(next);
  };
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['front'] });
  const send = async (draft: boolean): Promise<LayoutAnswer | undefined> => {
    setBusy(true);
    try {
      const body = {
        slots,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(draft ? { draft } : timed ? when : { expected: base }),
      };
      return await api.post<LayoutAnswer>(`front-pages/${edition}/layouts`, body, {
        idempotencyKey: newKey(),
      });
    } catch (cause) {
      sayFault(cause);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const publish = async (): Promise<void> => {
    const made = await send(false);
    if (made === undefined) return;
    const before = state.current?.id;
    say({
      title: timed ? text.scheduled : text.published,
      ...(before === undefined || timed
        ? {}
        : {
            undo: async () => {
              await api.post(`layouts/${before}/restore`);
              await refresh();
            },
          }),
    });
    setNote('');
    await refresh();
    setOwn(undefined);
  };
  const look = async (): Promise<void> => {
    const made = await send(true);
    if (made === undefined) return;
    try {
      const link = await api.post<{ url: string }>('previews', {
        target: { kind: 'front', id: made.id },
        hours: 1,
      });
      setFrame(new URL(link.url).pathname);
    } catch (cause) {
      sayFault(cause);
    }
  };
  const place = (at: Place, article: string): void => change(putAt(slots, at, { article }));
  return (
    <>
      {state.current === null && <p className="quiet">{text.notYet}</p>}
      {shown.fallen.length > 0 && <p role="status">{text.fallen(shown.fallen.length)}</p>}
      <div className="frontgrid">
        <div className="stack loose">
          <SlotList slots={slots} state={shown} mayWrite={may} onChange={change} />
          <Sections slots={slots} state={shown} mayWrite={may} onChange={change} />
        </div>
        <div className="stack loose">
          {may && <Stories edition={edition} onPlace={place} slots={slots} />}
          <History edition={edition} mayWrite={may} onDone={() => void refresh()} />
        </div>
      </div>
      {may && own !== undefined && (
        <section className="stack blocks tight unput" aria-label={text.changed}>
          <p role="status">{text.changed}</p>
          <TextField label={text.note} value={note} onChange={setNote} />
          <Checkbox
            label={text.atATime}
            checked={timed}
            onChange={(on) => {
              setTimed(on);
              setWhen(undefined);
            }}
          />
          {timed && <WhenField zone={timeZone} onChange={setWhen} />}
          <div className="line wrap">
            <Button
              kind="first"
              busy={busy}
              disabled={timed && when === undefined}
              onClick={() => void publish()}
            >
              {timed ? text.schedule : text.publish}
            </Button>
            <Button icon="eye" busy={busy} onClick={() => void look()}>
              {text.look}
            </Button>
            <Button kind="plain" onClick={() => setOwn(undefined)}>
              {text.discard}
            </Button>
          </div>
        </section>
      )}
      {frame !== undefined && (
        <div className="frames">
          {Object.entries({ phone: text.previewPhone, desk: text.previewDesk }).map(([width, title]) => (
            <div key={width} className={`device ${width}`} tabIndex={0} role="region" aria-label={title}>
              <iframe src={frame} title={title} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}

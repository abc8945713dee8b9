import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import type * as Y from 'yjs';
import { type ListField, listOf, metaOf, textOf } from '../../../../contract/shared/names.ts';
import { useText } from '../../../i18n.ts';
import { editorText } from '../../../strings/editor.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox, MultiCombobox, type Option } from '../../../ui/combobox.tsx';
import { DateTimeField } from '../../../ui/datetime.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { later } from '../../../ui/later.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/states.tsx';
import { assetShown, finder, named } from '../server.ts';
import { SharedInput, useShared } from '../shared-fields.tsx';
import { FIELDS } from '../text/editor.ts';

const AssetPicker = later(async () => (await import('../../media/picker.tsx')).AssetPicker);

type Props = { readonly doc: Y.Doc; readonly mayWrite: boolean; readonly undo: (redo: boolean) => void };

/** Everything of the article that is not its text. */
export function ArticlePanel({ doc, mayWrite, undo }: Props) {
  const text = useText(editorText);
  const meta = metaOf(doc);
  const value = useShared(meta as never, () => meta.toJSON() as Record<string, unknown>);
  const set = (name: string, to: unknown): void =>
    doc.transact(() => {
      if (to === undefined || to === null || to === '') meta.delete(name);
      else meta.set(name, to);
    }, FIELDS);
  const word = (name: string): string =>
    typeof value[name] === 'string' || typeof value[name] === 'number' ? String(value[name]) : '';
  const input = (
    field: Parameters<typeof textOf>[1],
    label: string,
    more: { lines?: boolean; maxLength?: number } = {},
  ) => <SharedInput text={textOf(doc, field)} label={label} disabled={!mayWrite} onUndo={undo} {...more} />;
  const urgencies = Array.from({ length: 9 }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }));
  const discussions = [
    { value: 'open', label: text.open },
    { value: 'premoderated', label: text.premoderated },
    { value: 'closed', label: text.closed },
  ] as const;
  return (
    <div className="stack">
      <One doc={doc} name="section" list="sections" label={text.section} mayWrite={mayWrite} />
      <Many doc={doc} field="storylines" label={text.storylines} mayWrite={mayWrite} />
      <Many doc={doc} field="concepts" label={text.concepts} mayWrite={mayWrite} />
      <Bylines doc={doc} mayWrite={mayWrite} />
      <LeadPicture doc={doc} mayWrite={mayWrite} undo={undo} />
      <TextField
        label={text.language}
        dir="ltr"
        list="article-languages"
        disabled={!mayWrite}
        value={word('language')}
        onChange={(language) => set('language', language)}
      />
      <datalist id="article-languages">
        {['en', 'de', 'ar', 'fr', 'es', 'ru', 'zh', 'fa', 'tr', 'uk'].map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <Select
        label={text.urgency}
        hint={text.urgencyHint}
        value={word('urgency') === '' ? '5' : word('urgency')}
        choices={urgencies}
        disabled={!mayWrite}
        onChange={(urgency) => set('urgency', Number(urgency))}
      />
      <DateTimeField
        label={text.embargo}
        value={word('embargo') === '' ? null : word('embargo')}
        onChange={(instant) => instant !== undefined && mayWrite && set('embargo', instant)}
      />
      <One doc={doc} name="source" list="sources" label={text.sourceField} mayWrite={mayWrite} />
      <Select
        label={text.discussion}
        value={(word('discussion') || 'open') as 'open'}
        choices={discussions as never}
        disabled={!mayWrite}
        onChange={(to) => set('discussion', to)}
      />
      {input('slug', text.slug, { maxLength: 120 })}
      {input('socialTitle', text.socialTitle, { maxLength: 300 })}
      {input('socialDescription', text.socialDescription, { lines: true, maxLength: 500 })}
      {input('canonicalUrl', text.canonical)}
    </div>
  );
}

/** One noun of a kind, kept by its id. */
function One({
  doc,
  name,
  list,
  label,
  mayWrite,
}: {
  readonly doc: Y.Doc;
  readonly name: string;
  readonly list: 'sections' | 'sources';
  readonly label: string;
  readonly mayWrite: boolean;
}) {
  const meta = metaOf(doc);
  const id = useShared(meta as never, () => (meta.get(name) as string | undefined) ?? null);
  const { data } = useQuery({
    queryKey: ['named', list, id],
    queryFn: () => named(list, id === null ? [] : [id]),
  });
  return (
    <Combobox
      label={label}
      disabled={!mayWrite}
      value={id === null ? null : (data?.[0] ?? { id, label: '…' })}
      find={finder(list)}
      onChange={(one) =>
        doc.transact(() => (one === null ? meta.delete(name) : meta.set(name, one.id)), FIELDS)
      }
    />
  );
}

function useList<T>(doc: Y.Doc, field: ListField): readonly T[] {
  const list = listOf(doc, field);
  return useShared(list as never, () => list.toJSON() as T[]);
}

/** Puts a list in the place of the shared one, item by item, so that what a colleague adds meanwhile stays. */
function changeList(doc: Y.Doc, field: ListField, to: readonly unknown[]): void {
  const list = listOf(doc, field);
  const keys = new Set(to.map((item) => JSON.stringify(item)));
  doc.transact(() => {
    for (let at = list.length - 1; at >= 0; at -= 1)
      if (!keys.has(JSON.stringify(list.get(at)))) list.delete(at, 1);
    const there = new Set(list.toArray().map((item) => JSON.stringify(item)));
    const fresh = to.filter((item) => !there.has(JSON.stringify(item)));
    if (fresh.length > 0) list.push(fresh as unknown[]);
  }, FIELDS);
}

function Many({
  doc,
  field,
  label,
  mayWrite,
}: {
  readonly doc: Y.Doc;
  readonly field: 'storylines' | 'concepts';
  readonly label: string;
  readonly mayWrite: boolean;
}) {
  const ids = useList<string>(doc, field);
  const { data } = useQuery({
    queryKey: ['named', field, ...ids],
    queryFn: () => named(field, ids),
    placeholderData: (before) => before,
  });
  const value: readonly Option[] = ids.map((id) => data?.find((one) => one.id === id) ?? { id, label: '…' });
  return (
    <MultiCombobox
      label={label}
      disabled={!mayWrite}
      value={value}
      find={finder(field)}
      onChange={(next) =>
        changeList(
          doc,
          field,
          next.map(({ id }) => id),
        )
      }
    />
  );
}

type Byline = { readonly author?: string; readonly name?: string; readonly role?: string };

function Bylines({ doc, mayWrite }: { readonly doc: Y.Doc; readonly mayWrite: boolean }) {
  const text = useText(editorText);
  const list = useList<Byline>(doc, 'bylines');
  const [guest, setGuest] = useState('');
  const authors = list.flatMap(({ author }) => author ?? []);
  const { data } = useQuery({
    queryKey: ['named', 'authors', ...authors],
    queryFn: () => named('authors', authors),
    placeholderData: (before) => before,
  });
  const options = list.map((byline): Option =>
    byline.author === undefined
      ? { id: `guest ${byline.name ?? ''}`, label: byline.name ?? '' }
      : (data?.find(({ id }) => id === byline.author) ?? { id: byline.author, label: '…' }),
  );
  const keep = (next: readonly Option[]): void =>
    changeList(
      doc,
      'bylines',
      next.map((one) => list[options.findIndex(({ id }) => id === one.id)] ?? { author: one.id }),
    );
  return (
    <div className="stack tight">
      <MultiCombobox
        label={text.bylines}
        disabled={!mayWrite}
        value={options}
        find={finder('authors')}
        onChange={keep}
      />
      {mayWrite && (
        <form
          className="line"
          onSubmit={(event) => {
            event.preventDefault();
            if (guest.trim() !== '') changeList(doc, 'bylines', [...list, { name: guest.trim() }]);
            setGuest('');
          }}
        >
          <TextField label={text.guest} quiet placeholder={text.guest} value={guest} onChange={setGuest} />
          <Button type="submit">{text.addGuest}</Button>
        </form>
      )}
    </div>
  );
}

function LeadPicture({ doc, mayWrite, undo }: Props) {
  const text = useText(editorText);
  const meta = metaOf(doc);
  const asset = useShared(meta as never, () => (meta.get('leadPicture.asset') as string | undefined) ?? null);
  const [choosing, setChoosing] = useState(false);
  const { data } = useQuery({
    queryKey: ['asset shown', asset],
    queryFn: () => (asset === null ? null : assetShown(asset).then((shown) => shown ?? null)),
  });
  const choose = (id: string | undefined): void => {
    doc.transact(
      () => (id === undefined ? meta.delete('leadPicture.asset') : meta.set('leadPicture.asset', id)),
      FIELDS,
    );
    setChoosing(false);
  };
  return (
    <fieldset className="stack tight">
      <legend className="label">{text.lead}</legend>
      {data?.address != null && <img className="lead" src={data.address} alt={data.alt} />}
      {mayWrite && (
        <div className="line">
          <Button icon="picture" onClick={() => setChoosing(true)}>
            {asset === null ? text.choosePicture : text.changePicture}
          </Button>
          {asset !== null && <Button onClick={() => choose(undefined)}>{text.noPicture}</Button>}
        </div>
      )}
      {asset !== null &&
        (['leadAlt', 'leadCaption', 'leadCredit'] as const).map((field) => (
          <SharedInput
            key={field}
            text={textOf(doc, field)}
            disabled={!mayWrite}
            lines={field === 'leadCaption'}
            onUndo={undo}
            label={{ leadAlt: text.alt, leadCaption: text.caption, leadCredit: text.credit }[field]}
            placeholder={
              { leadAlt: data?.alt, leadCaption: data?.caption, leadCredit: data?.credit }[field] ?? ''
            }
          />
        ))}
      <Dialog open={choosing} onOpenChange={setChoosing} title={text.choosePicture} broad>
        <Suspense fallback={<Skeleton />}>
          <AssetPicker kind="picture" several={false} onChoose={([one]) => choose(one)} />
        </Suspense>
      </Dialog>
    </fieldset>
  );
}

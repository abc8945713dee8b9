import { useState } from 'react';
import { api, Refusal } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { mediaText } from '../../strings/media.ts';
import { Button, DateTimeField, say, TextArea, TextField } from '../../ui/kit.ts';
import { type Asset, inputOf, listOf } from './assets.ts';
import { Cropper } from './cropper.tsx';
import { useRefreshAssets } from './query.ts';

/** What is said of an asset, and how it is cut: one form, saved as a whole. */
export function AssetForm({
  asset,
  etag,
  onSaved,
}: {
  readonly asset: Asset;
  readonly etag: string;
  readonly onSaved: () => void;
}) {
  const text = useText(mediaText);
  const may = useMay();
  const refresh = useRefreshAssets();
  const [said, setSaid] = useState(inputOf(asset));
  const [keywords, setKeywords] = useState(asset.keywords.join(', '));
  const [ends, setEnds] = useState<string | null | undefined>(asset.rightsExpireAt);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Refusal | Error>();
  const writes = may('media:write');
  const save = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const body = { ...said, keywords: listOf(keywords, asset.keywords), rightsExpireAt: ends ?? null };
      await api.put(`assets/${asset.id}`, body, { ifMatch: etag });
      say({ title: text.saved });
      refresh();
      onSaved();
    } catch (cause) {
      setFault(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setBusy(false);
    }
  };
  const fields = fault instanceof Refusal ? fault.fields : {};
  const field = (name: 'caption' | 'credit' | 'alt' | 'creator' | 'place') => ({
    label: text[name],
    value: said[name],
    fault: fields[`/${name}`],
    readOnly: !writes,
    onChange: (value: string) => setSaid({ ...said, [name]: value }),
  });
  const rights = (name: 'rightsHolder' | 'rightsTerms') => ({
    label: text[name],
    value: said[name] ?? '',
    fault: fields[`/${name}`],
    readOnly: !writes,
    onChange: (value: string) => setSaid({ ...said, [name]: value === '' ? null : value }),
  });
  return (
    <form
      className="asset-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {asset.preview !== null && asset.width !== null && asset.height !== null && (
        <Cropper
          src={asset.path ?? asset.preview}
          picture={{ width: asset.width, height: asset.height }}
          framing={{ focal: said.focal, crops: said.crops }}
          onChange={(framing) => writes && setSaid({ ...said, ...framing })}
        />
      )}
      <div className="stack">
        <TextArea rows={3} {...field('caption')} lang={said.language ?? undefined} />
        <TextField {...field('credit')} hint={text.creditHint} />
        {asset.kind === 'picture' && <TextArea rows={2} {...field('alt')} hint={text.altHint} />}
        <TextField {...field('creator')} />
        <TextField {...field('place')} />
        <TextField label={text.keywords} value={keywords} readOnly={!writes} onChange={setKeywords} />
        <h2>{text.rights}</h2>
        <TextField {...rights('rightsHolder')} />
        <TextField {...rights('rightsTerms')} />
        <DateTimeField
          label={text.rightsEnd}
          hint={text.rightsEndHint}
          value={ends ?? null}
          onChange={setEnds}
        />
        {fault !== undefined && (
          <div className="fault" role="alert">
            {fault instanceof Refusal && fault.status === 412 ? text.changedElsewhere : fault.message}{' '}
            {fault instanceof Refusal && fault.status === 412 && (
              <Button kind="plain" onClick={onSaved}>
                {text.reload}
              </Button>
            )}
          </div>
        )}
        {writes && (
          <div>
            <Button kind="first" type="submit" busy={busy} disabled={ends === undefined}>
              {text.save}
            </Button>
          </div>
        )}
      </div>
    </form>
  );
}

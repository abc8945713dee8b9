import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { Button } from '../../ui/button.tsx';
import { say } from '../../ui/toast.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { addressOf, type Asset, latestAssets, upload } from './server.ts';

export type PickerProps = {
  readonly kind: Asset['kind'];
  readonly several: boolean;
  readonly onChoose: (assets: readonly Asset[]) => void;
};

const ACCEPT = { picture: 'image/*', audio: 'audio/*', video: 'video/*', file: '' } as const;

/** Chooses of what has been uploaded, or uploads. */
export function AssetPicker({ kind, several, onChoose }: PickerProps) {
  const text = useText(editorText);
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<readonly Asset[]>([]);
  const { data } = useQuery({ queryKey: ['assets', kind], queryFn: () => latestAssets(kind) });
  const toggle = (asset: Asset): void =>
    setChosen((before) =>
      before.some(({ id }) => id === asset.id)
        ? before.filter(({ id }) => id !== asset.id)
        : [...before, asset],
    );

  async function take(files: readonly File[]): Promise<void> {
    setBusy(true);
    const made: Asset[] = [];
    for (const file of files) {
      try {
        made.push(await upload(file, file.name));
      } catch (cause) {
        say({
          title: text.refused(file.name),
          detail: cause instanceof Error ? cause.message : String(cause),
          fault: true,
        });
      }
    }
    setBusy(false);
    await queries.invalidateQueries({ queryKey: ['assets'] });
    if (several) setChosen((before) => [...before, ...made]);
    else if (made.length > 0) onChoose(made);
  }

  return (
    <div className="stack">
      <div className="line">
        <input
          ref={input}
          type="file"
          hidden
          accept={ACCEPT[kind]}
          multiple={several}
          onChange={(event) => void take([...(event.target.files ?? [])])}
        />
        <Button icon="plus" busy={busy} onClick={() => input.current?.click()}>
          {busy ? text.uploading : text.upload}
        </Button>
        {several && (
          <Button kind="first" disabled={chosen.length === 0} onClick={() => onChoose(chosen)}>
            {text.use} ({chosen.length})
          </Button>
        )}
      </div>
      <h3>{text.latest}</h3>
      {data === undefined ? (
        <Skeleton />
      ) : data.length === 0 ? (
        <p className="quiet">{text.noAssets}</p>
      ) : (
        <ul className={kind === 'picture' ? 'pictures' : 'stack tight'}>
          {data.map((asset) => (
            <li key={asset.id}>
              <button
                type="button"
                className="pick"
                aria-pressed={several ? chosen.some(({ id }) => id === asset.id) : undefined}
                onClick={() => (several ? toggle(asset) : onChoose([asset]))}
              >
                {kind === 'picture' && addressOf(asset) !== null && (
                  <img src={addressOf(asset) ?? ''} alt={asset.alt} loading="lazy" />
                )}
                <span className="small" dir="auto">
                  {asset.caption === '' ? asset.fileName : asset.caption}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

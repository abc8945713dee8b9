import { useEffect, useRef, useState } from 'react';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { mediaText } from '../../strings/media.ts';
import { Button, EmptyState, ErrorState, Skeleton, TextField } from '../../ui/kit.ts';
import type { Asset } from './assets.ts';
import { AssetGrid } from './grid.tsx';
import { useAssets, useRefreshAssets } from './query.ts';
import { Sendings } from './sendings.tsx';
import { sendFiles } from './uploads.ts';

export type PickerProps = {
  readonly kind: Asset['kind'];
  readonly several: boolean;
  /** The ids of what was chosen, in the order of choosing. */
  readonly onChoose: (assets: readonly string[]) => void;
};

const ACCEPT = { picture: 'image/*', audio: 'audio/*', video: 'video/*', file: '' } as const;

/** The library within a dialog: chooses of it, or of what is sent to it now. */
export function AssetPicker({ kind, several, onChoose }: PickerProps) {
  const text = useText(mediaText);
  const may = useMay();
  const input = useRef<HTMLInputElement>(null);
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const assets = useAssets({ kind, ...(q === '' ? {} : { q }) });
  const refresh = useRefreshAssets();
  const open = useRef(false);
  useEffect(() => {
    open.current = true;
    return () => void (open.current = false);
  }, []);
  const toggle = (id: string): void =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const send = (files: readonly File[]): void =>
    sendFiles(files, (asset) => {
      refresh();
      // Who has closed the dialog meanwhile finds it in the library.
      if (!open.current) return;
      if (several) setChosen((before) => new Set([...before, asset]));
      else onChoose([asset]);
    });
  return (
    <div className="library stack">
      <div className="line apart">
        <TextField
          label={text.search}
          quiet
          type="search"
          placeholder={text.search}
          value={q}
          onChange={setQ}
        />
        {may('media:write') && (
          <Button icon="plus" onClick={() => input.current?.click()}>
            {text.upload}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          aria-label={text.upload}
          accept={ACCEPT[kind]}
          multiple={several}
          onChange={(event) => {
            send([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        {several && (
          <Button kind="first" disabled={chosen.size === 0} onClick={() => onChoose([...chosen])}>
            {text.use(chosen.size)}
          </Button>
        )}
      </div>
      <Sendings within />
      {assets.isPending ? (
        <Skeleton />
      ) : assets.isError ? (
        <ErrorState error={assets.error} retry={() => void assets.refetch()} />
      ) : assets.items.length === 0 ? (
        <EmptyState title={q === '' ? text.nothing : text.nothingHere} />
      ) : (
        <AssetGrid
          items={assets.items}
          label={text.pick}
          {...(several ? { pressed: chosen } : {})}
          onOpen={({ id }) => (several ? toggle(id) : onChoose([id]))}
        />
      )}
      {assets.hasNextPage && (
        <Button busy={assets.isFetchingNextPage} onClick={() => void assets.fetchNextPage()}>
          {text.more}
        </Button>
      )}
    </div>
  );
}

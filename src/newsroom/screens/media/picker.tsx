import { useRef, useState } from 'react';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { kitText } from '../../strings/kit.ts';
import { mediaText } from '../../strings/media.ts';
import { Button, Dialog, EmptyState, ErrorState, sayFault, Skeleton, TextField } from '../../ui/kit.ts';
import type { Asset } from './assets.ts';
import { AssetGrid } from './grid.tsx';
import { useAssets, useRefreshAssets } from './query.ts';
import { Sendings } from './sendings.tsx';
import { sendFiles } from './uploads.ts';

/** Chooses an asset of the library, or sends a new one: for the editor, portraits, logos. */
export function AssetPicker({
  open,
  kind = 'picture',
  onClose,
  onPick,
}: {
  readonly open: boolean;
  readonly kind?: Asset['kind'];
  readonly onClose: () => void;
  readonly onPick: (asset: Asset) => void;
}) {
  const text = useText(mediaText);
  const kit = useText(kitText);
  const may = useMay();
  const refresh = useRefreshAssets();
  const [q, setQ] = useState('');
  const [taken, setTaken] = useState<Asset>();
  const file = useRef<HTMLInputElement>(null);
  const assets = useAssets({ kind, ...(q === '' ? {} : { q }) });
  const pick = (asset: Asset): void => {
    onPick(asset);
    onClose();
  };
  return (
    <Dialog
      open={open}
      broad
      onOpenChange={(next) => !next && onClose()}
      title={kind === 'picture' ? text.pick : text.pickFile}
    >
      <div className="picker-dialog stack">
        <div className="line">
          <TextField
            label={text.search}
            quiet
            type="search"
            placeholder={text.search}
            value={q}
            onChange={setQ}
          />
          {may('media:write') && (
            <>
              <Button icon="plus" onClick={() => file.current?.click()}>
                {text.upload}
              </Button>
              <input
                ref={file}
                type="file"
                hidden
                aria-label={text.upload}
                onChange={(event) =>
                  sendFiles([...(event.target.files ?? [])], (id) => {
                    refresh();
                    api.get<Asset>(`assets/${id}`).then(setTaken, sayFault);
                  })
                }
              />
            </>
          )}
        </div>
        <Sendings />
        {assets.isPending ? (
          <Skeleton />
        ) : assets.isError ? (
          <ErrorState error={assets.error} retry={() => void assets.refetch()} />
        ) : assets.items.length === 0 ? (
          <EmptyState title={q === '' ? text.nothing : text.nothingHere} />
        ) : (
          <AssetGrid items={assets.items} onOpen={setTaken} taken={taken?.id ?? ''} />
        )}
        {assets.hasNextPage && (
          <Button busy={assets.isFetchingNextPage} onClick={() => void assets.fetchNextPage()}>
            {text.more}
          </Button>
        )}
        <div className="actions">
          <Button onClick={onClose}>{kit.cancel}</Button>
          <Button
            kind="first"
            disabled={taken === undefined}
            onClick={() => taken !== undefined && pick(taken)}
          >
            {text.choose}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

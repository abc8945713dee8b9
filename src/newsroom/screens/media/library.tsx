import { type DragEvent, useRef, useState } from 'react';
import { useAsked, useGo, useScreenSearch } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { mediaText } from '../../strings/media.ts';
import { Button, EmptyState, ErrorState, say, Select, Skeleton, TextField } from '../../ui/kit.ts';
import { BatchDialog } from './batch.tsx';
import { AssetGrid } from './grid.tsx';
import { useAssets, useRefreshAssets } from './query.ts';
import { Sendings } from './sendings.tsx';
import { sendFiles } from './uploads.ts';

const SHOWS = ['all', 'mine', 'alt', 'credit', 'unused', 'expiring', 'expired'] as const;
const KINDS = ['any', 'picture', 'audio', 'video', 'file'] as const;

/** The library: everything that was ever sent, to be found, described, cut and used. */
export function Screen() {
  const text = useText(mediaText);
  const may = useMay();
  const go = useGo();
  const [search, setSearch] = useScreenSearch();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [batch, setBatch] = useState(false);
  const [over, setOver] = useState(false);
  const refresh = useRefreshAssets();
  const file = useRef<HTMLInputElement>(null);
  const { q = '', kind = 'any', show = 'all' } = search;
  const assets = useAssets({
    ...(q === '' ? {} : { q }),
    ...(kind === 'any' ? {} : { kind }),
    ...(show === 'all' ? {} : { show }),
  });
  const writes = may('media:write');
  const send = (files: readonly File[]): void =>
    sendFiles(files, (_asset, name) => {
      say({ title: text.uploaded(name) });
      refresh();
    });
  useAsked('upload', () => file.current?.click());
  const drag = writes
    ? {
        onDragOver: (event: DragEvent) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: (event: DragEvent) => event.currentTarget === event.target && setOver(false),
        onDrop: (event: DragEvent) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setOver(false);
          send([...event.dataTransfer.files]);
        },
      }
    : {};
  const labels: Record<(typeof SHOWS)[number], string> = {
    all: text.everything,
    mine: text.mine,
    alt: text.lacksAlt,
    credit: text.lacksCredit,
    unused: text.unused,
    expiring: text.expiring,
    expired: text.expired,
  };
  const kinds: Record<(typeof KINDS)[number], string> = {
    any: text.anyKind,
    picture: text.picture,
    audio: text.audio,
    video: text.video,
    file: text.file,
  };
  const filtered = q !== '' || kind !== 'any' || show !== 'all';
  return (
    <div className={over ? 'library stack over' : 'library stack'} {...drag}>
      <div className="line apart">
        <h1>{text.title}</h1>
        {writes && (
          <>
            <Button kind="first" icon="plus" onClick={() => file.current?.click()}>
              {text.upload}
            </Button>
            <input
              ref={file}
              type="file"
              multiple
              hidden
              aria-label={text.upload}
              onChange={(event) => {
                send([...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
          </>
        )}
      </div>
      {writes && <p className="quiet small drop-hint">{over ? text.dropNow : text.drop}</p>}
      <Sendings />
      <div className="filters">
        <TextField
          label={text.search}
          quiet
          type="search"
          placeholder={text.search}
          value={q}
          onChange={(value) => setSearch({ q: value === '' ? undefined : value })}
        />
        <Select
          label={text.kind}
          quiet
          value={kind}
          choices={KINDS.map((value) => ({ value: value as string, label: kinds[value] }))}
          onChange={(value) => setSearch({ kind: value === 'any' ? undefined : value })}
        />
        <Select
          label={text.show}
          quiet
          value={show}
          choices={SHOWS.map((value) => ({ value: value as string, label: labels[value] }))}
          onChange={(value) => setSearch({ show: value === 'all' ? undefined : value })}
        />
      </div>
      {chosen.size > 0 && (
        <div className="line bulk" role="region" aria-label={text.chosen(chosen.size)}>
          <span>{text.chosen(chosen.size)}</span>
          <Button icon="pen" onClick={() => setBatch(true)}>
            {text.batch}
          </Button>
          <Button kind="plain" onClick={() => setChosen(new Set())}>
            {text.clearChosen}
          </Button>
        </div>
      )}
      {assets.isPending ? (
        <Skeleton />
      ) : assets.isError ? (
        <ErrorState error={assets.error} retry={() => void assets.refetch()} />
      ) : assets.items.length === 0 ? (
        <EmptyState title={filtered ? text.nothingHere : text.nothing}>
          {filtered || !writes ? undefined : text.nothingHelp}
        </EmptyState>
      ) : (
        <AssetGrid
          items={assets.items}
          onOpen={(asset) => go(`pictures/${asset.id}`)}
          {...(writes ? { chosen, onChoose: setChosen } : {})}
        />
      )}
      {assets.hasNextPage && (
        <Button busy={assets.isFetchingNextPage} onClick={() => void assets.fetchNextPage()}>
          {text.more}
        </Button>
      )}
      {batch && (
        <BatchDialog
          ids={[...chosen]}
          onClose={(changed) => {
            setBatch(false);
            if (changed) {
              setChosen(new Set());
              refresh();
            }
          }}
        />
      )}
    </div>
  );
}

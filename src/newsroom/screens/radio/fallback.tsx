import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import { Button, Dialog, Select } from '../../ui/kit.ts';
import type { Asset } from '../media/assets.ts';
import { AssetPicker } from '../media/picker.tsx';
import { type Mount, useMounts } from './data.ts';

export type Fallback = Mount['fallback'];
type Props = {
  /** The mount whose fallback it is: it cannot fall back on itself. */
  readonly mount: string;
  readonly value: Fallback;
  readonly onChange: (value: Fallback) => void;
};

/** What is heard when there is neither an encoder nor a relay: nothing, files one after the other, or another mount. */
export function FallbackField({ mount, value, onChange }: Props) {
  const text = useText(radioText);
  const others = (useMounts().data?.items ?? []).filter(({ id }) => id !== mount);
  const [choosing, setChoosing] = useState(false);
  const kinds = [
    { value: 'none', label: text.fallbackNone },
    { value: 'files', label: text.fallbackFiles },
    ...others.map(({ id, name }) => ({ value: id, label: text.fallbackMount(name) })),
  ];
  const choose = (kind: string): void => {
    if (kind === 'none') onChange({ kind });
    else if (kind === 'files') setChoosing(true);
    else onChange({ kind: 'mount', mount: kind });
  };
  return (
    <div className="stack tight">
      <Select
        label={text.fallbackField}
        value={value.kind === 'mount' ? value.mount : value.kind}
        choices={kinds}
        onChange={choose}
      />
      {value.kind === 'files' && (
        <>
          <Files assets={value.assets} />
          <div>
            <Button icon="microphone" onClick={() => setChoosing(true)}>
              {text.chooseFiles}
            </Button>
          </div>
        </>
      )}
      <Dialog open={choosing} onOpenChange={setChoosing} title={text.chooseFiles} broad>
        <AssetPicker
          kind="audio"
          several
          onChoose={(assets) => {
            if (assets.length > 0) onChange({ kind: 'files', assets: [...assets] });
            setChoosing(false);
          }}
        />
      </Dialog>
    </div>
  );
}

function Files({ assets }: { readonly assets: readonly string[] }) {
  const found = useQueries({
    queries: assets.map((id) => ({
      queryKey: ['asset', id],
      queryFn: () => api.get<Asset>(`assets/${id}`),
    })),
  });
  return (
    <ol className="stack tight">
      {assets.map((id, at) => (
        <li key={`${id} ${at}`}>
          <bdi>{found[at]?.data?.fileName ?? '…'}</bdi>
        </li>
      ))}
    </ol>
  );
}

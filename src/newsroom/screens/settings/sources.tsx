import type { z } from 'zod';
import type { SourceAnswer } from '../../../contract/noun-answers.ts';
import type { SourceInput } from '../../../contract/nouns.ts';
import { useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import { TextField } from '../../ui/kit.ts';
import { NounList } from './noun-list.tsx';

type Source = z.infer<typeof SourceAnswer>;

export function Screen() {
  const text = useText(settingsText);
  return (
    <NounList<Source, SourceInput>
      path="sources"
      title={text.sources}
      newLabel={text.newSource}
      name={(source) => source.name}
      columns={[text.code, text.source, text.address]}
      cells={(source) => [
        source.code,
        source.name,
        source.url === null ? (
          ''
        ) : (
          <a key="url" href={source.url} rel="noreferrer">
            {source.url}
          </a>
        ),
      ]}
      empty={{ code: '', name: '' }}
      inputOf={({ code, name, url }) => ({ code, name, url })}
      form={(value, set, fault) => (
        <>
          <TextField
            label={text.code}
            value={value.code}
            onChange={(code) => set({ code })}
            fault={fault('/code')}
            required
            maxLength={60}
          />
          <TextField
            label={text.source}
            value={value.name}
            onChange={(name) => set({ name })}
            fault={fault('/name')}
            required
            maxLength={200}
          />
          <TextField
            label={text.address}
            type="url"
            dir="ltr"
            value={value.url ?? ''}
            onChange={(url) => set({ url: url === '' ? null : url })}
            fault={fault('/url')}
          />
        </>
      )}
    />
  );
}

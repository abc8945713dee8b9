import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { paths } from '../../../contract/routes.ts';
import type { StandardsParagraph } from '../../../contract/moderation.ts';
import { api } from '../../api.ts';
import { useMay, useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { moderationHouseText } from '../../strings/moderation-house.ts';
import {
  Button,
  ErrorState,
  IconButton,
  say,
  sayFault,
  Select,
  Skeleton,
  TextArea,
  TextField,
  TimeOf,
} from '../../ui/kit.ts';
import { useStandards } from './queue-data.ts';

type Texts = Record<string, readonly StandardsParagraph[]>;
type Versions = {
  readonly items: readonly { version: number; publishedAt: string; note: string; by: string | null }[];
};

/** The community standards: edited paragraph by paragraph, published as a version. */
export function Screen() {
  const text = useText(moderationHouseText);
  const writes = useMay()('standards:write');
  const { languages } = useSite();
  const client = useQueryClient();
  const query = useStandards();
  const versions = useQuery({
    queryKey: ['standards', 'versions'],
    queryFn: () => api.get<Versions>('community-standards/versions'),
  });
  const [texts, setTexts] = useState<Texts>();
  const [language, setLanguage] = useState(languages[0] ?? 'en');
  const [note, setNote] = useState('');
  useEffect(() => setTexts(query.data?.texts), [query.data]);
  if (query.isError) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (texts === undefined || query.data === undefined) return <Skeleton />;
  const list = texts[language] ?? [];
  const put = (next: readonly StandardsParagraph[]): void => setTexts({ ...texts, [language]: next });
  const change = (at: number, part: Partial<StandardsParagraph>): void =>
    put(list.map((paragraph, n) => (n === at ? { ...paragraph, ...part } : paragraph)));
  const move = (at: number, by: number): void => {
    const next = [...list];
    const [taken] = next.splice(at, 1);
    if (taken !== undefined) next.splice(at + by, 0, taken);
    put(next);
  };
  const publish = async (): Promise<void> => {
    const kept = Object.fromEntries(Object.entries(texts).filter(([of]) => languages.includes(of)));
    try {
      const { version } = await api.post<{ version: number }>('community-standards', {
        from: query.data.version,
        texts: kept,
        note,
      });
      say({ title: text.published(version) });
      setNote('');
      void client.invalidateQueries({ queryKey: ['standards'] });
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <>
      <div className="line apart">
        <h1>{text.standards}</h1>
        <a href={paths.standards()} target="_blank" rel="noreferrer">
          {paths.standards()}
        </a>
      </div>
      <p className="quiet">{text.standardsHelp}</p>
      <p>{query.data.version === 0 ? text.houseVersion : text.version(query.data.version)}</p>
      <div className="mod-columns">
        <form
          className="mod-part"
          onSubmit={(event) => {
            event.preventDefault();
            void publish();
          }}
        >
          <Select
            label={text.show}
            quiet
            value={language}
            choices={languages.map((value) => ({ value, label: value }))}
            onChange={setLanguage}
          />
          {list.map((paragraph, n) => (
            <div key={n} className="mod-paragraph">
              <div className="line apart">
                <strong>{n + 1}</strong>
                {writes && (
                  <span className="line">
                    <IconButton icon="up" label={text.up} disabled={n === 0} onClick={() => move(n, -1)} />
                    <IconButton
                      icon="down"
                      label={text.down}
                      disabled={n === list.length - 1}
                      onClick={() => move(n, 1)}
                    />
                    <IconButton
                      icon="close"
                      label={text.removeParagraph}
                      onClick={() => put(list.filter((_each, at) => at !== n))}
                    />
                  </span>
                )}
              </div>
              <div className="pair">
                <TextField
                  label={text.paragraphId}
                  dir="ltr"
                  value={paragraph.id}
                  disabled={!writes}
                  onChange={(id) => change(n, { id })}
                />
                <TextField
                  label={text.paragraphTitle}
                  value={paragraph.title}
                  disabled={!writes}
                  onChange={(title) => change(n, { title })}
                />
              </div>
              <TextArea
                label={text.paragraphText}
                value={paragraph.body}
                disabled={!writes}
                onChange={(body) => change(n, { body })}
              />
            </div>
          ))}
          {writes && (
            <>
              <div>
                <Button onClick={() => put([...list, { id: `p${list.length + 1}`, title: '', body: '' }])}>
                  {text.addParagraph}
                </Button>
              </div>
              <TextField label={text.whatIsNew} value={note} onChange={setNote} required />
              <div className="actions">
                <Button kind="first" type="submit" disabled={note.trim() === ''}>
                  {text.publish}
                </Button>
              </div>
            </>
          )}
        </form>
        <div className="mod-part">
          <h2>{text.versions}</h2>
          <ul className="mod-thread">
            {(versions.data?.items ?? []).map((version) => (
              <li key={version.version}>
                <a href={paths.standardsVersion(version.version)} target="_blank" rel="noreferrer">
                  {text.version(version.version)}
                </a>{' '}
                <span dir="auto">{version.note}</span>
                <div className="quiet">
                  {version.by} · <TimeOf instant={version.publishedAt} />
                </div>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </>
  );
}

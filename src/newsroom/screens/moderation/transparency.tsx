import { useQuery } from '@tanstack/react-query';
import type { TransparencyFigures } from '../../../contract/moderation-answers.ts';
import { paths } from '../../../contract/routes.ts';
import { api } from '../../api.ts';
import { useScreenSearch } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { moderationHouseText } from '../../strings/moderation-house.ts';
import { Button, ErrorState, sayFault, Skeleton, Switch, TextField } from '../../ui/kit.ts';

function day(back: number): string {
  return new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
}

/** Hands a text to the browser as a file. */
function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Figures of moderation for a period, to read and to take away. */
export function Screen() {
  const text = useText(moderationHouseText);
  const language = useLanguage();
  const writes = useMay()('standards:write');
  const [search, setSearch] = useScreenSearch();
  const from = search['from'] ?? day(365);
  const to = search['to'] ?? day(-1);
  const query = useQuery({
    queryKey: ['moderation', 'transparency', from, to],
    queryFn: () => api.get<TransparencyFigures>('moderation/transparency', { query: { from, to } }),
  });
  const page = useQuery({
    queryKey: ['moderation', 'transparency', 'page'],
    queryFn: () => api.get<{ public: boolean }>('moderation/transparency/page'),
  });
  const it = query.data;
  const csv = async (): Promise<void> => {
    try {
      const file = await api.get<{ fileName: string; csv: string }>('moderation/transparency/csv', {
        query: { from, to },
      });
      download(file.fileName, 'text/csv', file.csv);
    } catch (cause) {
      sayFault(cause);
    }
  };
  const show = async (on: boolean): Promise<void> => {
    try {
      await api.put('moderation/transparency/page', { public: on });
      void page.refetch();
    } catch (cause) {
      sayFault(cause);
    }
  };
  const n = (value: number): string => number(language, value);
  const time = (seconds: number | null): string => (seconds === null ? '–' : text.seconds(seconds));
  const counted = (of: Readonly<Record<string, number>>): [string, string][] =>
    Object.entries(of)
      .sort(([, a], [, b]) => b - a)
      .map(([name, value]) => [name, n(value)]);
  return (
    <>
      <h1>{text.transparency}</h1>
      <p className="quiet">{text.transparencyHelp}</p>
      <div className="mod-form">
        <TextField
          label={text.from}
          type="date"
          value={from}
          onChange={(value) => setSearch({ from: value })}
        />
        <TextField label={text.until} type="date" value={to} onChange={(value) => setSearch({ to: value })} />
        <div className="mod-acts">
          <Button
            disabled={it === undefined}
            onClick={() =>
              download(`moderation-${from}-${to}.json`, 'application/json', JSON.stringify(it, null, 2))
            }
          >
            {text.json}
          </Button>
          <Button onClick={() => void csv()}>{text.csv}</Button>
        </div>
      </div>
      {writes && (
        <div className="line">
          <Switch
            label={text.publicPage}
            checked={page.data?.public ?? false}
            onChange={(on) => void show(on)}
          />
          {page.data?.public === true && (
            <a href={paths.transparency()} target="_blank" rel="noreferrer">
              {paths.transparency()}
            </a>
          )}
        </div>
      )}
      {query.isError ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : it === undefined ? (
        <Skeleton />
      ) : (
        <div className="mod-figures">
          <Figures
            title={text.decisionsTotal}
            rows={[
              [text.comments, n(it.comments)],
              [text.total, n(it.decisions.total)],
              [text.byPeople, n(it.decisions.byPerson)],
              [text.byRules, n(it.decisions.automated)],
              [text.overturned, n(it.decisions.automatedOverturned)],
              [text.medianTime, time(it.decisions.medianSeconds)],
            ]}
          />
          <Figures title={text.byAction} rows={counted(it.decisions.byAction)} />
          <Figures title={text.byGround} rows={counted(it.decisions.byGround)} />
          <Figures title={text.byDetection} rows={counted(it.decisions.byDetection)} />
          <Figures
            title={text.reportsTitle}
            rows={[
              [text.total, n(it.reports.total)],
              [text.upheld, n(it.reports.upheld)],
              [text.dismissed, n(it.reports.dismissed)],
              ...counted(it.reports.byCategory),
            ]}
          />
          <Figures
            title={text.noticesTitle}
            rows={[
              [text.total, n(it.notices.total)],
              [text.acted, n(it.notices.acted)],
              [text.dismissed, n(it.notices.dismissed)],
              [text.medianTime, time(it.notices.medianSeconds)],
              ...counted(it.notices.byCategory),
            ]}
          />
          <Figures
            title={text.appealsTitle}
            rows={[
              [text.total, n(it.appeals.total)],
              [text.upheld, n(it.appeals.upheld)],
              [text.overturnedShort, n(it.appeals.overturned)],
              [text.openShort, n(it.appeals.open)],
              [text.medianTime, time(it.appeals.medianSeconds)],
            ]}
          />
          <Figures
            title={text.bans}
            rows={[
              [text.bans, n(it.sanctions.bans)],
              [text.suspensions, n(it.sanctions.suspensions)],
              [text.lifted, n(it.sanctions.lifted)],
            ]}
          />
        </div>
      )}
    </>
  );
}

function Figures({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}) {
  return (
    <div className="mod-part">
      <h2>{title}</h2>
      <dl>
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

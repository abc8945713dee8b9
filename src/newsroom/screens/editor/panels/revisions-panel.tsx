import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RevisionDifference, RevisionLine } from '../../../../contract/shared/answers.ts';
import { api } from '../../../api.ts';
import { number, useLanguage, useText } from '../../../i18n.ts';
import { editorText } from '../../../strings/editor.ts';
import { Button } from '../../../ui/button.tsx';
import { Confirm, Dialog } from '../../../ui/dialog.tsx';
import { Select } from '../../../ui/select.tsx';
import { TimeOf } from '../../../ui/time.tsx';
import { say } from '../../../ui/toast.tsx';
import { assetShown } from '../server.ts';
import { ErrorState, Skeleton } from '../../../ui/states.tsx';

type Page = { readonly items: readonly RevisionLine[]; readonly next: string | null };
type Props = { readonly articleId: string; readonly revision: number; readonly mayWrite: boolean };

/** Every kept state of the article, newest first; a thousand are read a page at a time. */
export function RevisionsPanel({ articleId, revision, mayWrite }: Props) {
  const text = useText(editorText);
  const [compared, setCompared] = useState<{ from: number; to: number }>();
  const { data, error, fetchNextPage, hasNextPage, refetch } = useInfiniteQuery({
    queryKey: ['revisions', articleId, revision],
    queryFn: ({ pageParam }) =>
      api.get<Page>(`articles/${articleId}/shared/revisions`, { query: { limit: 30, after: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Skeleton />;
  const lines = data.pages.flatMap(({ items }) => items);
  const origin = (line: RevisionLine): string =>
    line.origin === 'restored'
      ? text.restored(line.restoredFrom ?? 0)
      : line.origin === 'saved'
        ? text.savedBy
        : line.origin === 'kept'
          ? text.kept
          : text.outside;
  return (
    <div className="stack">
      <ul className="stack tight entries">
        {lines.map((line) => (
          <li key={line.revision} className="entry">
            <div className="line apart">
              <strong>{text.revision(line.revision)}</strong>
              <TimeOf instant={line.createdAt} />
            </div>
            <span className="small quiet">
              {[
                ...line.editors.map(({ name }) => name),
                origin(line),
                ...(line.version === null ? [] : [text.published(line.version)]),
              ].join(' · ')}
            </span>
            <div className="line">
              {line.revision > 1 && (
                <Button
                  kind="plain"
                  onClick={() => setCompared({ from: line.revision - 1, to: line.revision })}
                >
                  {text.compare}
                </Button>
              )}
              {line.revision < (lines[0]?.revision ?? revision) && (
                <Button
                  kind="plain"
                  onClick={() => setCompared({ from: lines[0]?.revision ?? revision, to: line.revision })}
                >
                  {text.restoreLook}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{text.older}</Button>}
      {compared !== undefined && (
        <Differences
          articleId={articleId}
          compared={compared}
          latest={lines[0]?.revision ?? revision}
          mayWrite={mayWrite}
          onChange={setCompared}
        />
      )}
    </div>
  );
}

type Compared = { readonly from: number; readonly to: number };

/** Two revisions, one in the other or beside it. */
export function Differences({
  articleId,
  compared,
  latest,
  mayWrite,
  onChange,
}: {
  readonly articleId: string;
  readonly compared: Compared;
  readonly latest: number;
  readonly mayWrite: boolean;
  readonly onChange: (next: Compared | undefined) => void;
}) {
  const text = useText(editorText);
  const language = useLanguage();
  const [beside, setBeside] = useState(false);
  const [asking, setAsking] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['differences', articleId, compared.from, compared.to],
    queryFn: () =>
      api.get<RevisionDifference>(`articles/${articleId}/shared/differences`, { query: compared }),
    staleTime: Infinity, // Revisions never change.
  });
  // The newest, and those around the two: of a thousand nobody wants a list.
  const near = (n: number): number[] => Array.from({ length: 21 }, (_, i) => n - 10 + i);
  const around = [
    ...Array.from({ length: 40 }, (_, i) => latest - i),
    ...near(compared.from),
    ...near(compared.to),
    1,
  ];
  const choices = [...new Set(around)]
    .filter((n) => n > 0 && n <= latest)
    .sort((a, b) => b - a)
    .map((n) => ({ value: String(n), label: text.revision(n) }));
  const restore = async (): Promise<void> => {
    const { revision } = await api.post<{ revision: number }>(`articles/${articleId}/shared/restore`, {
      revision: compared.to,
    });
    say({ title: `${text.restoredNow}: ${text.revision(revision)}` });
    onChange(undefined);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onChange(undefined)} title={text.compare} broad>
      <div className="stack">
        <div className="line">
          <Select
            label={text.before}
            value={String(compared.from)}
            choices={choices}
            onChange={(from) => onChange({ ...compared, from: Number(from) })}
          />
          <Select
            label={text.after}
            value={String(compared.to)}
            choices={choices}
            onChange={(to) => onChange({ ...compared, to: Number(to) })}
          />
          <Button aria-pressed={!beside} onClick={() => setBeside(false)}>
            {text.inline}
          </Button>
          <Button aria-pressed={beside} onClick={() => setBeside(true)}>
            {text.sideBySide}
          </Button>
          {mayWrite && compared.to !== latest && (
            <Button onClick={() => setAsking(true)}>{text.restore}</Button>
          )}
        </div>
        {error !== null && <ErrorState error={error} />}
        {data === undefined && error === null && <Skeleton />}
        {data !== undefined &&
          data.fields.length === 0 &&
          data.blocks.every(({ op }) => op === 'skipped') && <p className="quiet">{text.same}</p>}
        {data?.fields.map(({ field, before, after, parts }) => (
          <section key={field}>
            <h3>{nameOf(field, text)}</h3>
            {beside ? <Beside before={before} after={after} /> : <Parts parts={parts} />}
          </section>
        ))}
        {data?.blocks.map((block, at) =>
          block.op === 'skipped' ? (
            <p key={at} className="small quiet skipped">
              {text.skipped(number(language, block.count))}
            </p>
          ) : (
            <div key={at} className="diffblock" data-op={block.op}>
              {beside ? (
                <Beside
                  before={block.op === 'insert' ? '' : block.before}
                  after={block.op === 'delete' ? '' : block.after}
                />
              ) : (
                <Parts parts={block.parts} />
              )}
              {block.assetBefore !== block.assetAfter && (
                <div className="beside">
                  <MediaOf asset={block.assetBefore} label={text.before} />
                  <MediaOf asset={block.assetAfter} label={text.after} />
                </div>
              )}
            </div>
          ),
        )}
      </div>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={text.restore}
        action={text.restore}
        onConfirm={restore}
      >
        {text.restoreAsk}
      </Confirm>
    </Dialog>
  );
}

/** The picture or file that stood in a block. */
function MediaOf({ asset, label }: { readonly asset: string | null; readonly label: string }) {
  const text = useText(editorText);
  const { data } = useQuery({
    queryKey: ['asset shown', asset],
    queryFn: () => (asset === null ? null : assetShown(asset).then((shown) => shown ?? null)),
  });
  if (asset === null) return <p className="small quiet">–</p>;
  const picture = data?.kind === 'picture' && data.address !== null;
  return (
    <figure aria-label={label}>
      {picture && <img className="lead" src={data.address ?? ''} alt={data.alt} />}
      <figcaption className="small quiet">
        {data === undefined ? text.loading : (data?.fileName ?? text.assetGone)}
      </figcaption>
    </figure>
  );
}

function Parts({ parts }: { readonly parts: readonly { op: string; text: string }[] }) {
  return (
    <p className="parts" dir="auto">
      {parts.map((part, at) =>
        part.op === 'insert' ? (
          <ins key={at}>{part.text}</ins>
        ) : part.op === 'delete' ? (
          <del key={at}>{part.text}</del>
        ) : (
          <span key={at}>{part.text}</span>
        ),
      )}
    </p>
  );
}

function Beside({ before, after }: { readonly before: string; readonly after: string }) {
  const text = useText(editorText);
  return (
    <div className="beside">
      <p dir="auto" aria-label={text.before}>
        {before}
      </p>
      <p dir="auto" aria-label={text.after}>
        {after}
      </p>
    </div>
  );
}

function nameOf(field: string, text: ReturnType<typeof useText<(typeof editorText)['en']>>): string {
  const names: Readonly<Record<string, string>> = {
    headline: text.headline,
    kicker: text.kicker,
    lede: text.lede,
    dateline: text.place,
    bylines: text.bylines,
    section: text.section,
    storylines: text.storylines,
    concepts: text.concepts,
    source: text.sourceField,
    urgency: text.urgency,
    embargo: text.embargo,
    language: text.language,
    slug: text.slug,
    socialTitle: text.socialTitle,
    socialDescription: text.socialDescription,
    canonicalUrl: text.canonical,
    discussion: text.discussion,
    leadPicture: text.lead,
  };
  return names[field] ?? field;
}

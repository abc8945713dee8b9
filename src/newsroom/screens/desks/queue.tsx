import { Link } from '@tanstack/react-router';
import { useScreenSearch } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { Badge, EmptyState, ErrorState, LinkButton, Skeleton, TimeOf } from '../../ui/kit.ts';
import { type Desk, type Summary, useDesks, useQueue } from './data.ts';

const COLUMNS = ['desk', 'ready', 'scheduled', 'draft'] as const;

/** A desk's queue: what has come to it, what is ready, what waits for its time, what is with its writers. */
export function Screen() {
  const text = useText(desksText);
  const may = useMay();
  const { data: desks, error, refetch } = useDesks();
  const [search, setSearch] = useScreenSearch();
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (desks === undefined) return <Skeleton />;
  const shown = desks.filter((desk) => !desk.closed).toSorted(byOwn);
  const chosen = shown.find((desk) => desk.slug === search['desk']) ?? shown[0];
  if (chosen === undefined)
    return (
      <>
        <h1>{text.desks}</h1>
        <EmptyState
          title={text.noDesks}
          action={may('desks:manage') && <LinkButton to="desks/new">{text.newDesk}</LinkButton>}
        >
          {text.noDesksHelp}
        </EmptyState>
      </>
    );
  return (
    <>
      <div className="line apart">
        <h1>{text.desks}</h1>
        {may('desks:manage') && (
          <span className="line">
            <LinkButton to={`desks/${chosen.id}`} icon="pen">
              {text.editDesk}
            </LinkButton>
            <LinkButton to="desks/new" icon="plus">
              {text.newDesk}
            </LinkButton>
          </span>
        )}
      </div>
      <nav className="line wrap" aria-label={text.desks}>
        {shown.map((desk) => (
          <button
            key={desk.id}
            type="button"
            className="btn plain"
            aria-current={desk.id === chosen.id ? 'page' : undefined}
            onClick={() => setSearch({ desk: desk.slug })}
          >
            {desk.name}
            {desk.part !== null && <span className="quiet small"> {text.part[desk.part]}</span>}
          </button>
        ))}
      </nav>
      {chosen.description !== '' && <p className="quiet">{chosen.description}</p>}
      <Queue desk={chosen} />
    </>
  );
}

/** One's own desks first. */
function byOwn(a: Desk, b: Desk): number {
  return Number(b.part !== null) - Number(a.part !== null) || a.position - b.position;
}

function Queue({ desk }: { readonly desk: Desk }) {
  const text = useText(desksText);
  const { data: articles, error, refetch } = useQueue(desk.slug);
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (articles === undefined) return <Skeleton />;
  const stageOf = (article: Summary): string => article.stage ?? 'standing';
  return (
    <div className="queue">
      {COLUMNS.map((stage) => {
        const own = articles.filter((article) => stageOf(article) === stage);
        return (
          <section key={stage} aria-labelledby={`queue-${stage}`}>
            <h2 id={`queue-${stage}`}>
              {text.column[stage]} <span className="quiet figures">{own.length}</span>
            </h2>
            {own.length === 0 && <p className="quiet small">{text.nothingThere}</p>}
            <ul className="plainlist">
              {own.map((article) => (
                <li key={article.id}>
                  <Link to={`/articles/${article.id}/work`} className="headline" dir="auto">
                    {article.headline}
                  </Link>
                  <p className="quiet small">
                    {article.version > 0 && <Badge mark="full">{text.live}</Badge>}{' '}
                    {nameOf(desk, article.assignee) ?? text.nobodys} · <TimeOf instant={article.updatedAt} />
                  </p>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function nameOf(desk: Desk, user: string | null): string | undefined {
  return desk.members.find((member) => member.user === user)?.name;
}

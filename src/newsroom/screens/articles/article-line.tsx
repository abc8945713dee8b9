import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { desksQuery, peopleQuery, sectionsQuery } from './lookups.ts';
import { type Article, StateOf } from './states.tsx';

/** A headline with where it stands: the line of every list of articles. */
export function ArticleLine({ article }: { readonly article: Article }) {
  const { data: sections } = useQuery(sectionsQuery);
  const { data: desks } = useQuery(desksQuery);
  const { data: people } = useQuery(peopleQuery);
  const facts = [
    sections?.find((section) => section.id === article.section)?.name,
    desks?.find((desk) => desk.slug === article.desk)?.name ?? article.desk,
    people?.find((person) => person.id === article.assignee)?.name,
    article.language,
  ].filter((fact) => fact !== undefined && fact !== null);
  return (
    <>
      <Link to={`/articles/${article.id}`} className="headline" dir="auto" lang={article.language}>
        {article.headline}
      </Link>
      <div className="facts">
        <StateOf article={article} />
        {facts.map((fact, at) => (
          <span key={at}>{fact}</span>
        ))}
      </div>
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { Badge, Button, EmptyState, ErrorState, LinkButton, Skeleton, TextField } from '../../ui/kit.ts';
import { type Concept, type Storyline, useNouns } from './data.ts';
import { Duplicates } from './duplicates.tsx';

/** All storylines, or all concepts, by name. */
export function NounList({ of }: { readonly of: 'storylines' | 'concepts' }) {
  const text = useText(taxonomyText);
  const may = useMay()('taxonomy:write');
  const [q, setQ] = useState('');
  const { items, error, refetch, isPending, hasNextPage, fetchNextPage } = useNouns<Storyline & Concept>(
    of,
    q,
  );
  return (
    <div className="stack loose">
      <div className="line apart">
        <h1>{text[of]}</h1>
        {may && (
          <LinkButton to={`${of}/new`} icon="plus">
            {of === 'storylines' ? text.newStoryline : text.newConcept}
          </LinkButton>
        )}
      </div>
      <TextField type="search" label={text.search} value={q} onChange={setQ} />
      {of === 'concepts' && may && <Duplicates />}
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton />}
      {!isPending && items.length === 0 && <EmptyState title={text.nothing} />}
      <ul className="plainlist">
        {items.map((item) => (
          <li key={item.id} className="line apart">
            <Link to={`/${of}/${item.id}`} className="headline" dir="auto">
              {item.title ?? item.name}
            </Link>
            <span className="line small">
              {item.mergedInto !== null ? (
                <Badge mark="ended">{text.merged}</Badge>
              ) : of === 'storylines' ? (
                <Badge mark={item.state === 'open' ? 'half' : 'full'}>{text[item.state]}</Badge>
              ) : (
                <span className="quiet">{text.kinds[item.kind]}</span>
              )}
              <span className="quiet figures">{text.articles(item.articleCount)}</span>
            </span>
          </li>
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{text.more}</Button>}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { startOfDay } from '../../../base/clock.ts';
import { useScreenSearch } from '../../app/navigate.ts';
import { useMe, useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { articlesText } from '../../strings/articles.ts';
import { Button, Combobox, type Finds, type Option, Select, TextField } from '../../ui/kit.ts';
import {
  desksQuery,
  findAuthors,
  findConcepts,
  findPeople,
  findStorylines,
  nounQuery,
  peopleQuery,
  sectionsQuery,
} from './lookups.ts';
import { languageLabel } from './names.ts';
import { stateNames } from './states.tsx';

/** The parameters of the list, in the address and in the API alike. */
export const filterNames = [
  'q',
  'state',
  'section',
  'desk',
  'assignee',
  'author',
  'storyline',
  'concept',
  'language',
  'kind',
  'updatedFrom',
  'updatedTo',
  'publishedFrom',
  'publishedTo',
] as const;
const FURTHER = filterNames.slice(5);
const WAIT_MS = 200;

export function Filters() {
  const text = useText(articlesText);
  const [search, change] = useScreenSearch();
  const me = useMe();
  const { data: sections = [] } = useQuery(sectionsQuery);
  const { data: desks = [] } = useQuery(desksQuery);
  const { data: people } = useQuery(peopleQuery);
  const [more, setMore] = useState(FURTHER.some((name) => search[name] !== undefined));
  const set = (name: (typeof filterNames)[number] | 'sort') => (value: string | undefined) =>
    change({ [name]: value === undefined || value === '' ? undefined : value });
  const any = { value: '', label: text.any };
  const holder = search['assignee'];
  const held: Option | null =
    holder === undefined ? null : { id: holder, label: people?.find(({ id }) => id === holder)?.name ?? '' };
  return (
    <search className="filters stack tight">
      <div className="columns">
        <Words value={search['q'] ?? ''} onChange={set('q')} />
        <Select
          label={text.state}
          value={search['state'] ?? ''}
          onChange={set('state')}
          choices={[
            any,
            ...Object.entries(stateNames).map(([value, name]) => ({ value, label: text[name] })),
          ]}
        />
        <Select
          label={text.section}
          value={search['section'] ?? ''}
          onChange={set('section')}
          choices={[any, ...sections.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <Select
          label={text.desk}
          value={search['desk'] ?? ''}
          onChange={set('desk')}
          choices={[any, ...desks.map(({ slug, name }) => ({ value: slug, label: name }))]}
        />
      </div>
      {more && <Further held={held} />}
      <div className="line">
        <Button kind="plain" icon="filter" aria-expanded={more} onClick={() => setMore(!more)}>
          {text.moreFilters}
        </Button>
        <Button
          kind="plain"
          aria-pressed={holder === me.id}
          onClick={() => set('assignee')(holder === me.id ? undefined : me.id)}
        >
          {text.mine}
        </Button>
        {filterNames.some((name) => search[name] !== undefined) && (
          <Button
            kind="plain"
            icon="close"
            onClick={() => change(Object.fromEntries(filterNames.map((name) => [name, undefined])))}
          >
            {text.clearFilters}
          </Button>
        )}
      </div>
    </search>
  );
}

/** The text of the search goes into the address when typing pauses. */
function Words({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const text = useText(articlesText);
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
    // What was typed is what counts; the address follows it.
  }, [typed]);
  return (
    <TextField
      label={text.search}
      type="search"
      placeholder={text.searchHint}
      value={typed}
      onChange={setTyped}
      maxLength={200}
    />
  );
}

function Further({ held }: { readonly held: Option | null }) {
  const text = useText(articlesText);
  const [search, change] = useScreenSearch();
  const { languages, timeZone } = useSite();
  const any = { value: '', label: text.any };
  const day = (name: 'updatedFrom' | 'updatedTo' | 'publishedFrom' | 'publishedTo') => (
    <TextField
      label={text[name]}
      type="date"
      value={dayOf(search[name], timeZone)}
      onChange={(value) => change({ [name]: value === '' ? undefined : startOfDay(value, timeZone) })}
    />
  );
  return (
    <div className="columns">
      <Combobox
        label={text.assignee}
        value={held}
        find={findPeople}
        onChange={(person) => change({ assignee: person?.id })}
      />
      <Noun name="author" noun="authors" label={text.author} find={findAuthors} />
      <Noun name="storyline" noun="storylines" label={text.storyline} find={findStorylines} />
      <Noun name="concept" noun="concepts" label={text.concept} find={findConcepts} />
      <Select
        label={text.language}
        value={search['language'] ?? ''}
        onChange={(language) => change({ language })}
        choices={[any, ...languages.map((tag) => ({ value: tag, label: languageLabel(tag) }))]}
      />
      <Select
        label={text.kind}
        value={search['kind'] ?? ''}
        onChange={(kind) => change({ kind })}
        choices={[any, { value: 'article', label: text.article }, { value: 'page', label: text.page }]}
      />
      {day('updatedFrom')}
      {day('updatedTo')}
      {day('publishedFrom')}
      {day('publishedTo')}
      <Select
        label={text.sort}
        value={search['sort'] ?? 'updated'}
        onChange={(sort) => change({ sort })}
        choices={[
          { value: 'updated', label: text.sortUpdated },
          { value: 'published', label: text.sortPublished },
        ]}
      />
    </div>
  );
}

function dayOf(instant: string | undefined, zone: string): string {
  if (instant === undefined || Number.isNaN(Date.parse(instant))) return '';
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(Date.parse(instant));
}

function Noun({
  name,
  noun,
  label,
  find,
}: {
  readonly name: 'author' | 'storyline' | 'concept';
  readonly noun: 'authors' | 'storylines' | 'concepts';
  readonly label: string;
  readonly find: Finds;
}) {
  const [search, change] = useScreenSearch();
  const id = search[name];
  const { data } = useQuery(nounQuery(noun, id));
  const value = id === undefined ? null : (data ?? { id, label: '' });
  return <Combobox label={label} value={value} find={find} onChange={(one) => change({ [name]: one?.id })} />;
}

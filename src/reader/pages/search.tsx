import type { VNode } from 'preact';
import type { SearchPage as Model, Snippet } from '../../contract/pages.ts';
import { Pager, StorylineLabel, When } from '../components/bits.tsx';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';
import { PageHead } from './lists.tsx';

function Marked({ text }: { text: Snippet }): VNode {
  return <>{text.map((run) => (run.marked === true ? <mark>{run.text}</mark> : run.text))}</>;
}

type Filter = { value: string; options: readonly { value: string; label: string; count?: number }[] };

function Choice(props: { ui: Ui; name: string; label: string; filter: Filter }): VNode | null {
  const { ui, name, label, filter } = props;
  if (filter.options.length === 0) return null;
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <select id={`f-${name}`} name={name}>
        <option value="">{ui.t.filterAny}</option>
        {filter.options.map((option) => (
          <option value={option.value} selected={option.value === filter.value}>
            {option.count === undefined ? option.label : `${option.label} (${ui.fmt.number(option.count)})`}
          </option>
        ))}
      </select>
    </div>
  );
}

function Form({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { filters } = page;
  return (
    <form
      class="search-form"
      role="search"
      aria-label={ui.t.searchTitle}
      action={ui.site.searchHref}
      method="get"
    >
      <div class="field field-q">
        <label for="q">{ui.t.searchFor}</label>
        <input id="q" type="search" name="q" value={page.query} autocomplete="off" enterkeyhint="search" />
      </div>
      <Choice ui={ui} name="section" label={ui.t.filterSection} filter={filters.section} />
      <Choice ui={ui} name="storyline" label={ui.t.filterStoryline} filter={filters.storyline} />
      <Choice ui={ui} name="concept" label={ui.t.filterConcept} filter={filters.concept} />
      <Choice ui={ui} name="language" label={ui.t.filterLanguage} filter={filters.language} />
      <div class="field">
        <label for="f-from">{ui.t.from}</label>
        <input id="f-from" type="date" name="from" value={filters.from} />
      </div>
      <div class="field">
        <label for="f-to">{ui.t.until}</label>
        <input id="f-to" type="date" name="to" value={filters.to} />
      </div>
      <button class="do" type="submit">
        {ui.t.apply}
      </button>
    </form>
  );
}

function Outcome({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { outcome } = page;
  const { t } = ui;
  if (outcome.state === 'idle') return <p class="said">{t.searchIdle}</p>;
  if (outcome.state === 'failed') {
    return (
      <p class="said" role="alert">
        {t.searchFailed} {ui.site.archiveHref !== undefined && <a href={ui.site.archiveHref}>{t.archive}</a>}
      </p>
    );
  }
  const suggestion = outcome.suggestion !== undefined && (
    <p>
      {t.didYouMean} <a href={outcome.suggestion.href}>{outcome.suggestion.label}</a>?
    </p>
  );
  if (outcome.results.length === 0) {
    return (
      <div class="empty">
        <p class="empty-said">{t.searchNone}</p>
        {suggestion}
        <p>{t.searchNoneHelp}</p>
      </div>
    );
  }
  const { total, totalIsFloor } = outcome;
  return (
    <>
      <p class="facts" role="status">
        {totalIsFloor === true
          ? fill(t.moreThanResults, { n: ui.fmt.number(total) })
          : ui.fmt.count(t.results, total)}
      </p>
      {suggestion}
      <ol class="list results">
        {outcome.results.map(({ story, headline, snippet }) => (
          <li>
            <When ui={ui} at={story.publishedAt} />
            <article class="card brief" lang={story.lang} dir={story.dir}>
              {story.storyline !== undefined && (
                <p class="card-label">
                  <StorylineLabel ui={ui} storyline={story.storyline} />
                </p>
              )}
              <h2>
                <a href={story.href}>
                  <Marked text={headline} />
                </a>
              </h2>
              <p class="card-lede">
                <Marked text={snippet} />
              </p>
            </article>
          </li>
        ))}
      </ol>
      <Pager ui={ui} paging={outcome.paging} />
    </>
  );
}

export function SearchPage({ ui, page }: { ui: Ui; page: Model }): VNode {
  return (
    <>
      <PageHead title={ui.t.searchTitle} />
      <div class="search-page">
        <Form ui={ui} page={page} />
        <div>
          <Outcome ui={ui} page={page} />
        </div>
      </div>
    </>
  );
}

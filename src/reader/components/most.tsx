import type { VNode } from 'preact';
import type { MostLists } from '../../contract/pages.ts';
import type { Ui } from '../ui.ts';

type Listed = MostLists[number]['read'];

function Ranked({ title, stories, lang }: { title: string; stories: Listed; lang: string }): VNode | null {
  if (stories.length === 0) return null;
  return (
    <div>
      <h3 class="furniture-head">{title}</h3>
      <ol>
        {stories.map((story) => (
          <li>
            <a
              href={story.href}
              {...(story.lang === lang ? {} : { lang: story.lang, hreflang: story.lang, dir: story.dir })}
            >
              {story.headline}
            </a>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What is most read and most discussed, of the period that the reader chooses; without script, by a form that is never sent. */
export function Most({ ui, lists, lang }: { ui: Ui; lists: MostLists; lang: string }): VNode | null {
  const { t } = ui;
  const shown = lists.filter(({ read, discussed }) => read.length + discussed.length > 0);
  if (shown.length === 0) return null;
  const first = shown.find(({ period }) => period === 'day') ?? shown[0];
  const names = { hour: t.periodHour, day: t.periodDay, week: t.periodWeek };
  return (
    <section class="band most" aria-labelledby="most">
      <h2 class="band-head" id="most">
        {t.mostRead}
      </h2>
      <fieldset class="most-when">
        <legend class="hidden">{t.mostRead}</legend>
        {shown.map(({ period }) => (
          <label>
            <input type="radio" name="most" value={period} checked={period === first?.period} />
            <span>{names[period]}</span>
          </label>
        ))}
      </fieldset>
      {shown.map(({ period, read, discussed }) => (
        <div class={`most-lists ${period}`}>
          <Ranked title={t.mostRead} stories={read} lang={lang} />
          <Ranked title={t.mostDiscussed} stories={discussed} lang={lang} />
        </div>
      ))}
    </section>
  );
}

import type { VNode } from 'preact';
import type { Part, PartField, PartsPage as Model } from '../../contract/pages.ts';
import type { Ui } from '../ui.ts';

/** Decisions, reports, notices and figures: text, rows and forms, whole without JavaScript. */
export function PartsPage({ page }: { ui: Ui; page: Model }): VNode {
  return (
    <article class="story no-picture static parts">
      <header class="story-head">
        <h1>{page.headline}</h1>
      </header>
      {page.lede !== undefined && <p class="lede">{page.lede}</p>}
      <div class="prose">{page.parts.map(drawPart)}</div>
    </article>
  );
}

function drawPart(part: Part): VNode {
  switch (part.part) {
    case 'text':
      return <p>{part.strong === true ? <strong>{part.text}</strong> : part.text}</p>;
    case 'quote':
      return (
        <blockquote lang={part.lang} dir="auto">
          <p>{part.text}</p>
        </blockquote>
      );
    case 'heading':
      return <h2 id={part.id}>{part.text}</h2>;
    case 'rows':
      return (
        <dl class="part-rows">
          {part.rows.map((row) => (
            <>
              <dt>{row.label}</dt>
              <dd dir="auto">{row.text}</dd>
            </>
          ))}
        </dl>
      );
    case 'link':
      return (
        <p>
          <a href={part.href}>{part.label}</a>
        </p>
      );
    case 'form':
      return (
        <form class="part-form" method="post" action={part.action}>
          {part.fields.map(drawField)}
          <p>
            <button type="submit">{part.submit}</button>
          </p>
        </form>
      );
  }
}

function drawField(field: PartField): VNode {
  const id = `f-${field.name}`;
  const said = (
    <>
      {field.hint !== undefined && <span class="hint">{field.hint}</span>}
      {field.fault !== undefined && (
        <strong class="fault" role="alert">
          {field.fault}
        </strong>
      )}
    </>
  );
  if (field.type === 'check')
    return (
      <p class="part-check">
        <input
          type="checkbox"
          id={id}
          name={field.name}
          value="yes"
          checked={field.checked}
          required={field.required}
        />
        <label for={id}>{field.label}</label>
        {said}
      </p>
    );
  return (
    <p>
      <label for={id}>{field.label}</label>
      {field.type === 'area' ? (
        <textarea
          id={id}
          name={field.name}
          rows={6}
          maxLength={field.max}
          required={field.required}
          dir="auto"
        >
          {field.value}
        </textarea>
      ) : field.type === 'choice' ? (
        <select id={id} name={field.name}>
          {field.choices.map((choice) => (
            <option value={choice.value} selected={choice.value === field.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          // One of three kinds; the attributes here are those that all of them have.
          type={field.type as 'text'}
          name={field.name}
          value={field.value}
          maxLength={field.max}
          required={field.required}
          dir="auto"
        />
      )}
      {said}
    </p>
  );
}

import { useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import type { Changes } from './data.ts';

/** What readers would find changed: struck through, underlined, and said to a screen reader. */
export function Differences({ changes }: { readonly changes: Changes['changes'] }) {
  const text = useText(desksText);
  return (
    <dl className="differences">
      {changes.map((change, at) => (
        <div key={at}>
          <dt className="quiet small">
            {text.changeField[change.field as keyof typeof text.changeField] ?? change.field}
          </dt>
          <dd dir="auto">
            {change.parts.map((part, i) =>
              part.op === 'same' ? (
                <span key={i}>{part.text}</span>
              ) : part.op === 'insert' ? (
                <ins key={i}>
                  <span className="unseen">{text.inserted} </span>
                  {part.text}
                </ins>
              ) : (
                <del key={i}>
                  <span className="unseen">{text.deleted} </span>
                  {part.text}
                </del>
              ),
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import type { ReactNode } from 'react';
import { Refusal, Unreachable } from '../api.ts';
import { useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';
import { Button, classes } from './button.tsx';

/** There is nothing here, why, and what one can do. */
export function EmptyState({
  title,
  children,
  action,
  whole = false,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** It stands for the whole screen, so its title is the screen's. */
  readonly whole?: boolean;
}) {
  return (
    <div className="state">
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children !== undefined && <p className="quiet">{children}</p>}
      {action}
    </div>
  );
}

/** It did not work: what the server said, and another try where one can help. */
export function ErrorState({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const text = useText(kitText);
  const { title, detail } = wordsOf(error, text);
  return (
    <div className="state" role="alert">
      <h2>{title}</h2>
      {detail !== undefined && <p className="quiet">{detail}</p>}
      {retry !== undefined && <Button onClick={retry}>{text.tryAgain}</Button>}
    </div>
  );
}

function wordsOf(
  error: unknown,
  text: { notFound: string; forbidden: string; unreachable: string; unreachableHelp: string; broken: string },
): { title: string; detail: string | undefined } {
  if (error instanceof Unreachable) return { title: text.unreachable, detail: text.unreachableHelp };
  if (error instanceof Refusal) {
    const said = [error.message, error.help].filter((one) => one !== undefined).join(' ');
    if (error.status === 404) return { title: text.notFound, detail: said };
    if (error.status === 403) return { title: text.forbidden, detail: said };
    return { title: text.broken, detail: said };
  }
  return { title: text.broken, detail: error instanceof Error ? error.message : String(error) };
}

/** Holds the place of what comes; says so once to screen readers. */
export function Skeleton({ lines = 6 }: { readonly lines?: number }) {
  const text = useText(kitText);
  return (
    <div className="skeletons" role="status">
      <span className="unseen">{text.loading}</span>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} className="skeleton" aria-hidden="true" />
      ))}
    </div>
  );
}

export type BadgeMark = 'open' | 'half' | 'full' | 'ended' | 'live';

/** A state in a word. `live` is for what is on the air or breaking, and for nothing else. */
export function Badge({ mark, children }: { readonly mark: BadgeMark; readonly children: ReactNode }) {
  return <span className={classes('badge', mark)}>{children}</span>;
}

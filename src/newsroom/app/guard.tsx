import { type ReactNode, useEffect, useRef } from 'react';
import { useLanguage, useText } from '../i18n.ts';
import type { Screen } from '../screens/registration.ts';
import { shellText } from '../strings/shell.ts';
import { EmptyState } from '../ui/states.tsx';
import { useMay, useSite } from './session.ts';

/** Shows a screen to who may see it, names the document after it, and brings the focus of the keyboard to it when it opens. */
export function Guard({ screen, children }: { readonly screen: Screen; readonly children: ReactNode }) {
  const may = useMay();
  const language = useLanguage();
  const text = useText(shellText);
  const { name } = useSite();
  const holder = useRef<HTMLElement>(null);
  const title = screen.title(language);
  useEffect(() => {
    document.title = [title, name || text.newsroom].join(' · ');
  }, [title, name, text.newsroom]);
  useEffect(() => {
    // A screen that has a field to begin with has taken the focus already.
    if (!holder.current?.contains(document.activeElement)) holder.current?.focus({ preventScroll: true });
  }, [screen.path]);
  return (
    <main
      id="screen"
      ref={holder}
      tabIndex={-1}
      className={screen.wide === true ? 'screen wide' : 'screen'}
      aria-label={title}
    >
      {may(screen.permission) ? (
        children
      ) : (
        <EmptyState whole title={text.notYoursTitle}>
          {text.notYours}
        </EmptyState>
      )}
    </main>
  );
}

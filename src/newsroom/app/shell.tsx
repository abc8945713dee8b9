import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { type MouseEvent, Suspense, useEffect, useState } from 'react';
import { Refusal } from '../api.ts';
import { useText } from '../i18n.ts';
import { shellText } from '../strings/shell.ts';
import { Button, IconButton, LinkButton } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { later } from '../ui/later.tsx';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { undoLast } from '../ui/toast.tsx';
import { commandKeys } from './commands.ts';
import { type KeyAct, useKeys } from './keys.ts';
import { Navigation } from './navigation.tsx';
import { OfflineBanner } from './offline.tsx';
import { openHelp, openPalette, useShellPanels } from './panels.ts';
import { useGo } from './navigate.ts';
import { siteQuery, useMay, useSite } from './session.ts';
import { YouMenu } from './you.tsx';

const HelpSheet = later(async () => (await import('./help.tsx')).HelpSheet);
const Palette = later(async () => (await import('./palette.tsx')).Palette);

/** The frame of every screen: skip links, masthead line, navigation, the screen, and what opens over it. */
export function Shell() {
  const text = useText(shellText);
  const { name } = useSite();
  const [menu, setMenu] = useState(false);
  const panels = useShellPanels();
  const go = useGo();
  const may = useMay();
  const queries = useQueryClient();
  useEffect(() => void queries.prefetchQuery(siteQuery), [queries]);
  const acts: KeyAct[] = [
    { keys: 'mod+k', run: openPalette, everywhere: true },
    { keys: '/', run: openPalette },
    { keys: '?', run: openHelp },
    // Where a question mark is written.
    { keys: 'mod+/', run: openHelp, everywhere: true },
    { keys: 'mod+z', run: () => void undoLast() },
    ...commandKeys(may, go),
  ];
  useKeys(panels.palette || panels.help ? [] : acts);
  const skip = (event: MouseEvent, to: string): void => {
    event.preventDefault();
    document.getElementById(to)?.focus();
  };
  return (
    <div className="frame">
      <nav className="skips" aria-label={text.skip}>
        <a href="#screen" onClick={(event) => skip(event, 'screen')}>
          {text.skip}
        </a>
        <a href="#navigation" onClick={(event) => skip(event, 'navigation')}>
          {text.skipNav}
        </a>
      </nav>
      <header className="mast">
        <span className="narrow">
          <IconButton
            icon="menu"
            label={text.menu}
            aria-expanded={menu}
            aria-controls="navigation"
            onClick={() => setMenu(!menu)}
          />
        </span>
        <Link to="/" className="flag">
          {name === '' ? text.newsroom : name}
        </Link>
        <Button kind="line" icon="search" className="find" onClick={openPalette}>
          <span className="grow">{text.find}</span>
          <Kbd keys="mod+k" />
        </Button>
        <YouMenu />
      </header>
      <Navigation open={menu} onLeave={() => setMenu(false)} />
      <div className="place">
        <OfflineBanner />
        <Outlet />
      </div>
      <Suspense>
        {panels.palette && <Palette />}
        {panels.help && <HelpSheet />}
      </Suspense>
    </div>
  );
}

export function NothingHere() {
  const text = useText(shellText);
  return (
    <main id="screen" className="screen" tabIndex={-1}>
      <EmptyState whole title={text.nothingTitle} action={<LinkButton to="">{text.toDesk}</LinkButton>}>
        {text.nothing}
      </EmptyState>
    </main>
  );
}

/** Before anyone is known to be signed in; a 401 is on its way to the sign-in page already. */
export function ShellFault({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <main className="screen alone">
      {error instanceof Refusal && error.status === 401 ? (
        <Skeleton lines={3} />
      ) : (
        <ErrorState error={error} retry={reset} />
      )}
    </main>
  );
}

export function ShellPending() {
  return (
    <main className="screen alone">
      <Skeleton />
    </main>
  );
}

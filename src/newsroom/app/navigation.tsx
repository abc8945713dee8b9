import { Link } from '@tanstack/react-router';
import { useLanguage, useText } from '../i18n.ts';
import { navGroups } from '../screens/registration.ts';
import { shellText } from '../strings/shell.ts';
import { classes } from '../ui/button.tsx';
import { Counter } from './counters.tsx';
import { screens } from './commands.ts';
import { useMay } from './session.ts';

/** The screens that the person may see, group by group. */
export function Navigation({ open, onLeave }: { readonly open: boolean; readonly onLeave: () => void }) {
  const text = useText(shellText);
  const language = useLanguage();
  const may = useMay();
  return (
    <nav
      id="navigation"
      className={classes('nav', open && 'open')}
      aria-label={text.navigation}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onLeave()}
    >
      {navGroups.map((group) => {
        const items = screens
          .flatMap((screen) =>
            screen.nav?.group === group && may(screen.permission)
              ? [{ screen, order: screen.nav.order }]
              : [],
          )
          .sort((a, b) => a.order - b.order);
        if (items.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`nav-${group}`}>
            <h2 id={`nav-${group}`}>{text[group]}</h2>
            <ul>
              {items.map(({ screen }) => (
                <li key={screen.path}>
                  <Link
                    to={`/${screen.path}`}
                    activeOptions={{ exact: isAbove(screen.path) }}
                    onClick={onLeave}
                  >
                    {screen.title(language)}
                    {screen.waiting !== undefined && (
                      <Counter queryKey={screen.waiting.key} count={screen.waiting.count} />
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

/** Whether other places of the navigation lie below this one: then it is lit for itself alone. */
function isAbove(path: string): boolean {
  return (
    path === '' || screens.some(({ nav, path: other }) => nav !== undefined && other.startsWith(`${path}/`))
  );
}

import { useEffect, useState } from 'react';
import { paths } from '../../contract/routes.ts';
import { doors } from '../api.ts';
import { useText } from '../i18n.ts';
import { shellText } from '../strings/shell.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Button } from '../ui/button.tsx';

/** Leads to the sign-in page, which leads back to the very screen. */
export function goSignIn(): void {
  const { pathname, search } = location;
  location.assign(paths.signIn(pathname + search));
}
doors.signIn = goSignIn;

/**
 * Asks for a fresh sign-in over whatever is open: in a tab of its own, so that nothing written here is lost, and lets the request that
 * needed it go on afterwards.
 */
export function Reauthentication() {
  const text = useText(shellText);
  const [asked, setAsked] = useState<{ answer: (done: boolean) => void }>();
  useEffect(() => {
    doors.reauthenticate = () => new Promise((resolve) => setAsked({ answer: resolve }));
  }, []);
  const end = (done: boolean): void => {
    asked?.answer(done);
    setAsked(undefined);
  };
  return (
    <Dialog
      open={asked !== undefined}
      onOpenChange={(open) => !open && end(false)}
      title={text.freshSignInTitle}
    >
      <p>{text.freshSignInWhy}</p>
      <div className="actions">
        <Button onClick={() => end(false)}>{text.cancel}</Button>
        <a className="btn" href={paths.signIn(paths.newsroom())} target="_blank" rel="noopener">
          {text.signIn}
        </a>
        <Button kind="first" onClick={() => end(true)}>
          {text.freshSignInDone}
        </Button>
      </div>
    </Dialog>
  );
}

import { type ComponentType, useEffect, useState } from 'react';
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

export type ReauthenticationForm = ComponentType<{ readonly onDone: () => void }>;

let form: (() => Promise<{ readonly Form: ReauthenticationForm }>) | undefined;

/** Gives the form by which a person proves anew who they are. Without one, the way leads over the sign-in page. */
export function provideReauthentication(load: () => Promise<{ readonly Form: ReauthenticationForm }>): void {
  form = load;
}

/** Asks for a fresh sign-in over whatever is open, and lets the request that needed it go on. */
export function Reauthentication() {
  const text = useText(shellText);
  const [asked, setAsked] = useState<{ answer: (done: boolean) => void }>();
  const [Form, setForm] = useState<ReauthenticationForm>();
  useEffect(() => {
    doors.reauthenticate = () =>
      new Promise((resolve) => {
        setAsked({ answer: resolve });
        form?.().then(
          (module) => setForm(() => module.Form),
          () => resolve(false),
        );
      });
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
      {Form === undefined ? (
        <div className="actions">
          <Button onClick={() => end(false)}>{text.cancel}</Button>
          <Button kind="first" onClick={goSignIn}>
            {text.signIn}
          </Button>
        </div>
      ) : (
        <Form onDone={() => end(true)} />
      )}
    </Dialog>
  );
}

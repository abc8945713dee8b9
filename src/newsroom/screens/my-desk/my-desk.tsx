import { useText } from '../../i18n.ts';
import { deskText } from '../../strings/my-desk.ts';
import { useMe } from '../../app/session.ts';

export function Screen() {
  const text = useText(deskText);
  const me = useMe();
  return (
    <>
      <h1>{text.greeting(me.name)}</h1>
    </>
  );
}

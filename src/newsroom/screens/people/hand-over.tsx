import { useText } from '../../i18n.ts';
import { peopleText } from '../../strings/people.ts';
import { Button, Dialog, say, sayFault, TextField } from '../../ui/kit.ts';

/** Something that is shown once, to be copied and handed over. */
export function HandOver(props: {
  readonly title: string;
  readonly why: string;
  readonly value: string;
  readonly onEnd: () => void;
}) {
  const text = useText(peopleText);
  const { title, why, value, onEnd } = props;
  const copy = (): void =>
    void navigator.clipboard.writeText(value).then(() => say({ title: text.copied }), sayFault);
  return (
    <Dialog open onOpenChange={onEnd} title={title} broad>
      <p>{why}</p>
      <TextField label={title} quiet readOnly dir="ltr" value={value} onChange={() => undefined} />
      <div className="actions">
        <Button onClick={copy}>{text.copy}</Button>
        <Button kind="first" onClick={onEnd}>
          {text.done}
        </Button>
      </div>
    </Dialog>
  );
}

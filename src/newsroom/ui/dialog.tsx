import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';
import { Button, classes, IconButton } from './button.tsx';

type Open = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

export type DialogProps = Open & {
  readonly title: string;
  readonly broad?: boolean;
  readonly children: ReactNode;
};

/** A question or a short form over the page. Escape and the veil close it. Put the buttons in `<div className="actions">`. */
export function Dialog({ open, onOpenChange, title, broad = false, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className={classes('dialog', broad && 'broad')}>
          <Base.Title>{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A panel at the end of the line of writing: details, history, a longer form. */
export function Sheet({ open, onOpenChange, title, children }: Omit<DialogProps, 'broad'>) {
  const text = useText(kitText);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className="sheet stack">
          <div className="line apart">
            <Base.Title>{title}</Base.Title>
            <IconButton icon="close" label={text.close} onClick={() => onOpenChange(false)} />
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export type ConfirmProps = Open & {
  readonly title: string;
  /** What will happen, in a sentence. */
  readonly children: ReactNode;
  /** The verb: "Kill the story", never "OK". */
  readonly action: string;
  readonly grave?: boolean;
  /** Stays open until it is done; what it throws is said in the dialog. */
  readonly onConfirm: () => void | Promise<void>;
};

/** Asks before something that has no undo. What can be undone is done at once, with a toast that undoes it. */
export function Confirm({ open, onOpenChange, title, children, action, grave, onConfirm }: ConfirmProps) {
  const text = useText(kitText);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (cause) {
      setFault(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />}>{children}</AlertDialog.Description>
          {fault !== undefined && (
            <p className="fault" role="alert">
              {fault}
            </p>
          )}
          <div className="actions">
            <AlertDialog.Close render={<Button />}>{text.cancel}</AlertDialog.Close>
            <Button kind={grave === true ? 'grave' : 'first'} busy={busy} onClick={() => void confirm()}>
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

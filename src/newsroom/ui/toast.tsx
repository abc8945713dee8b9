import { Toast } from '@base-ui/react/toast';
import { useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';

const manager = Toast.createToastManager();

export type Said = {
  readonly title: string;
  readonly detail?: string;
  /** Undoes what was done; the toast stays long enough to read and reach it, and `mod+z` outside of fields does the same. */
  readonly undo?: () => void | Promise<void>;
  /** A refusal: read out at once, and it stays until it is closed. */
  readonly fault?: boolean;
};

let last: { readonly id: string; readonly undo: () => void } | undefined;

/** Says that something was done, or why it was not, from anywhere. */
export function say(said: Said): void {
  const { undo } = said;
  const run =
    undo === undefined
      ? undefined
      : (): void => {
          manager.close(id);
          last = undefined;
          void undo();
        };
  const id: string = manager.add({
    title: said.title,
    ...(said.detail === undefined ? {} : { description: said.detail }),
    priority: said.fault === true ? 'high' : 'low',
    timeout: said.fault === true ? 0 : undo === undefined ? 5000 : 20_000,
    data: { undo: run },
  });
  if (run !== undefined) last = { id, undo: run };
}

/** Says what was thrown. */
export function sayFault(cause: unknown): void {
  const help = cause instanceof Error && 'help' in cause && typeof cause.help === 'string' ? cause.help : '';
  say({
    title: cause instanceof Error ? cause.message : String(cause),
    ...(help === '' ? {} : { detail: help }),
    fault: true,
  });
}

/** Undoes what the newest toast can undo; false when there is nothing. */
export function undoLast(): boolean {
  if (last === undefined) return false;
  last.undo();
  return true;
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const text = useText(kitText);
  const { toasts } = Toast.useToastManager<{ undo?: () => void }>();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Toast.Content className="body">
        <div className="said">
          <Toast.Title />
          <Toast.Description />
        </div>
        {toast.data?.undo !== undefined && (
          <button type="button" onClick={toast.data.undo}>
            {text.undo}
          </button>
        )}
        <Toast.Close className="close" aria-label={text.close}>
          ✕
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

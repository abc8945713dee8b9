import type { ResolvedPos } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** A `/` at the start of a line or after a space, and what has been typed since. */
export type Slash = { readonly from: number; readonly to: number; readonly text: string } | undefined;

export const slashKey = new PluginKey<Slash>('slash');

export type SlashKeys = { up(): void; down(): void; choose(): void };

const ACTS: Readonly<Record<string, keyof SlashKeys>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Enter: 'choose',
  Tab: 'choose',
};

/**
 * Finds the slash command that is being typed. The menu itself is drawn by the screen; while it shows, arrows and Enter are its own.
 * `onKeys` gives them as of what is typed now; undefined where nothing fits.
 */
export function slashPlugin(onKeys: () => SlashKeys | undefined): Plugin<Slash> {
  let dismissed: number | undefined;
  return new Plugin<Slash>({
    key: slashKey,
    state: {
      init: () => undefined,
      apply: (tr, _before, _old, state) => {
        if (tr.getMeta(slashKey) === 'dismiss') dismissed = slashAt(state)?.from;
        const found = slashAt(state);
        if (found === undefined) dismissed = undefined;
        return found !== undefined && dismissed === found.from ? undefined : found;
      },
    },
    props: {
      handleKeyDown: (view, event) => {
        if (slashKey.getState(view.state) === undefined || event.isComposing) return false;
        if (event.key === 'Escape') {
          dismiss(view);
          return true;
        }
        const act = ACTS[event.key];
        const keys = act === undefined ? undefined : onKeys();
        if (act === undefined || keys === undefined) return false;
        keys[act]();
        return true;
      },
    },
  });
}

function slashAt(state: { selection: { empty: boolean; $from: ResolvedPos } }): Slash {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code === true) return undefined;
  const before = $from.parent.textBetween(
    Math.max(0, $from.parentOffset - 40),
    $from.parentOffset,
    undefined,
    '\ufffc',
  );
  const match = /(?:^|[\s\ufffc])\/([\p{L}\p{N}-]{0,30})$/u.exec(before);
  if (match === null) return undefined;
  const text = match[1] ?? '';
  return { from: $from.pos - text.length - 1, to: $from.pos, text };
}

export function dismiss(view: EditorView): void {
  view.dispatch(view.state.tr.setMeta(slashKey, 'dismiss'));
}

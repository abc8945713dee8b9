import { type RefObject, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Command } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { newKey } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { say, sayFault } from '../../ui/toast.tsx';
import type { Asked } from './blocks.ts';
import { articleTitle, assetKind, assetShown, sendFile, takePictures } from './server.ts';
import type { Session } from './sync/session.ts';
import { makeEditor } from './text/editor.ts';
import { schema } from './text/schema.ts';
import type { SlashKeys } from './text/slash.ts';
import { anchorOf, placeOf } from './text/threads.ts';

export type EditorActs = {
  readonly ask: (what: Asked, at?: { at: number; attrs: Readonly<Record<string, unknown>> }) => void;
  readonly find: () => void;
  /** Ends the search; false when there is none. */
  readonly unfind: () => boolean;
  readonly save: () => void;
  readonly comment: (view: EditorView) => void;
  readonly suggest: () => void;
  readonly side: () => void;
  /** Files are on their way to the library. */
  readonly sending: () => void;
};

type Given = {
  readonly session: Session;
  readonly articleLanguage: string;
  readonly label: string;
  readonly mayWrite: boolean;
  readonly suggesting: boolean;
  readonly who: { readonly by: string; readonly name: string };
  readonly slashKeys: { readonly current: SlashKeys | undefined };
  readonly onThread: (id: string) => void;
  readonly acts: EditorActs;
};

/** The text's editor in a place of the screen. `tick` moves with what the screen shows of the text's state, at most once a frame. */
export function useEditor(
  place: RefObject<HTMLDivElement | null>,
  given: Given,
): { view: EditorView | undefined; tick: number } {
  const text = useText(editorText);
  const [view, setView] = useState<EditorView>();
  const [tick, setTick] = useState(0);
  // The editor is made once; it asks here for what the newest rendering says.
  const live = useRef({ ...given, text });
  live.current = { ...given, text };
  useEffect(() => {
    if (place.current === null) return undefined;
    let waiting = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      waiting = false;
      setTick((before) => before + 1);
    };
    const act =
      (run: (view: EditorView) => void): Command =>
      (_state, _dispatch, at) => {
        if (at !== undefined) run(at);
        return true;
      };
    const words = (key: string): string => {
      const { text: all } = live.current;
      const own: Readonly<Record<string, string>> = {
        title: all.fileTitle,
        'note-editor': all.noteEditor,
        'note-correction': all.noteCorrection,
        'note-context': all.noteContext,
        datedFact: all.fact,
      };
      const said: unknown = own[key] ?? all[key as keyof typeof all];
      return typeof said === 'string' ? said : key;
    };
    const made = makeEditor(place.current, {
      session: given.session,
      mayWrite: () => live.current.mayWrite,
      suggesting: () =>
        live.current.suggesting
          ? { ...live.current.who, id: newKey(), at: new Date().toISOString() }
          : undefined,
      onUnsuggestable: () => say({ title: live.current.text.unsuggestable }),
      onChange: (_view, changed) => {
        if (waiting) return;
        waiting = true;
        // What stands around the text may be some frames late; the letters may not.
        timer = setTimeout(show, changed ? 120 : 16);
      },
      onThread: (id) => live.current.onThread(id),
      slashKeys: () => {
        // Whoever types fast presses Enter before the menu has followed: it chooses by what is typed, not by what was drawn.
        if (waiting) {
          clearTimeout(timer);
          flushSync(show);
        }
        return live.current.slashKeys.current;
      },
      language: () => live.current.articleLanguage,
      label: given.label,
      keys: {
        'Mod-k': act(() => live.current.acts.ask('link')),
        'Mod-f': act(() => live.current.acts.find()),
        Escape: () => live.current.acts.unfind(),
        'Mod-s': act(() => live.current.acts.save()),
        'Mod-Alt-m': act((at) => live.current.acts.comment(at)),
        'Mod-Shift-e': act(() => live.current.acts.suggest()),
        'Mod-Alt-p': act(() => live.current.acts.side()),
      },
      clipboard: {
        language: () => live.current.articleLanguage,
        mayWrite: () => live.current.mayWrite,
        takePictures: (pictures) => {
          const here = pictures.filter(({ source }) => source.startsWith('data:'));
          const left = pictures.length - here.length;
          if (left > 0) say({ title: live.current.text.picturesLeft(left) });
          if (here.length > 0) live.current.acts.sending();
          return takePictures(here);
        },
        takeFiles: (files, at) => {
          live.current.acts.sending();
          void placeFiles(made, files, at);
        },
      },
      views: {
        label: words,
        asset: assetShown,
        articleTitle,
        edit: (_view, at, node) =>
          live.current.acts.ask(node.type.name === 'footnote' ? 'footnote' : 'datedFact', {
            at,
            attrs: node.attrs,
          }),
      },
    });
    setView(made);
    return () => {
      clearTimeout(timer);
      made.destroy();
      setView(undefined);
    };
  }, [given.session]);
  useEffect(() => {
    // Asks the properties again: whether it may be written, in which language, under which name.
    if (view !== undefined) view.setProps({});
  }, [view, given.mayWrite, given.articleLanguage]);
  return { view, tick };
}

/** Sends files that were pasted or dropped to the library, and puts each where it was let go, wherever that is by then. */
async function placeFiles(view: EditorView, files: readonly File[], at: number): Promise<void> {
  let anchor = anchorOf(view.state, { from: at, to: at });
  const sent = files.map((file) => sendFile(file).then(async (id) => ({ id, kind: await assetKind(id) })));
  for (const one of await Promise.allSettled(sent)) {
    if (one.status === 'rejected') {
      // Who has cancelled it knows.
      if (!(one.reason instanceof Error && one.reason.message === '')) sayFault(one.reason);
      continue;
    }
    if (view.isDestroyed) return;
    const { id, kind } = one.value;
    const place = (anchor === undefined ? undefined : placeOf(view.state, anchor))?.from ?? at;
    const $at = view.state.doc.resolve(Math.min(place, view.state.doc.content.size));
    const pos = $at.depth === 0 ? $at.pos : $at.after(1);
    const made = (kind === 'picture' ? schema.nodes.image : schema.nodes[kind]).create({ asset: id });
    view.dispatch(view.state.tr.insert(pos, made));
    const after = pos + made.nodeSize;
    anchor = anchorOf(view.state, { from: after, to: after });
  }
}

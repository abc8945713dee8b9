import { type KeyboardEvent, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { EditorView } from '@tiptap/pm/view';
import { metaOf, textOf } from '../../../contract/shared/names.ts';
import { strokeOf } from '../../app/keys.ts';
import { useScreenSearch } from '../../app/navigate.ts';
import { useMe } from '../../app/session.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { later, loadTheRest } from '../../ui/later.tsx';
import { say, sayFault } from '../../ui/toast.tsx';
import type { Choice } from './blocks.ts';
import type { AskedFor } from './dialogs.tsx';
import { Side, usePanelCommands } from './side.tsx';
import { SharedInput, useShared, useSharedText } from './shared-fields.tsx';
import { SlashMenu } from './slash-menu.tsx';
import { Notices, SaveState } from './status.tsx';
import { Withdrawn } from './withdrawn.tsx';
import type { Session } from './sync/session.ts';
import { makeCounter, readingMinutes } from './text/count.ts';
import { FIELDS, undoManagerOf } from './text/editor.ts';
import { findKey, setQuery } from './text/find.ts';
import { inkOf } from './text/peers.ts';
import { slashKey, type SlashKeys } from './text/slash.ts';
import { anchorOf, type Passage } from './text/threads.ts';
import { Toolbar } from './toolbar.tsx';
import { useEditor } from './use-editor.ts';
import { useLook } from './use-look.ts';
import { usePeers, useSessionState } from './use-session.ts';
import { useMarkedThreads } from './use-threads.ts';

const Asking = later(async () => (await import('./dialogs.tsx')).Asking);
const Sendings = later(async () => (await import('../media/sendings.tsx')).Sendings);
const FindBar = later(async () => (await import('./find-bar.tsx')).FindBar);

/** The article with its fields, its text, the people in it and what stands beside it. */
export function Desk({ articleId, session }: { readonly articleId: string; readonly session: Session }) {
  const text = useText(editorText);
  const interfaceLanguage = useLanguage();
  const me = useMe();
  // A line of the inbox leads to its conversation.
  const [search] = useScreenSearch();
  const { doc } = session;
  const { mayWrite, ended, revision } = useSessionState(session);
  const writable = mayWrite && (ended === undefined || ended === 'signedOut');
  const peers = usePeers(session, me.id);
  const meta = metaOf(doc);
  const language = useShared(meta as never, () => (meta.get('language') as string | undefined) ?? 'en');
  const date = useShared(meta as never, () => (meta.get('dateline.date') as string | undefined) ?? '');

  const headline = useSharedText(textOf(doc, 'headline'));
  const [suggesting, setSuggesting] = useState(false);
  const [asked, setAsked] = useState<AskedFor>();
  const [finding, setFinding] = useState(false);
  const [sending, setSending] = useState(false);
  const [side, setSide] = useState<string | undefined>(() =>
    search['thread'] !== undefined ? 'comments' : window.innerWidth > 1100 ? 'article' : undefined,
  );
  usePanelCommands(setSide);
  const [passage, setPassage] = useState<Passage>();
  const [thread, setThread] = useState<string | undefined>(search['thread']);
  const slashKeys = useRef<SlashKeys | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);

  const comment = (view: EditorView): void => {
    const { from, to, empty } = view.state.selection;
    const anchor = empty ? undefined : anchorOf(view.state, { from, to });
    if (anchor === undefined) return;
    setPassage({ anchor, quote: view.state.doc.textBetween(from, to, ' ').slice(0, 2000) });
    setSide('comments');
  };
  const save = async (): Promise<{ revision: number; fault: string | null }> => session.save();
  const saveNow = (): void =>
    void save().then(
      ({ revision: made, fault }) =>
        say(fault === null ? { title: text.saved(made) } : { title: text.fault(fault), fault: true }),
      sayFault,
    );

  const endFind = (): boolean => {
    if (view === undefined || !finding) return false;
    setFinding(false);
    setQuery(view, undefined);
    view.focus();
    return true;
  };
  const { view, tick } = useEditor(place, {
    session,
    articleLanguage: language,
    label: text.body,
    mayWrite: writable,
    suggesting,
    who: { by: me.id, name: me.name },
    slashKeys,
    onThread: (id) => {
      setThread(id);
      setSide('comments');
    },
    acts: {
      ask: (what, at) => setAsked({ what, ...at }),
      find: () => setFinding(true),
      unfind: () => endFind(),
      save: saveNow,
      comment,
      suggest: () => setSuggesting((on) => !on),
      side: () => setSide((open) => (open === undefined ? 'article' : undefined)),
      sending: () => setSending(true),
    },
  });

  const look = useLook(articleId, doc);
  useMarkedThreads(articleId, { view, chosen: thread });
  useEffect(loadTheRest, []);
  const counter = useMemo(() => makeCounter(), []);
  const count = view === undefined ? undefined : counter(view.state.doc, language);
  const undo = (redo: boolean): void => {
    const manager = view === undefined ? undefined : undoManagerOf(view);
    if (redo) manager?.redo();
    else manager?.undo();
  };
  const inField = (field: string) => peers.filter((peer) => peer.field === field);
  const focusField = (field: string) => () => session.awareness.setLocalStateField('field', field);
  useEffect(
    () => session.awareness.setLocalStateField('user', { id: me.id, name: me.name }),
    [session, me.id, me.name],
  );
  const slash = view === undefined ? undefined : slashKey.getState(view.state);
  const choose = (choice: Choice): void => {
    // As it stands now: whoever types quickly is ahead of what was drawn.
    const typed = view === undefined ? undefined : slashKey.getState(view.state);
    if (view === undefined || typed === undefined) return;
    view.dispatch(view.state.tr.delete(typed.from, typed.to));
    if ('ask' in choice) setAsked({ what: choice.ask });
    else choice.command(view.state, (tr) => view.dispatch(tr), view);
    view.focus();
  };
  const field = (
    name: 'kicker' | 'headline' | 'lede',
    more: { lines?: boolean; maxLength: number; className: string },
  ) => (
    <SharedInput
      text={textOf(doc, name)}
      label={text[name]}
      quiet
      disabled={!writable}
      lang={language}
      peers={inField(name)}
      onFocus={focusField(name)}
      onUndo={undo}
      onEnter={() => (name === 'lede' ? view?.focus() : undefined)}
      {...more}
    />
  );
  // The keys of the article from its fields too; the text minds its own.
  const fieldKeys: Readonly<Record<string, () => void>> = {
    'mod+s': saveNow,
    'mod+f': () => setFinding(true),
    'mod+shift+e': () => setSuggesting((on) => !on),
    'mod+alt+p': () => setSide((open) => (open === undefined ? 'article' : undefined)),
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    const act = fieldKeys[strokeOf(event.nativeEvent)];
    const here = event.currentTarget.contains(event.target as Node);
    if (act === undefined || event.defaultPrevented || !here) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="editor" data-side={side !== undefined} data-tick={tick} onKeyDown={onKey}>
      <h1 className="unseen">{headline === '' ? text.untitled : headline}</h1>
      <header className="bar line apart">
        <SaveState session={session} />
        <ul className="line people" aria-label={text.here}>
          {peers.map((peer) => (
            <li key={peer.id} className={`person ink-${inkOf(peer.id)}`} title={peer.name}>
              {peer.name}
            </li>
          ))}
        </ul>
        <div className="line">
          {count !== undefined && (
            <span
              className="small quiet figures"
              title={text.characters(number(interfaceLanguage, count.characters))}
            >
              {text.words(number(interfaceLanguage, count.words))} ·{' '}
              {text.minutes(number(interfaceLanguage, readingMinutes(count.words)))}
            </span>
          )}
          {writable && <Button onClick={saveNow}>{text.save}</Button>}
          <IconButton
            icon="menu"
            label={text.panels}
            keys="mod+alt+p"
            aria-expanded={side !== undefined}
            onClick={() => setSide(side === undefined ? 'article' : undefined)}
          />
        </div>
      </header>
      <Notices session={session} />
      <Withdrawn articleId={articleId} />
      {sending && (
        <Suspense>
          <Sendings within />
        </Suspense>
      )}
      {suggesting && (
        <p className="notice" role="status">
          {text.suggestingOn}
        </p>
      )}
      <div className="columns2">
        <div className="page">
          {view !== undefined && writable && (
            <Toolbar
              view={view}
              onAsk={(what) => setAsked({ what })}
              onFind={() => setFinding(true)}
              onComment={() => comment(view)}
            />
          )}
          {view !== undefined && finding && (
            <Suspense>
              <FindBar
                view={view}
                found={findKey.getState(view.state)}
                mayWrite={writable}
                onClose={endFind}
              />
            </Suspense>
          )}
          <div className="sheetofpaper" lang={language}>
            {field('kicker', { maxLength: 100, className: 'kicker' })}
            {field('headline', { lines: true, maxLength: 300, className: 'headline' })}
            {field('lede', { lines: true, maxLength: 3000, className: 'lede' })}
            <div className="dateline line">
              <SharedInput
                text={textOf(doc, 'datelinePlace')}
                label={text.place}
                quiet
                disabled={!writable}
                lang={language}
                onUndo={undo}
                maxLength={200}
              />
              <TextField
                label={text.day}
                quiet
                type="date"
                disabled={!writable}
                value={date}
                onChange={(day) =>
                  doc.transact(
                    () => (day === '' ? meta.delete('dateline.date') : void meta.set('dateline.date', day)),
                    FIELDS,
                  )
                }
              />
              <SharedInput
                text={textOf(doc, 'datelineSource')}
                label={text.agency}
                quiet
                disabled={!writable}
                lang={language}
                onUndo={undo}
                maxLength={100}
              />
            </div>
            <div className="bodyplace">
              <div ref={place} onFocus={() => session.awareness.setLocalStateField('field', undefined)} />
              {view !== undefined && writable && slash !== undefined && (
                <SlashMenu view={view} slash={slash} keys={slashKeys} onChoose={choose} />
              )}
            </div>
          </div>
        </div>
        {view !== undefined && side !== undefined && (
          <Side
            articleId={articleId}
            session={session}
            view={view}
            revision={revision}
            mayWrite={writable}
            side={side}
            onSide={setSide}
            suggesting={suggesting}
            onSuggesting={setSuggesting}
            passage={passage}
            onPassageDone={() => setPassage(undefined)}
            thread={thread}
            look={look}
            onThread={setThread}
            save={save}
            undo={undo}
          />
        )}
      </div>
      {view !== undefined && asked !== undefined && (
        <Suspense>
          <Asking view={view} asked={asked} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </div>
  );
}

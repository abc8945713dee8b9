import type { EditorView } from '@tiptap/pm/view';
import { Suspense } from 'react';
import type { LookAnswer } from '../../../contract/shared/answers.ts';
import { listOf } from '../../../contract/shared/names.ts';
import { useCommandsAtHand } from '../../app/at-hand.ts';
import { useMay } from '../../app/session.ts';
import { said, useLanguage, useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { paletteText } from '../../strings/palette.ts';
import { IconButton } from '../../ui/button.tsx';
import { later } from '../../ui/later.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { editorPanels } from './panels/registration.ts';
import type { Session } from './sync/session.ts';
import { FIELDS } from './text/editor.ts';
import type { Passage } from './text/threads.ts';

const ArticlePanel = later(async () => (await import('./panels/article-panel.tsx')).ArticlePanel);
const RevisionsPanel = later(async () => (await import('./panels/revisions-panel.tsx')).RevisionsPanel);
const SinceLook = later(async () => (await import('./panels/since.tsx')).SinceLook);
const SuggestionsPanel = later(async () => (await import('./panels/suggestions-panel.tsx')).SuggestionsPanel);
const ThreadsPanel = later(async () => (await import('./panels/threads-panel.tsx')).ThreadsPanel);

type Props = {
  readonly articleId: string;
  readonly session: Session;
  readonly view: EditorView;
  readonly revision: number;
  readonly mayWrite: boolean;
  readonly side: string;
  readonly onSide: (side: string | undefined) => void;
  readonly suggesting: boolean;
  readonly onSuggesting: (on: boolean) => void;
  readonly passage: Passage | undefined;
  readonly onPassageDone: () => void;
  readonly thread: string | undefined;
  readonly look: LookAnswer | undefined;
  readonly onThread: (id: string | undefined) => void;
  readonly save: () => Promise<{ revision: number; fault: string | null }>;
  readonly undo: (redo: boolean) => void;
};

/** Every panel is opened from the palette too, whether or not any stands open. */
export function usePanelCommands(open: (side: string) => void): void {
  const text = useText(editorText);
  const may = useMay();
  const own = (['article', 'comments', 'suggestions', 'revisions'] as const).map((id) => ({
    id,
    title: () => text[id],
  }));
  const others = editorPanels.filter(({ permission }) => may(permission));
  useCommandsAtHand(
    [...own, ...others].map(({ id, title }) => ({
      id: `side-${id}`,
      title,
      ...(id === 'publishing' ? { words: said(paletteText, 'publishingWords') } : {}),
      run: () => open(id),
    })),
  );
}

/** What stands beside the text: our own panels, then those of other features. */
export function Side(props: Props) {
  const text = useText(editorText);
  const language = useLanguage();
  const may = useMay();
  const { articleId, session, view, revision, mayWrite } = props;
  const { doc } = session;
  const add = (field: 'storylines' | 'concepts', id: string): void => {
    const list = listOf(doc, field);
    if (!list.toArray().includes(id)) doc.transact(() => list.push([id]), FIELDS);
  };
  const others = editorPanels
    .filter(({ permission }) => may(permission))
    .map(({ id, title, component: Panel }) => ({
      value: id,
      label: title(language),
      content: (
        <Panel
          articleId={articleId}
          revision={revision}
          save={props.save}
          mayWrite={mayWrite}
          add={add}
          text={() => view.state.doc.textBetween(0, view.state.doc.content.size, '\n')}
        />
      ),
    }));
  const tabs = [
    {
      value: 'article',
      label: text.article,
      content: <ArticlePanel doc={doc} mayWrite={mayWrite} undo={props.undo} />,
    },
    {
      value: 'comments',
      label: text.comments,
      content: (
        <ThreadsPanel
          articleId={articleId}
          view={view}
          passage={props.passage}
          onPassageDone={props.onPassageDone}
          chosen={props.thread}
          onChoose={props.onThread}
        />
      ),
    },
    {
      value: 'suggestions',
      label: text.suggestions,
      content: (
        <SuggestionsPanel
          view={view}
          mayWrite={mayWrite}
          suggesting={props.suggesting}
          onSuggesting={props.onSuggesting}
        />
      ),
    },
    {
      value: 'revisions',
      label: text.revisions,
      content: <RevisionsPanel articleId={articleId} revision={revision} mayWrite={mayWrite} />,
    },
    ...others,
  ];
  return (
    <aside className="side" aria-label={text.panels}>
      <div className="line apart sidehead">
        <Suspense fallback={<span />}>
          <SinceLook
            articleId={articleId}
            view={view}
            session={session}
            answer={props.look}
            revision={revision}
          />
        </Suspense>
        <IconButton icon="close" label={text.closePanel} onClick={() => props.onSide(undefined)} />
      </div>
      <Tabs
        label={text.panels}
        value={tabs.some(({ value }) => value === props.side) ? props.side : 'article'}
        tabs={tabs.map((tab) => ({
          ...tab,
          content: <Suspense fallback={<Skeleton />}>{tab.content}</Suspense>,
        }))}
        onChange={props.onSide}
      />
    </aside>
  );
}

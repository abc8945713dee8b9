import { useEffect, useState } from 'react';
import type { EditorView } from '@tiptap/pm/view';
import { useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { Button } from '../../ui/button.tsx';
import { Combobox, MultiCombobox, type Option } from '../../ui/combobox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { AssetPicker } from '../media/picker.tsx';
import type { Asked } from './blocks.ts';
import { type EmbedFound, findArticles, lookUpEmbed } from './server.ts';
import {
  insertBlock,
  insertInline,
  rangeOfMark,
  setLanguage,
  setLink,
  setTableCaption,
  tableAround,
} from './text/commands.ts';
import { schema } from './text/schema.ts';

export type AskedFor = {
  readonly what: Asked;
  readonly at?: number;
  readonly attrs?: Readonly<Record<string, unknown>>;
};
type Props = { readonly view: EditorView; readonly asked: AskedFor; readonly onClose: () => void };
const { nodes } = schema;

/** What must be written or chosen before something can stand in the text. */
export function Asking({ view, asked, onClose }: Props) {
  const text = useText(editorText);
  const close = (): void => {
    onClose();
    // The dialog gives the focus back to where it was; the text takes it after that.
    requestAnimationFrame(() => view.focus());
  };
  const run = (command: ReturnType<typeof insertBlock>): void => {
    command(view.state, (tr) => view.dispatch(tr), view);
    close();
  };
  const titles = {
    image: text.image,
    gallery: text.gallery,
    audio: text.audio,
    video: text.video,
    file: text.file,
    embed: text.embed,
    datedFact: text.fact,
    footnote: text.footnote,
    relatedBox: text.related,
    link: text.link,
    language: text.foreign,
    tableCaption: text.tableCaption,
  };
  const body = (): React.ReactNode => {
    switch (asked.what) {
      case 'image':
      case 'gallery':
      case 'audio':
      case 'video':
      case 'file': {
        const { what } = asked;
        return (
          <AssetPicker
            kind={what === 'image' || what === 'gallery' ? 'picture' : what}
            several={what === 'gallery'}
            onChoose={(chosen) => {
              const images = chosen.map((asset) => nodes.image.create({ asset }));
              const [first] = chosen;
              if (first === undefined) return close();
              run(
                insertBlock(
                  what === 'gallery'
                    ? nodes.gallery.create(null, images)
                    : nodes[what].create({ asset: first }),
                ),
              );
            }}
          />
        );
      }
      case 'embed':
        return <EmbedForm onDone={(attrs) => run(insertBlock(nodes.embed.create(attrs)))} />;
      case 'datedFact':
        return (
          <FactForm
            start={asked.attrs}
            onDone={(attrs) => run(put(asked.at, nodes.datedFact.create(attrs)))}
          />
        );
      case 'footnote':
        return (
          <NoteForm
            start={asked.attrs}
            onDone={(attrs) => run(put(asked.at, nodes.footnote.create(attrs)))}
          />
        );
      case 'relatedBox':
        return <RelatedForm onDone={(articles) => run(insertBlock(nodes.relatedBox.create({ articles })))} />;
      case 'link':
        return <LinkForm view={view} onDone={(attrs) => run(setLink(attrs))} />;
      case 'language':
        return <LanguageForm onDone={(attrs) => run(setLanguage(attrs))} />;
      case 'tableCaption':
        return (
          <CaptionForm
            start={tableAround(view.state)?.node.attrs}
            onDone={(caption) => run(setTableCaption(caption))}
          />
        );
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={titles[asked.what]}
      broad={['image', 'gallery'].includes(asked.what)}
    >
      {body()}
    </Dialog>
  );
}

/** A new inline node at the cursor, or in the place of the one that is edited. */
function put(
  at: number | undefined,
  node: ReturnType<typeof nodes.footnote.create>,
): ReturnType<typeof insertBlock> {
  if (at === undefined) return insertInline(node);
  return (state, dispatch) => {
    dispatch?.(
      state.tr.setNodeMarkup(at, null, {
        ...state.doc.nodeAt(at)?.attrs,
        ...node.attrs,
        suggest: state.doc.nodeAt(at)?.attrs['suggest'],
      }),
    );
    return true;
  };
}

function Form({
  onSubmit,
  ready,
  children,
}: {
  readonly onSubmit: () => void;
  readonly ready: boolean;
  readonly children: React.ReactNode;
}) {
  const text = useText(editorText);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSubmit();
      }}
    >
      {children}
      <div className="actions">
        <Button kind="first" type="submit" disabled={!ready}>
          {text.apply}
        </Button>
      </div>
    </form>
  );
}

function EmbedForm({
  onDone,
}: {
  readonly onDone: (attrs: { url: string; provider: string | null; title: string | null }) => void;
}) {
  const text = useText(editorText);
  const [url, setUrl] = useState('');
  const [found, setFound] = useState<EmbedFound>();
  const good = /^https?:\/\/\S+$/i.test(url.trim());
  useEffect(() => {
    setFound(undefined);
    if (!good) return undefined;
    const timer = setTimeout(
      () => void lookUpEmbed(url.trim()).then(setFound, () => setFound(undefined)),
      300,
    );
    return () => clearTimeout(timer);
  }, [url, good]);
  return (
    <Form
      ready={good}
      onSubmit={() =>
        onDone({ url: url.trim(), provider: found?.provider ?? null, title: found?.title ?? null })
      }
    >
      <TextField
        label={text.embedAddress}
        type="url"
        dir="ltr"
        value={url}
        onChange={setUrl}
        hint={
          found === undefined
            ? undefined
            : found.known
              ? `${found.provider ?? ''} ${found.title ?? ''}`
              : text.embedUnknown
        }
      />
    </Form>
  );
}

type Start = Readonly<Record<string, unknown>> | undefined;
const startText = (start: Start, name: string): string =>
  typeof start?.[name] === 'string' ? start[name] : '';

/** Whether there is such a day, month or year. */
function isDay(date: string): boolean {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date) ?? [];
  if (year === undefined) return false;
  const whole = `${year}-${month}-${day}`;
  const parsed = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(whole);
}

function FactForm({
  start,
  onDone,
}: {
  readonly start: Start;
  readonly onDone: (attrs: { date: string; text: string }) => void;
}) {
  const text = useText(editorText);
  const [date, setDate] = useState(startText(start, 'date'));
  const [words, setWords] = useState(startText(start, 'text'));
  const good = isDay(date);
  return (
    <Form ready={good && words.trim() !== ''} onSubmit={() => onDone({ date, text: words.trim() })}>
      <TextField
        label={text.factDate}
        dir="ltr"
        value={date}
        onChange={setDate}
        fault={date === '' || good ? undefined : text.badDate}
      />
      <TextArea label={text.factText} rows={2} maxLength={1000} value={words} onChange={setWords} />
    </Form>
  );
}

function CaptionForm({
  start,
  onDone,
}: {
  readonly start: Start;
  readonly onDone: (caption: string | null) => void;
}) {
  const text = useText(editorText);
  const [words, setWords] = useState(startText(start, 'caption'));
  return (
    <Form ready onSubmit={() => onDone(words.trim() === '' ? null : words.trim())}>
      <TextArea label={text.tableCaption} rows={2} maxLength={2000} value={words} onChange={setWords} />
    </Form>
  );
}

function NoteForm({
  start,
  onDone,
}: {
  readonly start: Start;
  readonly onDone: (attrs: { text: string }) => void;
}) {
  const text = useText(editorText);
  const [words, setWords] = useState(startText(start, 'text'));
  return (
    <Form ready={words.trim() !== ''} onSubmit={() => onDone({ text: words.trim() })}>
      <TextArea label={text.noteText} rows={3} maxLength={5000} value={words} onChange={setWords} />
    </Form>
  );
}

function RelatedForm({ onDone }: { readonly onDone: (articles: string[]) => void }) {
  const text = useText(editorText);
  const [chosen, setChosen] = useState<readonly Option[]>([]);
  return (
    <Form
      ready={chosen.length > 0 && chosen.length <= 20}
      onSubmit={() => onDone(chosen.map(({ id }) => id))}
    >
      <MultiCombobox label={text.findArticles} value={chosen} onChange={setChosen} find={findArticles} />
    </Form>
  );
}

function LinkForm({
  view,
  onDone,
}: {
  readonly view: EditorView;
  readonly onDone: (attrs: { href: string; title: string | null } | null) => void;
}) {
  const text = useText(editorText);
  const [before] = useState(() => rangeOfMark(view.state, schema.marks.link).attrs);
  const [href, setHref] = useState(startText(before, 'href'));
  const [title, setTitle] = useState(startText(before, 'title'));
  const [article, setArticle] = useState<Option | null>(null);
  const address = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i.test(href.trim())
    ? href.trim()
    : /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(href.trim())
      ? `https://${href.trim()}`
      : undefined;
  return (
    <Form
      ready={address !== undefined}
      onSubmit={() =>
        address !== undefined && onDone({ href: address, title: title.trim() === '' ? null : title.trim() })
      }
    >
      <TextField label={text.linkTo} dir="ltr" value={href} onChange={setHref} />
      <Combobox
        label={text.ourArticles}
        value={article}
        find={findArticles}
        onChange={(one) => {
          setArticle(one);
          const path = (one as { path?: string | null } | null)?.path;
          if (path != null) setHref(path);
        }}
      />
      <TextField label={text.linkTitle} value={title} onChange={setTitle} />
      {before !== undefined && (
        <div>
          <Button onClick={() => onDone(null)}>{text.removeLink}</Button>
        </div>
      )}
    </Form>
  );
}

const RTL = /^(ar|fa|he|ur|ps|ckb|dv|yi|sd|ug)(-|$)/;

function LanguageForm({
  onDone,
}: {
  readonly onDone: (attrs: { lang: string; dir: 'ltr' | 'rtl' } | null) => void;
}) {
  const text = useText(editorText);
  const [lang, setLang] = useState('');
  const good = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(lang);
  return (
    <Form ready={good} onSubmit={() => onDone({ lang, dir: RTL.test(lang) ? 'rtl' : 'ltr' })}>
      <TextField
        label={text.languageTag}
        dir="ltr"
        list="languages"
        value={lang}
        onChange={setLang}
        fault={lang === '' || good ? undefined : text.badTag}
      />
      <datalist id="languages">
        {[
          'ar',
          'de',
          'en',
          'es',
          'fa',
          'fr',
          'he',
          'it',
          'ja',
          'nl',
          'pl',
          'pt-BR',
          'ru',
          'tr',
          'uk',
          'zh',
        ].map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <div>
        <Button onClick={() => onDone(null)}>{text.plainLanguage}</Button>
      </div>
    </Form>
  );
}
